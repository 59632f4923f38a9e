/* OutlierRegression against SSB's own package, and lines worked out by hand. */
#include "tests/transforms/normalise/controls/kostra.h"

#include "transforms/normalise/controls/regression.h"

enum { ID, X, Y, STRATUM, Y_HAT, OUTLIER, R_STUD, DFFITS, HII, LEFT_OUT };

/* The set is of rows where both figures are above 0. */
static void check_package(const char *folder, SpLineKind kind, const char *file,
                          const char *file_of_line)
{
    g_autofree char *path = g_strconcat(KOSTRA_SET, file, NULL);
    g_autofree char *line_path = g_strconcat(KOSTRA_SET, file_of_line, NULL);
    g_autoptr(GPtrArray) wanted = golden_read(folder, path);
    g_autoptr(GPtrArray) wanted_line = golden_read(folder, line_path);
    gsize n = wanted->len - 1;
    g_autofree SpReal *x = g_new(SpReal, n);
    g_autofree SpReal *y = g_new(SpReal, n);
    g_autofree SpLineUnit *units = g_new(SpLineUnit, n);
    const SpLineForm form = {.kind = kind, .limit_model = 4.5, .limit_outlier = 2.5};
    SpLine line;
    for (guint i = 0; i < n; i++) {
        x[i] = sp_real(golden_number(wanted, i + 1, X));
        y[i] = sp_real(golden_number(wanted, i + 1, Y));
    }
    assert_true(sp_control_regression(n, x, y, &form, &line, units));
    assert_as_golden((double)line.n, golden_text(wanted_line, 1, 1));
    /* The package prints the only coefficient of a ratio first. */
    assert_as_golden(kind == SP_LINE_RATIO ? line.slope : line.constant,
                     golden_text(wanted_line, 1, 2));
    assert_as_golden(kind == SP_LINE_RATIO ? line.constant : line.slope,
                     golden_text(wanted_line, 1, 3));
    assert_as_golden((double)line.n_model, golden_text(wanted_line, 1, 4));
    assert_as_golden(line.sigma, golden_text(wanted_line, 1, 5));
    for (guint i = 0; i < n; i++) {
        const char *leverage = golden_text(wanted, i + 1, HII);
        assert_true(units[i].is_compared);
        assert_as_golden(units[i].expected, golden_text(wanted, i + 1, Y_HAT));
        assert_int_equal(units[i].is_outlier, *golden_text(wanted, i + 1, OUTLIER) == '1');
        assert_as_golden(units[i].residual, golden_text(wanted, i + 1, R_STUD));
        assert_as_golden(units[i].left_out, golden_text(wanted, i + 1, LEFT_OUT));
        assert_int_equal(units[i].is_in_model, *leverage != '\0');
        if (*leverage != '\0') {
            double h = units[i].leverage;
            assert_as_golden(h, leverage);
            assert_as_golden(units[i].residual * sqrt(h / (1.0 - h)),
                             golden_text(wanted, i + 1, DFFITS));
        }
    }
}

static void the_ordinary_line_is_that_of_the_package(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    check_package(folder, SP_LINE_ORDINARY, "expected_outlierregression_ordinary.csv",
                  "expected_outlierregression_ordinary_agg.csv");
}

static void the_ratio_is_that_of_the_package(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    check_package(folder, SP_LINE_RATIO, "expected_outlierregression_ratio.csv",
                  "expected_outlierregression_ratio_agg.csv");
}

/* Small whole numbers, by the normal equations. */
static void the_other_lines_are_those_of_least_squares(void **state)
{
    (void)state;
    const double xs[] = {1, 2, 3, 4};
    const double ys[] = {2, 4, 7, 8};
    const SpReal x[] = {sp_real(1), sp_real(2), sp_real(3), sp_real(4)};
    const SpReal y[] = {sp_real(2), sp_real(4), sp_real(7), sp_real(8)};
    SpLineForm form = {.kind = SP_LINE_NO_CONSTANT, .limit_model = 1e9, .limit_outlier = 1e9};
    SpLineUnit units[4];
    SpLine line;
    assert_true(sp_control_regression(4, x, y, &form, &line, units));
    assert_near(line.slope, 63.0 / 30.0, 1e-12); /* 2 + 8 + 21 + 32 */
    assert_near(line.constant, 0.0, 0.0);
    form.kind = SP_LINE_MEAN;
    assert_true(sp_control_regression(4, x, y, &form, &line, units));
    assert_near(line.constant, 21.0 / 4.0, 1e-12);
    assert_near(line.sigma * line.sigma, 22.75 / 3.0, 1e-12); /* 133 - 441/4 over 3 */
    form.kind = SP_LINE_RATIO_CONSTANT;
    assert_true(sp_control_regression(4, x, y, &form, &line, units));
    double w = 0, wx = 0, wxx = 0, wy = 0, wxy = 0;
    for (gsize i = 0; i < 4; i++) {
        w += 1 / xs[i];
        wx += 1;
        wxx += xs[i];
        wy += ys[i] / xs[i];
        wxy += ys[i];
    }
    assert_near(line.slope, (w * wxy - wx * wy) / (w * wxx - wx * wx), 1e-12);
    assert_near(line.constant, (wxx * wy - wx * wxy) / (w * wxx - wx * wx), 1e-12);
}

static void a_line_that_all_lie_on_or_of_too_few_is_none(void **state)
{
    (void)state;
    const SpReal x[] = {sp_real(1), sp_real(2), sp_real(3), sp_real(4)};
    const SpReal none[] = {sp_real(5), sp_real_none(SP_MISSING), sp_real_none(SP_SUPPRESSED),
                           sp_real(6)};
    const SpReal same[] = {sp_real(2), sp_real(2), sp_real(2), sp_real(2)};
    const SpReal y[] = {sp_real(2), sp_real(5), sp_real(3), sp_real(8)};
    const SpLineForm form = {.kind = SP_LINE_ORDINARY, .limit_model = 4.5, .limit_outlier = 2.5};
    SpLineUnit units[4];
    SpLine line;
    assert_false(sp_control_regression(4, x, x, &form, &line, units));
    assert_false(sp_control_regression(4, x, none, &form, &line, units));
    assert_false(sp_control_regression(4, same, y, &form, &line, units));
    assert_false(sp_control_regression(0, x, y, &form, &line, units));
    assert_false(units[0].is_compared);
}

static void kinds_have_the_words_of_the_package(void **state)
{
    (void)state;
    SpLineKind kind = SP_LINE_ORDINARY;
    assert_true(sp_line_kind_find("ratioconstant", &kind));
    assert_int_equal(kind, SP_LINE_RATIO_CONSTANT);
    assert_false(sp_line_kind_find("Ratio", &kind));
    assert_int_equal(kind, SP_LINE_RATIO_CONSTANT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ordinary_line_is_that_of_the_package),
        cmocka_unit_test(the_ratio_is_that_of_the_package),
        cmocka_unit_test(the_other_lines_are_those_of_least_squares),
        cmocka_unit_test(a_line_that_all_lie_on_or_of_too_few_is_none),
        cmocka_unit_test(kinds_have_the_words_of_the_package),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
