/* Secondary suppression: SSB's own results, and properties by an independent solver. */
#include "tests/transforms/protect/golden_gauss.h"
#include "tests/transforms/protect/made_up.h"

static void assert_as_ssb(const char *set)
{
    static const struct {
        SpSingletons singletons;
        const char *column;
    } methods[] = {{SP_SINGLETONS_NONE, "secondary_none"},
                   {SP_SINGLETONS_ANY_SUM, "secondary_anySum"},
                   {SP_SINGLETONS_SUB_SUM, "secondary_subSum"}};
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_auto(GoldenGauss) golden = golden_gauss(folder, set);
    const gsize n = golden.design->n_cells;
    g_autofree gboolean *is_secondary = g_new(gboolean, n);
    g_autofree gboolean *is_unsafe = g_new(gboolean, n);
    for (gsize method = 0; method < G_N_ELEMENTS(methods); method++) {
        const SpGauss problem = {.design = golden.design,
                                 .is_primary = golden.is_primary,
                                 .order = golden.order,
                                 .n_order = golden.n_order,
                                 .is_singleton = golden.is_singleton,
                                 .singletons = methods[method].singletons};
        const guint column = golden_column(golden.cells, methods[method].column);
        (void)sp_gauss(&problem, is_secondary, is_unsafe);
        for (guint cell = 0; cell < n; cell++) {
            if (is_secondary[cell] != (golden_number(golden.cells, cell + 1, column) > 0.0)) {
                fail_msg("%s, %s: cell %u is %d", set, methods[method].column, cell + 1,
                         is_secondary[cell]);
            }
        }
    }
}

static void three_by_five_is_as_ssb_has_it(void **state)
{
    (void)state;
    assert_as_ssb("20_gauss_3x5");
}

static void counties_and_groups_across_are_as_ssb_has_them(void **state)
{
    (void)state;
    assert_as_ssb("21_gauss_region_county_kgroup");
}

static void three_dimensions_are_as_ssb_has_them(void **state)
{
    (void)state;
    assert_as_ssb("22_gauss_z3");
}

static void a_country_of_437_is_as_ssb_has_it(void **state)
{
    (void)state;
    assert_as_ssb("23_gauss_437_municipalities");
}

/* ---- properties ---- */

typedef struct {
    gboolean is_hidden[MADE_CELLS], is_secondary[MADE_CELLS], is_unsafe[MADE_CELLS];
    gsize n_secondary;
} Answer;

static Answer protect_by(const MadeUp *made, SpGauss problem)
{
    Answer answer;
    problem.design = made->design;
    problem.is_primary = made->is_primary;
    problem.order = made->order;
    problem.n_order = MADE_CELLS;
    answer.n_secondary = sp_gauss(&problem, answer.is_secondary, answer.is_unsafe);
    for (gsize i = 0; i < MADE_CELLS; i++) {
        answer.is_hidden[i] = made->is_primary[i] || answer.is_secondary[i];
    }
    return answer;
}

static gboolean any_follows(const MadeUp *made, const gboolean is_hidden[])
{
    for (guint32 cell = 0; cell < MADE_CELLS; cell++) {
        if (is_hidden[cell] && made_up_follows(made->design, is_hidden, cell)) {
            return TRUE;
        }
    }
    return FALSE;
}

static void nothing_hidden_follows(void **state)
{
    gsize n_secondary = 0;
    (void)state;
    for (guint64 seed = 1; seed <= 20; seed++) {
        for (int method = SP_SINGLETONS_NONE; method <= SP_SINGLETONS_SUB_SUM; method++) {
            g_auto(MadeUp) made = made_up(seed, 8.0);
            gboolean is_singleton[MADE_INNER];
            for (gsize i = 0; i < MADE_INNER; i++) {
                is_singleton[i] = made.inner[i] > 0.5 && made.inner[i] < 1.5;
            }
            const Answer answer = protect_by(
                &made, (SpGauss){.is_singleton = is_singleton, .singletons = (SpSingletons)method});
            assert_false(any_follows(&made, answer.is_hidden));
            n_secondary += answer.n_secondary;
        }
    }
    assert_true(n_secondary > 100);
}

static void no_secondary_cell_is_hidden_for_nothing(void **state)
{
    (void)state;
    for (guint64 seed = 31; seed <= 40; seed++) {
        g_auto(MadeUp) made = made_up(seed, 8.0);
        Answer answer = protect_by(&made, (SpGauss){.singletons = SP_SINGLETONS_NONE});
        for (gsize i = 0; i < MADE_CELLS; i++) {
            if (answer.is_secondary[i]) {
                answer.is_hidden[i] = FALSE;
                assert_true(any_follows(&made, answer.is_hidden));
                answer.is_hidden[i] = TRUE;
            }
        }
    }
}

/* Six of seven cells are known already: what follows from them is told as such. */
static void what_forced_cells_give_away_is_told(void **state)
{
    gsize n_unsafe = 0;
    (void)state;
    for (guint64 seed = 51; seed <= 60; seed++) {
        g_auto(MadeUp) made = made_up(seed, 12.0);
        gboolean is_forced[MADE_CELLS];
        gboolean is_known[MADE_CELLS];
        for (gsize i = 0; i < MADE_CELLS; i++) {
            is_forced[i] = i % 7 != 0 && !made.is_primary[i];
            is_known[i] = !is_forced[i];
        }
        const Answer answer = protect_by(&made, (SpGauss){.is_forced = is_forced});
        for (guint32 i = 0; i < MADE_CELLS; i++) {
            assert_false(is_forced[i] && answer.is_secondary[i]);
            /* `is_known` as hidden: all but the forced. */
            assert_int_equal(answer.is_unsafe[i],
                             made.is_primary[i] && made_up_follows(made.design, is_known, i));
            n_unsafe += answer.is_unsafe[i] ? 1 : 0;
        }
    }
    assert_true(n_unsafe > 5);
}

/* A kommune alone in its fylke has the fylke's figure: one is hidden with the other. */
static void copies_are_hidden_together(void **state)
{
    const SpDesignEntry entries[] = {{0, 0, 1}, {1, 1, 1}, {2, 2, 1}, {0, 3, 1},
                                     {0, 4, 1}, {1, 4, 1}, {2, 4, 1}};
    const gboolean is_primary[5] = {TRUE};
    const guint32 order[] = {4, 3, 2, 1};
    gboolean is_secondary[5];
    gboolean is_unsafe[5];
    g_autoptr(SpDesign) design = sp_design_new(3, 5, entries, G_N_ELEMENTS(entries));
    const SpGauss problem = {
        .design = design, .is_primary = is_primary, .order = order, .n_order = 4};
    (void)state;
    assert_int_equal(sp_gauss(&problem, is_secondary, is_unsafe), 2);
    assert_true(is_secondary[3]); /* the copy */
    assert_true(is_secondary[1]); /* wanted least */
    assert_false(is_secondary[0] || is_secondary[2] || is_secondary[4]);
}

/* Of those with the same inner cells one was published: the others need not be hidden. */
static void a_copy_of_what_is_given_away_is_shown(void **state)
{
    const SpDesignEntry entries[] = {{0, 0, 1}, {0, 1, 1}, {0, 2, 1}, {1, 3, 1}};
    const gboolean is_primary[4] = {TRUE};
    const gboolean is_forced[4] = {FALSE, TRUE};
    gboolean is_secondary[4];
    gboolean is_unsafe[4];
    g_autoptr(SpDesign) design = sp_design_new(2, 4, entries, G_N_ELEMENTS(entries));
    const SpGauss problem = {.design = design, .is_primary = is_primary, .is_forced = is_forced};
    (void)state;
    assert_int_equal(sp_gauss(&problem, is_secondary, is_unsafe), 0);
    assert_true(is_unsafe[0]);
}

/* Cells 0 … 3 are inner cells, 4 is their sum and wanted most. The sum of the first two is guarded:
 * one of them, and one of the others, must be hidden. That of the others is known: then it is the
 * sum of all; and if that is known, too, the guarded one is lost. */
static void sums_that_are_no_cells_are_guarded_or_known(void **state)
{
    const SpDesignEntry entries[] = {{0, 0, 1}, {1, 1, 1}, {2, 2, 1}, {3, 3, 1},
                                     {0, 4, 1}, {1, 4, 1}, {2, 4, 1}, {3, 4, 1}};
    const gboolean is_primary[5] = {FALSE};
    const gboolean is_forced[5] = {FALSE, FALSE, FALSE, FALSE, TRUE};
    const guint32 order[] = {4, 0, 1, 2, 3};
    guint32 rows[] = {0, 1, 2, 3};
    guint64 ones[] = {1, 1};
    const SpSparse guarded = {2, rows, ones};
    const SpSparse known = {2, rows + 2, ones};
    gboolean is_secondary[5];
    gboolean is_unsafe[6];
    g_autoptr(SpDesign) design = sp_design_new(4, 5, entries, G_N_ELEMENTS(entries));
    SpGauss problem = {.design = design,
                       .is_primary = is_primary,
                       .order = order,
                       .n_order = 5,
                       .guarded = &guarded,
                       .n_guarded = 1};
    (void)state;
    assert_int_equal(sp_gauss(&problem, is_secondary, is_unsafe), 2);
    assert_true(is_secondary[1] && is_secondary[3]);
    assert_false(is_unsafe[5]);
    problem.known = &known;
    problem.n_known = 1;
    assert_int_equal(sp_gauss(&problem, is_secondary, is_unsafe), 2);
    assert_true(is_secondary[1] && is_secondary[4]);
    assert_false(is_unsafe[5]);
    problem.is_forced = is_forced;
    assert_int_equal(sp_gauss(&problem, is_secondary, is_unsafe), 0);
    assert_true(is_unsafe[5]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_by_five_is_as_ssb_has_it),
        cmocka_unit_test(counties_and_groups_across_are_as_ssb_has_them),
        cmocka_unit_test(three_dimensions_are_as_ssb_has_them),
        cmocka_unit_test(a_country_of_437_is_as_ssb_has_it),
        cmocka_unit_test(nothing_hidden_follows),
        cmocka_unit_test(no_secondary_cell_is_hidden_for_nothing),
        cmocka_unit_test(what_forced_cells_give_away_is_told),
        cmocka_unit_test(copies_are_hidden_together),
        cmocka_unit_test(a_copy_of_what_is_given_away_is_shown),
        cmocka_unit_test(sums_that_are_no_cells_are_guarded_or_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
