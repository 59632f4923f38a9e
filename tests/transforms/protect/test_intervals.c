/* Intervals of hidden figures: those that another solver found, and cases by hand. */
#include "tests/transforms/protect/golden_gauss.h"
#include "transforms/protect/intervals.h"

/* ---- golden sets ---- */

static double *inner_of(const char *folder, const char *set)
{
    g_autoptr(GPtrArray) rows = golden_file(folder, set, "input_inner.csv");
    char **header = g_ptr_array_index(rows, 0);
    const guint column =
        golden_column(rows, g_strv_contains((const char *const *)header, "freq") ? "freq" : "ant");
    double *inner = g_new(double, rows->len);
    for (guint i = 1; i < rows->len; i++) {
        inner[i - 1] = golden_number(rows, i, column);
    }
    return inner;
}

static void assert_intervals(const char *set, const char *method)
{
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_auto(GoldenGauss) golden = golden_gauss(folder, set);
    g_autofree char *file = g_strdup_printf("expected_interval_%s.csv", method);
    g_autofree char *column = g_strdup_printf("secondary_%s", method);
    g_autoptr(GPtrArray) wanted = golden_file(folder, set, file);
    g_autofree double *inner = inner_of(folder, set);
    g_autofree gboolean *is_hidden = g_new(gboolean, golden.cells->len);
    const guint secondary = golden_column(golden.cells, column);
    for (guint i = 1; i < golden.cells->len; i++) {
        is_hidden[i - 1] =
            golden.is_primary[i - 1] || golden_number(golden.cells, i, secondary) > 0.0;
    }
    g_autoptr(SpIntervals) intervals = sp_intervals_new(golden.design, inner, is_hidden);
    assert_true(wanted->len > 5);
    for (guint i = 1; i < wanted->len; i++) {
        SpInterval interval;
        const guint32 cell = (guint32)golden_number(wanted, i, 0) - 1;
        assert_true(sp_intervals_find(intervals, cell, &interval, NULL));
        assert_near(interval.low, golden_number(wanted, i, golden_column(wanted, "lp_lower")),
                    1e-6);
        assert_near(interval.high, golden_number(wanted, i, golden_column(wanted, "lp_upper")),
                    1e-6);
    }
}

static void intervals_are_those_of_another_solver(void **state)
{
    static const char *const sets[] = {"20_gauss_3x5", "21_gauss_region_county_kgroup",
                                       "22_gauss_z3"};
    static const char *const methods[] = {"none", "anySum", "subSum"};
    (void)state;
    for (gsize set = 0; set < G_N_ELEMENTS(sets); set++) {
        for (gsize method = 0; method < G_N_ELEMENTS(methods); method++) {
            assert_intervals(sets[set], methods[method]);
        }
    }
    assert_intervals("23_gauss_437_municipalities", "none");
}

/* ---- by hand ---- */

/* Two by two with all sums shown: a b / c d. */
static const SpDesignEntry square[] = {{0, 0, 1}, {1, 1, 1}, {2, 2, 1}, {3, 3, 1},
                                       {0, 4, 1}, {1, 4, 1}, {2, 5, 1}, {3, 5, 1},
                                       {0, 6, 1}, {2, 6, 1}, {1, 7, 1}, {3, 7, 1}};
static const gboolean all_inner_hidden[8] = {TRUE, TRUE, TRUE, TRUE};

static void a_hidden_square_moves_as_far_as_its_smallest_corners(void **state)
{
    const double inner[] = {2, 9, 8, 7};
    SpInterval interval;
    (void)state;
    g_autoptr(SpDesign) design = sp_design_new(4, 8, square, G_N_ELEMENTS(square));
    g_autoptr(SpIntervals) intervals = sp_intervals_new(design, inner, all_inner_hidden);
    g_autoptr(GArray) binding = g_array_new(FALSE, FALSE, sizeof(guint32));
    assert_true(sp_intervals_find(intervals, 0, &interval, binding));
    assert_near(interval.low, 0.0, 1e-9);   /* a and d fall by 2 */
    assert_near(interval.high, 10.0, 1e-9); /* and rise by 8, when c is 0 */
    assert_true(binding->len > 0);
    for (guint i = 0; i < binding->len; i++) {
        assert_in_range(g_array_index(binding, guint32, i), 4, 7);
    }
}

/* Nothing is derivable by sums alone, and all is known: nobody is in a row of nobody. */
static void a_shown_sum_of_nothing_tells_its_parts(void **state)
{
    const double inner[] = {0, 0, 3, 4};
    (void)state;
    g_autoptr(SpDesign) design = sp_design_new(4, 8, square, G_N_ELEMENTS(square));
    g_autoptr(SpIntervals) intervals = sp_intervals_new(design, inner, all_inner_hidden);
    for (guint32 cell = 0; cell < 4; cell++) {
        SpInterval interval;
        assert_true(sp_intervals_find(intervals, cell, &interval, NULL));
        assert_near(interval.low, inner[cell], 1e-9);
        assert_near(interval.high, inner[cell], 1e-9);
    }
}

static void what_nothing_bounds_has_no_end(void **state)
{
    const double inner[] = {2, 9, 8, 7};
    const gboolean is_hidden[8] = {TRUE, TRUE, TRUE, TRUE, TRUE, TRUE, TRUE, TRUE};
    SpInterval interval;
    (void)state;
    g_autoptr(SpDesign) design = sp_design_new(4, 8, square, G_N_ELEMENTS(square));
    g_autoptr(SpIntervals) intervals = sp_intervals_new(design, inner, is_hidden);
    assert_true(sp_intervals_find(intervals, 4, &interval, NULL));
    assert_near(interval.low, 0.0, 1e-9);
    assert_true(isinf(interval.high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_are_those_of_another_solver),
        cmocka_unit_test(a_hidden_square_moves_as_far_as_its_smallest_corners),
        cmocka_unit_test(a_shown_sum_of_nothing_tells_its_parts),
        cmocka_unit_test(what_nothing_bounds_has_no_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
