/* Small count rounding: SSB's sets, properties of made-up tables, and cases by hand. */
#include "tests/transforms/protect/golden_gauss.h"
#include "tests/transforms/protect/made_up.h"
#include "transforms/protect/rounding.h"

#include "core/error.h"

/* ---- a table and its rounding ---- */

typedef struct {
    const SpDesign *design;
    gint64 base;
    gint64 *inner, *rounded;      /* [n_inner] */
    gint64 *original, *published; /* [n_cells] */
} Rounding;

static void rounding_clear(Rounding *rounding)
{
    g_free(rounding->inner);
    g_free(rounding->rounded);
    g_free(rounding->original);
    g_free(rounding->published);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rounding, rounding_clear)

static gint64 sum_of(const SpDesign *design, gsize cell, const gint64 inner[])
{
    gint64 sum = 0;
    for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
        sum += inner[design->inner[i]];
    }
    return sum;
}

/* Takes `inner`. */
static Rounding rounding_of(const SpDesign *design, gint64 *inner, gint64 base)
{
    Rounding rounding = {.design = design,
                         .base = base,
                         .inner = inner,
                         .rounded = g_new(gint64, design->n_inner),
                         .original = g_new(gint64, design->n_cells),
                         .published = g_new(gint64, design->n_cells)};
    g_autoptr(GError) error = NULL;
    for (gsize cell = 0; cell < design->n_cells; cell++) {
        rounding.original[cell] = sum_of(design, cell, inner);
    }
    (void)sp_rounding(design, inner, base, rounding.rounded, rounding.published, &error);
    assert_no_error(error);
    return rounding;
}

static gboolean is_small(gint64 count, gint64 base)
{
    return count > 0 && count < base;
}

static void assert_nothing_small_and_all_adds_up(const Rounding *rounding)
{
    for (gsize cell = 0; cell < rounding->design->n_cells; cell++) {
        assert_false(is_small(rounding->published[cell], rounding->base));
        assert_int_equal(rounding->published[cell],
                         sum_of(rounding->design, cell, rounding->rounded));
    }
}

/* Inner cells behind published cells whose sum of `inner` is small. */
static void mark_behind_small(const Rounding *rounding, const gint64 inner[], gboolean is_marked[])
{
    const SpDesign *design = rounding->design;
    for (gsize cell = 0; cell < design->n_cells; cell++) {
        if (is_small(sum_of(design, cell, inner), rounding->base)) {
            for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
                is_marked[design->inner[i]] = rounding->inner[design->inner[i]] > 0;
            }
        }
    }
}

/* Those, and inner cells behind sums that are small once others in them have become 0, and so on:
 * nothing else need be touched. */
static gboolean *find_touchable(const Rounding *rounding)
{
    const gsize n = rounding->design->n_inner;
    gboolean *is_touchable = g_new0(gboolean, n);
    g_autofree gint64 *rest = g_memdup2(rounding->inner, n * sizeof *rest);
    gboolean is_more = TRUE;
    while (is_more) {
        is_more = FALSE;
        mark_behind_small(rounding, rest, is_touchable);
        for (gsize i = 0; i < n; i++) {
            is_more = is_more || (is_touchable[i] && rest[i] > 0);
            rest[i] = is_touchable[i] ? 0 : rest[i];
        }
    }
    return is_touchable;
}

/* ---- SSB's results: tables of golden 21 and 23 ---- */

static double metric(const char *folder, const char *set, const char *name)
{
    g_autoptr(GPtrArray) rows = golden_file(folder, set, "reference_metrics.csv");
    double value = 0.0;
    const char *text = golden_stat(rows, name);
    assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
    return value;
}

static gint64 *golden_counts(const char *folder, const char *set, const char *file,
                             const char *name, gsize *n)
{
    g_autoptr(GPtrArray) rows = golden_file(folder, set, file);
    const guint column = golden_column(rows, name);
    gint64 *counts = g_new(gint64, rows->len);
    for (guint i = 1; i < rows->len; i++) {
        counts[i - 1] = (gint64)golden_number(rows, i, column);
    }
    *n = rows->len - 1;
    return counts;
}

static void assert_measures(const char *folder, const char *set, const char *file,
                            const char *prefix)
{
    g_autofree char *name = g_strconcat(prefix, "HDutility", NULL);
    gsize n = 0;
    g_autofree gint64 *original = golden_counts(folder, set, file, "original", &n);
    g_autofree gint64 *rounded = golden_counts(folder, set, file, "rounded", &n);
    assert_near(sp_rounding_utility(n, original, rounded).value, metric(folder, set, name), 1e-14);
    if (*prefix == '\0') {
        assert_int_equal(sp_rounding_max_difference(n, original, rounded),
                         metric(folder, set, "maxdiff"));
    }
}

static void loss_is_measured_as_ssb_does(void **state)
{
    static const char *const sets[] = {"30_small_count_rounding", "31_small_count_rounding_437"};
    g_autofree char *folder = shared_folder();
    (void)state;
    SKIP_WITHOUT_SHARED(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(sets); i++) {
        assert_measures(folder, sets[i], "reference_inner.csv", "inner_");
        assert_measures(folder, sets[i], "reference_publish.csv", "");
    }
}

static double root_mean_square(gsize n, const gint64 original[], const gint64 rounded[])
{
    double squares = 0.0;
    for (gsize i = 0; i < n; i++) {
        squares += (double)((rounded[i] - original[i]) * (rounded[i] - original[i]));
    }
    return sqrt(squares / (double)n);
}

/* Metrics have 15 digits. */
static void assert_no_worse(const Rounding *rounding, const char *folder, const char *set)
{
    const double digits = 1e-14;
    const gsize n_inner = rounding->design->n_inner;
    const gsize n_cells = rounding->design->n_cells;
    assert_true(sp_rounding_max_difference(n_cells, rounding->original, rounding->published) <=
                metric(folder, set, "maxdiff"));
    assert_true(sp_rounding_max_difference(n_inner, rounding->inner, rounding->rounded) <=
                metric(folder, set, "maxRound"));
    assert_true(sp_rounding_utility(n_cells, rounding->original, rounding->published).value >=
                metric(folder, set, "HDutility") - digits);
    assert_true(sp_rounding_utility(n_inner, rounding->inner, rounding->rounded).value >=
                metric(folder, set, "inner_HDutility") - digits);
    assert_true(root_mean_square(n_cells, rounding->original, rounding->published) <=
                metric(folder, set, "rootMeanSquare") + digits);
}

static void assert_good(const char *set, const char *table)
{
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) cells = golden_file(folder, table, "expected_cells.csv");
    gsize n = 0;
    gint64 *inner = golden_counts(folder, set, "reference_inner.csv", "original", &n);
    g_autoptr(SpDesign) design = golden_design(folder, table, n, cells->len - 1);
    g_auto(Rounding) rounding =
        rounding_of(design, inner, (gint64)metric(folder, set, "roundBase"));
    g_autofree gboolean *is_touchable = g_new0(gboolean, n);
    mark_behind_small(&rounding, inner, is_touchable);
    assert_nothing_small_and_all_adds_up(&rounding);
    for (gsize i = 0; i < n; i++) {
        assert_int_equal(rounding.rounded[i] != inner[i], is_touchable[i]);
    }
    assert_no_worse(&rounding, folder, set);
}

static void counties_and_groups_across_lose_no_more_than_with_ssb(void **state)
{
    (void)state;
    assert_good("30_small_count_rounding", "21_gauss_region_county_kgroup");
}

static void a_country_of_437_loses_no_more_than_with_ssb(void **state)
{
    (void)state;
    assert_good("31_small_count_rounding_437", "23_gauss_437_municipalities");
}

/* ---- properties ---- */

enum { N_SEEDS = 20 };

static Rounding rounding_of_made(const MadeUp *made, gint64 base)
{
    gint64 *inner = g_new(gint64, MADE_INNER);
    for (gsize i = 0; i < MADE_INNER; i++) {
        inner[i] = (gint64)made->inner[i];
    }
    return rounding_of(made->design, inner, base);
}

static void no_small_count_is_published(void **state)
{
    (void)state;
    for (guint64 seed = 1; seed <= N_SEEDS; seed++) {
        g_auto(MadeUp) made = made_up(seed, 4.0);
        for (gint64 base = 2; base <= 10; base++) {
            g_auto(Rounding) rounding = rounding_of_made(&made, base);
            assert_nothing_small_and_all_adds_up(&rounding);
        }
    }
}

static void what_is_behind_no_small_count_is_untouched(void **state)
{
    gsize n_untouched = 0;
    (void)state;
    for (guint64 seed = 1; seed <= N_SEEDS; seed++) {
        g_auto(MadeUp) made = made_up(seed, 8.0);
        g_auto(Rounding) rounding = rounding_of_made(&made, 5);
        g_autofree gboolean *is_touchable = find_touchable(&rounding);
        for (gsize i = 0; i < MADE_INNER; i++) {
            if (rounding.rounded[i] != rounding.inner[i]) {
                assert_true(is_touchable[i]);
                assert_true(is_small(rounding.inner[i], 5));
                assert_true(rounding.rounded[i] == 0 || rounding.rounded[i] == 5);
            }
            n_untouched += rounding.rounded[i] == rounding.inner[i] ? 1 : 0;
        }
    }
    assert_true(n_untouched > 100);
}

static void rounded_counts_sum_to_what_they_were_but_for_half_a_base(void **state)
{
    (void)state;
    for (guint64 seed = 1; seed <= N_SEEDS; seed++) {
        g_auto(MadeUp) made = made_up(seed, 4.0);
        g_auto(Rounding) rounding = rounding_of_made(&made, 5);
        const gsize total = MADE_CELLS - 1;
        assert_int_equal(made.design->start[total + 1] - made.design->start[total], MADE_INNER);
        assert_true(2 * ABS(rounding.published[total] - rounding.original[total]) <= 5);
    }
}

static gint64 squared_error(const Rounding *rounding)
{
    gint64 error = 0;
    for (gsize cell = 0; cell < rounding->design->n_cells; cell++) {
        const gint64 change =
            sum_of(rounding->design, cell, rounding->rounded) - rounding->original[cell];
        error += change * change;
    }
    return error;
}

static void no_exchange_of_two_would_do_better(void **state)
{
    gsize n_exchanges = 0;
    (void)state;
    for (guint64 seed = 1; seed <= N_SEEDS; seed++) {
        g_auto(MadeUp) made = made_up(seed, 4.0);
        g_auto(Rounding) rounding = rounding_of_made(&made, 5);
        const gint64 least = squared_error(&rounding);
        gint64 *rounded = rounding.rounded;
        for (gsize i = 0; i < MADE_INNER; i++) {
            for (gsize j = 0; j < MADE_INNER; j++) {
                if (rounded[i] == 5 && rounding.inner[i] < 5 && rounded[j] == 0 &&
                    rounding.inner[j] > 0) {
                    rounded[i] = 0;
                    rounded[j] = 5;
                    assert_true(squared_error(&rounding) >= least);
                    rounded[i] = 5;
                    rounded[j] = 0;
                    n_exchanges++;
                }
            }
        }
    }
    assert_true(n_exchanges > 100);
}

/* ---- by hand ---- */

/* A published count of 1, and one of 1 + 2, where 2 is left when the 1 is gone. Three are rounded
 * then, one of the two to 3: the 1 would be 2 off alone, the 2 leaves 1 and 0. */
static void what_rounding_makes_small_is_rounded_too(void **state)
{
    const SpDesignEntry entries[] = {{0, 0, 1}, {0, 1, 1}, {1, 1, 1}};
    const gint64 inner[] = {1, 2};
    gint64 rounded[2];
    gint64 published[2];
    g_autoptr(SpDesign) design = sp_design_new(2, 2, entries, G_N_ELEMENTS(entries));
    (void)state;
    assert_true(sp_rounding(design, inner, 3, rounded, published, NULL));
    assert_int_equal(rounded[0], 0);
    assert_int_equal(rounded[1], 3);
    assert_int_equal(published[0], 0);
    assert_int_equal(published[1], 3);
}

/* Three of 1 and nothing to tell them apart: the first is taken, every time. */
static void the_first_of_equals_is_taken(void **state)
{
    const SpDesignEntry entries[] = {{0, 0, 1}, {1, 1, 1}, {2, 2, 1},
                                     {0, 3, 1}, {1, 3, 1}, {2, 3, 1}};
    const gint64 inner[] = {1, 1, 1};
    gint64 rounded[3];
    gint64 published[4];
    g_autoptr(SpDesign) design = sp_design_new(3, 4, entries, G_N_ELEMENTS(entries));
    (void)state;
    assert_true(sp_rounding(design, inner, 3, rounded, published, NULL));
    assert_int_equal(rounded[0], 3);
    assert_int_equal(rounded[1], 0);
    assert_int_equal(rounded[2], 0);
    assert_int_equal(published[3], 3);
}

/* Sums of 0 + 2 and 0 + 2 with one zero, and each 2 by itself: the zero at 3 would do as well as
 * one of the others. */
static void a_zero_stays_zero(void **state)
{
    const SpDesignEntry entries[] = {{0, 0, 1}, {1, 0, 1}, {0, 1, 1},
                                     {2, 1, 1}, {1, 2, 1}, {2, 3, 1}};
    const gint64 inner[] = {0, 2, 2};
    gint64 rounded[3];
    gint64 published[4];
    g_autoptr(SpDesign) design = sp_design_new(3, 4, entries, G_N_ELEMENTS(entries));
    (void)state;
    assert_true(sp_rounding(design, inner, 3, rounded, published, NULL));
    assert_int_equal(rounded[0], 0);
    assert_int_equal(rounded[1] + rounded[2], 3);
}

static void a_base_of_one_changes_nothing(void **state)
{
    g_auto(MadeUp) made = made_up(1, 4.0);
    g_auto(Rounding) rounding = rounding_of_made(&made, 1);
    (void)state;
    assert_memory_equal(rounding.rounded, rounding.inner, MADE_INNER * sizeof(gint64));
    assert_memory_equal(rounding.published, rounding.original, MADE_CELLS * sizeof(gint64));
}

static void assert_refused(gint64 count, gint32 coef, gint64 base, const char *part)
{
    const SpDesignEntry entries[] = {{0, 0, 1}, {1, 0, coef}};
    const gint64 inner[] = {7, count};
    gint64 rounded[] = {-1, -1};
    gint64 published[] = {-1};
    g_autoptr(SpDesign) design = sp_design_new(2, 1, entries, G_N_ELEMENTS(entries));
    g_autoptr(GError) error = NULL;
    assert_false(sp_rounding(design, inner, base, rounded, published, &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_true(rounded[0] == -1 && rounded[1] == -1 && published[0] == -1);
}

static void what_is_no_table_of_counts_is_refused(void **state)
{
    (void)state;
    assert_refused(1, 1, 0, "base 0 is not 1 to 1000");
    assert_refused(1, 1, 1001, "base 1001 is not 1 to 1000");
    assert_refused(-1, 1, 3, "inner cell 2 has -1");
    assert_refused(SP_ROUNDING_MAX_COUNT + 1, 1, 3, "inner cell 2 has 1000000000001");
    assert_refused(1, -1, 3, "holds inner cell 2 -1 times");
    assert_refused(1, 2, 3, "holds inner cell 2 2 times");
}

/* √4 becomes √1: 1 - √½ / √13. */
static void utility_falls_by_the_distance_of_roots(void **state)
{
    const gint64 original[] = {4, 9};
    const gint64 rounded[] = {1, 9};
    (void)state;
    assert_near(sp_rounding_utility(2, original, rounded).value, 0.803883864861816, 1e-15);
    assert_int_equal(sp_rounding_max_difference(2, original, rounded), 3);
}

static void utility_of_nothing_is_not_applicable(void **state)
{
    const gint64 none[] = {0, 0};
    (void)state;
    assert_int_equal(sp_rounding_utility(2, none, none).status, SP_NOT_APPLICABLE);
    assert_int_equal(sp_rounding_utility(0, NULL, NULL).status, SP_NOT_APPLICABLE);
    assert_int_equal(sp_rounding_max_difference(0, NULL, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loss_is_measured_as_ssb_does),
        cmocka_unit_test(counties_and_groups_across_lose_no_more_than_with_ssb),
        cmocka_unit_test(a_country_of_437_loses_no_more_than_with_ssb),
        cmocka_unit_test(no_small_count_is_published),
        cmocka_unit_test(what_is_behind_no_small_count_is_untouched),
        cmocka_unit_test(rounded_counts_sum_to_what_they_were_but_for_half_a_base),
        cmocka_unit_test(no_exchange_of_two_would_do_better),
        cmocka_unit_test(what_rounding_makes_small_is_rounded_too),
        cmocka_unit_test(the_first_of_equals_is_taken),
        cmocka_unit_test(a_zero_stays_zero),
        cmocka_unit_test(a_base_of_one_changes_nothing),
        cmocka_unit_test(what_is_no_table_of_counts_is_refused),
        cmocka_unit_test(utility_falls_by_the_distance_of_roots),
        cmocka_unit_test(utility_of_nothing_is_not_applicable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
