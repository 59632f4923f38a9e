/* Dominance: the golden set computed from the definitions, and cases by hand. */
#include "tests/transforms/protect/golden_gauss.h"
#include "transforms/protect/dominance.h"

#include "core/error.h"

/* ---- golden 24: companies in sectors and countries, with sums across ---- */

typedef struct {
    GPtrArray *input, *expected;
    SpContributors *contributors;
} GoldenDominance;

static void golden_dominance_clear(GoldenDominance *golden)
{
    g_clear_pointer(&golden->input, g_ptr_array_unref);
    g_clear_pointer(&golden->expected, g_ptr_array_unref);
    g_clear_pointer(&golden->contributors, sp_contributors_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GoldenDominance, golden_dominance_clear)

/* Whether a published category is the row's own, the one above it, or all. */
static gboolean is_within(const GPtrArray *input, guint row, guint column, const char *category)
{
    return strcmp(category, "Total") == 0 ||
           strcmp(category, golden_text(input, row, column)) == 0 ||
           strcmp(category, golden_text(input, row, column + 1)) == 0;
}

/* Each row of the input is an inner cell of its own. */
static GoldenDominance golden_dominance(const char *folder)
{
    GoldenDominance golden = {.input = golden_read(folder, "24_dominance/input.csv"),
                              .expected = golden_read(folder, "24_dominance/expected_primary.csv")};
    const guint company = golden_column(golden.input, "company");
    const guint value = golden_column(golden.input, "value");
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    g_autofree SpContribution *contributions = g_new(SpContribution, golden.input->len);
    for (guint i = 1; i < golden.input->len; i++) {
        contributions[i - 1] =
            (SpContribution){i - 1, (guint32)*golden_text(golden.input, i, company),
                             golden_number(golden.input, i, value)};
        for (guint cell = 1; cell < golden.expected->len; cell++) {
            if (is_within(golden.input, i, 0, golden_text(golden.expected, cell, 0)) &&
                is_within(golden.input, i, 2, golden_text(golden.expected, cell, 1))) {
                const SpDesignEntry entry = {i - 1, cell - 1, 1};
                g_array_append_val(entries, entry);
            }
        }
    }
    g_autoptr(SpDesign) design =
        sp_design_new(golden.input->len - 1, golden.expected->len - 1,
                      (SpDesignEntry *)(gpointer)entries->data, entries->len);
    golden.contributors = sp_contributors_new(design, contributions, golden.input->len - 1, NULL);
    return golden;
}

static double parameter(const char *folder, const char *rule)
{
    g_autoptr(GPtrArray) rows = golden_read(folder, "24_dominance/parameters.csv");
    double value = 0.0;
    const char *text = golden_stat(rows, rule);
    assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
    return value;
}

static void assert_hits(const GPtrArray *expected, const char *name, const gboolean is_primary[])
{
    const guint column = golden_column(expected, name);
    for (guint i = 1; i < expected->len; i++) {
        if (is_primary[i - 1] != (golden_number(expected, i, column) > 0.0)) {
            fail_msg("%s of %s, %s is %d", name, golden_text(expected, i, 0),
                     golden_text(expected, i, 1), is_primary[i - 1]);
        }
    }
}

static void contributors_are_summed_within_the_cell(void **state)
{
    g_autofree char *folder = shared_folder();
    (void)state;
    SKIP_WITHOUT_SHARED(folder);
    g_auto(GoldenDominance) golden = golden_dominance(folder);
    const SpContributors *contributors = golden.contributors;
    for (guint i = 1; i < golden.expected->len; i++) {
        const gsize start = contributors->start[i - 1];
        const gsize n = contributors->start[i] - start;
        double total = 0.0;
        for (gsize j = 0; j < n; j++) {
            total += contributors->amount[start + j];
        }
        const double top1 = contributors->amount[start];
        const double top2 = top1 + (n > 1 ? contributors->amount[start + 1] : 0.0);
        assert_int_equal(n, golden_number(golden.expected, i, 3));
        assert_near(total, golden_number(golden.expected, i, 2), 1e-10);
        assert_near(100.0 * top1 / total, golden_number(golden.expected, i, 4), 1e-10);
        assert_near(100.0 * top2 / total, golden_number(golden.expected, i, 5), 1e-10);
    }
}

static void rules_hit_the_cells_of_the_definitions(void **state)
{
    g_autofree char *folder = shared_folder();
    (void)state;
    SKIP_WITHOUT_SHARED(folder);
    g_auto(GoldenDominance) golden = golden_dominance(folder);
    const gsize n_cells = golden.contributors->n_cells;
    const gsize n1 = (gsize)parameter(folder, "n1");
    const gsize n2 = (gsize)parameter(folder, "n2");
    g_autofree gboolean *by_nk = g_new0(gboolean, n_cells);
    g_autofree gboolean *by_percent = g_new0(gboolean, n_cells);
    (void)sp_dominance_nk(golden.contributors, n1, parameter(folder, "k1") / 100.0, by_nk);
    (void)sp_dominance_nk(golden.contributors, n2, parameter(folder, "k2") / 100.0, by_nk);
    assert_hits(golden.expected, "primary_nk", by_nk);
    /* Counted in the file. */
    assert_int_equal(sp_dominance_percent(golden.contributors,
                                          parameter(folder, "p_percent") / 100.0, by_percent),
                     13);
    assert_hits(golden.expected, "primary_p10", by_percent);
}

/* ---- by hand: one published cell of three inner ones ---- */

static SpContributors *contributors_of(const SpContribution contributions[], gsize n,
                                       GError **error)
{
    const SpDesignEntry entries[] = {{0, 0, 1}, {1, 0, 1}, {2, 0, 1}};
    g_autoptr(SpDesign) design = sp_design_new(3, 1, entries, G_N_ELEMENTS(entries));
    return sp_contributors_new(design, contributions, n, error);
}

static void exactly_the_share_is_not_more(void **state)
{
    const SpContribution contributions[] = {{0, 1, 75.0}, {1, 2, 15.0}, {2, 3, 10.0}};
    g_autoptr(SpContributors) contributors = contributors_of(contributions, 3, NULL);
    gboolean is_primary[] = {FALSE};
    (void)state;
    assert_int_equal(sp_dominance_nk(contributors, 1, 0.75, is_primary), 0);
    assert_int_equal(sp_dominance_percent(contributors, 10.0 / 75.0, is_primary), 0);
    assert_false(is_primary[0]);
    assert_int_equal(sp_dominance_nk(contributors, 1, 0.74, is_primary), 1);
    assert_true(is_primary[0]);
}

static void a_rule_that_does_not_hit_undoes_no_other(void **state)
{
    const SpContribution contributions[] = {{0, 1, 50.0}, {1, 2, 50.0}, {2, 3, 50.0}};
    g_autoptr(SpContributors) contributors = contributors_of(contributions, 3, NULL);
    gboolean is_primary[] = {TRUE};
    (void)state;
    assert_int_equal(sp_dominance_nk(contributors, 1, 0.8, is_primary), 0);
    assert_int_equal(sp_dominance_percent(contributors, 0.1, is_primary), 0);
    assert_true(is_primary[0]);
}

/* Contributor 1 is corrected to 5, 2 has owed 3 ever since, and 3 was entered by mistake. */
static void corrections_count_against_what_they_correct(void **state)
{
    const SpContribution contributions[] = {{2, 1, -4.0}, {0, 2, -3.0}, {0, 3, 7.0},
                                            {0, 1, 9.0},  {1, 3, -7.0}, {1, 4, 8.0}};
    g_autoptr(SpContributors) contributors = contributors_of(contributions, 6, NULL);
    (void)state;
    assert_int_equal(contributors->start[1], 3);
    assert_near(contributors->amount[0], 8.0, 0.0);
    assert_near(contributors->amount[1], 5.0, 0.0);
    assert_near(contributors->amount[2], 3.0, 0.0);
}

/* What two years differ by: contributor 1 is in both. */
static void a_difference_takes_off_what_is_in_both(void **state)
{
    const SpDesignEntry entries[] = {{0, 0, 1}, {1, 0, -1}};
    const SpContribution contributions[] = {{0, 1, 6.0}, {1, 1, 4.0}, {1, 2, 5.0}};
    g_autoptr(SpDesign) design = sp_design_new(2, 1, entries, G_N_ELEMENTS(entries));
    g_autoptr(SpContributors) contributors = sp_contributors_new(design, contributions, 3, NULL);
    (void)state;
    assert_int_equal(contributors->start[1], 2);
    assert_near(contributors->amount[0], 5.0, 0.0);
    assert_near(contributors->amount[1], 2.0, 0.0);
}

static void nobody_behind_a_cell_hides_nothing(void **state)
{
    g_autoptr(SpContributors) contributors = contributors_of(NULL, 0, NULL);
    gboolean is_primary[] = {FALSE};
    (void)state;
    assert_int_equal(contributors->start[1], 0);
    assert_int_equal(sp_dominance_nk(contributors, 1, 0.8, is_primary), 0);
    assert_int_equal(sp_dominance_percent(contributors, 0.1, is_primary), 0);
}

static void a_missing_contribution_is_refused(void **state)
{
    const SpContribution contributions[] = {{0, 1, 5.0}, {2, 2, NAN}};
    g_autoptr(GError) error = NULL;
    (void)state;
    assert_null(contributors_of(contributions, 2, &error));
    assert_error(error, SP_ERROR_DATA, "contribution 2 (inner cell 3)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contributors_are_summed_within_the_cell),
        cmocka_unit_test(rules_hit_the_cells_of_the_definitions),
        cmocka_unit_test(exactly_the_share_is_not_more),
        cmocka_unit_test(a_rule_that_does_not_hit_undoes_no_other),
        cmocka_unit_test(corrections_count_against_what_they_correct),
        cmocka_unit_test(a_difference_takes_off_what_is_in_both),
        cmocka_unit_test(nobody_behind_a_cell_hides_nothing),
        cmocka_unit_test(a_missing_contribution_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
