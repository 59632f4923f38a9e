/* The linear model against R's lm (golden set 13), a line computed by hand, and what cannot be
 * fitted. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/model/linear.h"

#include <gsl/gsl_errno.h>

static void assert_relative(double actual, double expected, double tolerance)
{
    assert_near(actual, expected, tolerance * fmax(1.0, fabs(expected)));
}

static void cost_by_size_agrees_with_r(void **state)
{
    (void)state;
    enum { COVARIATES = 2 };
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) input = golden_read(folder, "13_linear_need_model/input.csv");
    g_autoptr(GPtrArray) wanted = golden_read(folder, "13_linear_need_model/expected.csv");
    g_autoptr(GPtrArray) areas = golden_read(folder, "13_linear_need_model/expected_residuals.csv");
    const gsize n = input->len - 1;
    g_autofree double *x = g_new(double, n *COVARIATES);
    g_autofree double *y = g_new(double, n);
    assert_int_equal(areas->len, input->len);
    for (gsize i = 0; i < n; i++) {
        const double population = golden_number(input, (guint)i + 1, 1);
        x[i * COVARIATES] = log(population);
        x[i * COVARIATES + 1] = log(population) * log(population);
        y[i] = golden_number(input, (guint)i + 1, 2) / population;
    }
    const SpDesign design = {.n = n, .p = COVARIATES, .x = x};
    g_autoptr(SpLinear) linear = sp_linear_new(&design, NULL, y);

    assert_int_equal(linear->fit, SP_FIT_GOOD);
    const double figures[] = {
        linear->coefficient[0], linear->coefficient[1], linear->coefficient[2], linear->se[0],
        linear->se[1],          linear->se[2],          linear->sigma,          linear->r2,
        linear->r2_adjusted};
    assert_int_equal(wanted->len, G_N_ELEMENTS(figures) + 1);
    for (guint k = 0; k < G_N_ELEMENTS(figures); k++) {
        assert_relative(figures[k], golden_number(wanted, k + 1, 2), 1e-7);
    }
    for (guint i = 0; i < n; i++) {
        assert_relative(linear->fitted[i], golden_number(areas, i + 1, 1), 1e-7);
        assert_relative(y[i] - linear->fitted[i], golden_number(areas, i + 1, 2), 1e-7);
        assert_relative(linear->leverage[i], golden_number(areas, i + 1, 3), 1e-7);
        assert_golden(linear->rstudent[i], golden_text(areas, i + 1, 4), 1e-7);
    }
}

/* x 0 1 2 3, y 1 3 4 6: slope 8/5, constant 11/10, squares 1/5 of which 13 are explained but for
 * it. */
static void a_line_through_four_points_is_that_of_the_textbook(void **state)
{
    (void)state;
    const double x[] = {0.0, 1.0, 2.0, 3.0};
    const double y[] = {1.0, 3.0, 4.0, 6.0};
    const SpDesign design = {.n = 4, .p = 1, .x = x};
    g_autoptr(SpLinear) linear = sp_linear_new(&design, NULL, y);
    assert_near(linear->coefficient[0], 1.1, 1e-13);
    assert_near(linear->coefficient[1], 1.6, 1e-13);
    assert_near(linear->sigma, sqrt(0.1), 1e-13);
    assert_near(linear->r2, 1.0 - 0.2 / 13.0, 1e-13);
    assert_near(linear->se[1], sqrt(0.1 / 5.0), 1e-13);
    assert_near(linear->leverage[0], 0.7, 1e-13);
    /* Without the first point the line is 1.5 x + 4/3, which leaves squares of 1/6 at one degree of
     * freedom. */
    assert_near(linear->rstudent[0].value, -0.1 / sqrt(1.0 / 6.0 * 0.3), 1e-12);
}

static void a_point_of_weight_two_counts_as_two_points(void **state)
{
    (void)state;
    const double x[] = {0.0, 1.0, 2.0, 5.0};
    const double y[] = {1.0, 3.0, 2.0, 6.0};
    const double weight[] = {1.0, 2.0, 1.0, 1.0};
    const double twice_x[] = {0.0, 1.0, 1.0, 2.0, 5.0};
    const double twice_y[] = {1.0, 3.0, 3.0, 2.0, 6.0};
    const SpDesign design = {.n = 4, .p = 1, .x = x};
    const SpDesign twice = {.n = 5, .p = 1, .x = twice_x};
    g_autoptr(SpLinear) weighted = sp_linear_new(&design, weight, y);
    g_autoptr(SpLinear) repeated = sp_linear_new(&twice, NULL, twice_y);
    assert_near(weighted->coefficient[0], repeated->coefficient[0], 1e-13);
    assert_near(weighted->coefficient[1], repeated->coefficient[1], 1e-13);
    assert_near(weighted->r2, repeated->r2, 1e-13);
    assert_near(weighted->leverage[1], 2.0 * repeated->leverage[1], 1e-13);
}

static void what_cannot_be_fitted_says_why(void **state)
{
    (void)state;
    const double same[] = {1.0, 2.0, 2.0, 4.0, 3.0, 6.0, 5.0, 10.0};
    const double constant[] = {2020.1, 2020.1, 2020.1, 2020.1};
    const double y[] = {1.0, 3.0, 4.0, 6.0};
    const SpDesign collinear = {.n = 4, .p = 2, .x = same};
    const SpDesign flat = {.n = 4, .p = 1, .x = constant};
    const SpDesign one = {.n = 1};
    const SpDesign nothing_left = {.n = 2, .p = 1, .x = same};
    g_autoptr(SpLinear) a = sp_linear_new(&collinear, NULL, y);
    g_autoptr(SpLinear) b = sp_linear_new(&flat, NULL, y);
    g_autoptr(SpLinear) c = sp_linear_new(&one, NULL, y);
    g_autoptr(SpLinear) d = sp_linear_new(&nothing_left, NULL, y);
    assert_int_equal(a->fit, SP_FIT_COLLINEAR);
    assert_null(a->coefficient);
    assert_int_equal(b->fit, SP_FIT_COLLINEAR);
    assert_int_equal(c->fit, SP_FIT_TOO_FEW);
    assert_int_equal(d->fit, SP_FIT_TOO_FEW);
    assert_string_equal(sp_fit_word(a->fit), "collinear");
}

static void an_area_alone_with_its_covariate_has_no_studentised_residual(void **state)
{
    (void)state;
    const double x[] = {0.0, 0.0, 0.0, 1.0};
    const double y[] = {1.0, 3.0, 5.0, 9.0};
    const SpDesign design = {.n = 4, .p = 1, .x = x};
    g_autoptr(SpLinear) linear = sp_linear_new(&design, NULL, y);
    assert_near(linear->leverage[3], 1.0, 1e-14);
    assert_int_equal(linear->rstudent[3].status, SP_MISSING);
    assert_int_equal(linear->rstudent[0].status, SP_PRESENT);
}

static void figures_that_do_not_vary_are_explained_by_nothing(void **state)
{
    (void)state;
    const double x[] = {0.0, 1.0, 2.0, 3.0};
    const double y[] = {0.1, 0.1, 0.1, 0.1};
    const SpDesign design = {.n = 4, .p = 1, .x = x};
    g_autoptr(SpLinear) linear = sp_linear_new(&design, NULL, y);
    assert_int_equal(linear->fit, SP_FIT_GOOD);
    assert_near(linear->r2, 0.0, 0.0);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cost_by_size_agrees_with_r),
        cmocka_unit_test(a_line_through_four_points_is_that_of_the_textbook),
        cmocka_unit_test(a_point_of_weight_two_counts_as_two_points),
        cmocka_unit_test(what_cannot_be_fitted_says_why),
        cmocka_unit_test(an_area_alone_with_its_covariate_has_no_studentised_residual),
        cmocka_unit_test(figures_that_do_not_vary_are_explained_by_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
