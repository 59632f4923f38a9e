/* The random-intercept model against lme4 (golden set 12), against integrals by brute force, and at
 * the edge of 0. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/model/intercept.h"
#include "transforms/vary/model/marginal.h"

#include <gsl/gsl_errno.h>

/* The set was made by Laplace's approximation; 1 % is its README's. */
static void lip_cancer_agrees_with_lme4(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) wanted = golden_read(folder, "12_need_regression/expected.csv");
    enum { n = GOLDEN_AREAS };
    double cases[n], offset[n], aff[n];
    golden_outdoor_work(folder, cases, offset, aff);
    const SpGlmData null = {SP_GLM_POISSON, {n, 0, NULL}, cases, NULL, offset};
    const SpGlmData with_aff = {SP_GLM_POISSON, {n, 1, aff}, cases, NULL, offset};
    g_autoptr(SpIntercept) before = sp_intercept_new(&null, NULL, SP_INTERCEPT_LAPLACE);
    g_autoptr(SpIntercept) after = sp_intercept_new(&with_aff, NULL, SP_INTERCEPT_LAPLACE);
    assert_int_equal(before->fit, SP_FIT_GOOD);
    assert_int_equal(after->fit, SP_FIT_GOOD);
    const double v0 = before->sd * before->sd;
    const double v1 = after->sd * after->sd;
    const struct {
        const char *quantity;
        double figure;
    } figures[] = {{"glmer_null_intercept", before->coefficient[0]},
                   {"glmer_null_var", v0},
                   {"glmer_null_mrr", sp_median_ratio(before->sd)},
                   {"glmer_aff_coef", after->coefficient[1]},
                   {"glmer_aff_var", v1},
                   {"glmer_aff_mrr", sp_median_ratio(after->sd)},
                   {"pcv_percent", 100.0 * (v0 - v1) / v0}};
    for (guint k = 0; k < G_N_ELEMENTS(figures); k++) {
        const char *text = golden_stat(wanted, figures[k].quantity);
        double value = 0.0;
        assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
        assert_near(figures[k].figure, value, 0.01 * fabs(value));
    }
    /* By 25 nodes lme4 1.1-31 finds other variances, and so do we. */
    g_autoptr(SpIntercept) before_exact = sp_intercept_new(&null, NULL, SP_INTERCEPT_ALL);
    g_autoptr(SpIntercept) after_exact = sp_intercept_new(&with_aff, NULL, SP_INTERCEPT_ESTIMATE);
    assert_near(before_exact->sd * before_exact->sd, 0.5840432, 5e-5);
    assert_near(after_exact->sd * after_exact->sd, 0.3482421, 5e-5);
    assert_near(after_exact->coefficient[1], 6.830056, 5e-4);
}

/* Integrals over a fine grid from -12 to 12 standard deviations: what the quadrature must find. */
static double brute_force(const SpGlmData *data, const double parameter[])
{
    const gsize p = data->design.p;
    double sum = 0.0;
    for (gsize i = 0; i < data->design.n; i++) {
        double eta = parameter[0] + (data->offset != NULL ? data->offset[i] : 0.0);
        double integral = 0.0;
        const double y = data->observed[i];
        for (gsize j = 0; j < p; j++) {
            eta += parameter[j + 1] * data->design.x[i * p + j];
        }
        for (int k = -6000; k <= 6000; k++) {
            const double v = k * 2e-3;
            const double at = eta + parameter[p + 1] * v;
            double log_density = -0.5 * v * v - 0.5 * log(2.0 * G_PI) - lgamma(y + 1.0);
            if (data->family == SP_GLM_POISSON) {
                log_density += y * at - exp(at);
            } else {
                const double n = data->trials[i];
                log_density += lgamma(n + 1.0) - lgamma(n - y + 1.0) + y * at -
                               n * (at > 0.0 ? at + log1p(exp(-at)) : log1p(exp(at)));
            }
            integral += 2e-3 * exp(log_density);
        }
        sum += log(integral);
    }
    return sum;
}

static const double x_of[] = {0.3, -1.0, 0.8, 1.5, -0.4, 0.0};
static const double counts_of[] = {0.0, 1.0, 7.0, 400.0, 2.0, 60.0};
static const double trials_of[] = {4.0, 1.0, 30.0, 900.0, 40.0, 60.0};
static const double offset_of[] = {-1.0, 0.0, 1.5, 5.0, 1.0, 4.0};

/* The quadrature, and by differences of brute force its derivatives. */
static void check_against_brute_force(SpGlmFamily family, double sd)
{
    enum { ALL = 3 };
    const SpGlmData data = {
        family, {6, 1, x_of}, counts_of, trials_of, family == SP_GLM_POISSON ? offset_of : NULL};
    g_autoptr(SpMarginal) marginal = sp_marginal_new(&data, FALSE);
    const double parameter[ALL] = {0.2, 0.5, sd};
    double scaled[ALL] = {0.0, 0.0, sd};
    double gradient[ALL];
    double information[ALL * ALL];
    sp_marginal_scale(marginal, parameter, scaled);
    const double found = sp_marginal_evaluate(marginal, scaled, gradient, information);
    assert_near(found, brute_force(&data, parameter), 1e-5);
    for (int j = 0; j < ALL; j++) {
        double side[2];
        double at[ALL];
        double raw[ALL] = {0.0, 0.0, 0.0};
        double other[ALL];
        double slopes[2][ALL];
        for (int k = 0; k < 2; k++) {
            memcpy(at, scaled, sizeof at);
            at[j] += k == 0 ? -1e-4 : 1e-4;
            sp_marginal_unscale(marginal, at, raw);
            raw[ALL - 1] = at[ALL - 1];
            side[k] = brute_force(&data, raw);
            double unused[ALL * ALL];
            sp_marginal_evaluate(marginal, at, other, unused);
            memcpy(slopes[k], other, sizeof other);
        }
        assert_near(gradient[j], (side[1] - side[0]) / 2e-4, 2e-4 + 1e-6 * fabs(gradient[j]));
        for (int k = 0; k < ALL; k++) {
            assert_near(information[j * ALL + k], -(slopes[1][k] - slopes[0][k]) / 2e-4,
                        2e-3 + 1e-5 * fabs(information[j * ALL + k]));
        }
    }
}

static void likelihood_and_its_derivatives_are_those_of_the_integrals(void **state)
{
    (void)state;
    check_against_brute_force(SP_GLM_POISSON, 0.1);
    check_against_brute_force(SP_GLM_POISSON, 0.8);
    check_against_brute_force(SP_GLM_BINOMIAL, 0.1);
    check_against_brute_force(SP_GLM_BINOMIAL, 0.8);
}

/* Ten areas fitted by lme4 1.1-31 with nAGQ = 25, bobyqa (R 4.2.2); the interval is that of its
 * confint, made by Laplace. Laplace's own top was searched for separately (in Python, over a grid):
 * lme4's lies 0.14 % from it. */
static void ten_areas_agree_with_lme4(void **state)
{
    (void)state;
    const double observed[] = {2.0, 9.0, 0.0, 31.0, 4.0, 14.0, 1.0, 22.0, 40.0, 3.0};
    const double x[] = {0.0, 1.0, 0.5, 2.0, 0.2, 1.1, 0.9, 1.5, 1.9, 0.4};
    const double trials[] = {10.0, 20.0, 5.0, 60.0, 20.0, 30.0, 12.0, 50.0, 55.0, 9.0};
    const SpGlmData with_x = {SP_GLM_POISSON, {10, 1, x}, observed, NULL, NULL};
    const SpGlmData alone = {SP_GLM_POISSON, {.n = 10}, observed, NULL, NULL};
    const SpGlmData shares = {SP_GLM_BINOMIAL, {.n = 10}, observed, trials, NULL};
    g_autoptr(SpIntercept) a = sp_intercept_new(&with_x, NULL, SP_INTERCEPT_ESTIMATE);
    g_autoptr(SpIntercept) b = sp_intercept_new(&alone, NULL, SP_INTERCEPT_ALL);
    g_autoptr(SpIntercept) c = sp_intercept_new(&shares, NULL, SP_INTERCEPT_ESTIMATE);
    g_autoptr(SpIntercept) laplace = sp_intercept_new(&alone, NULL, SP_INTERCEPT_LAPLACE);
    assert_int_equal(a->fit, SP_FIT_GOOD);
    assert_int_equal(b->fit, SP_FIT_GOOD);
    assert_int_equal(c->fit, SP_FIT_GOOD);
    assert_int_equal(laplace->fit, SP_FIT_GOOD);
    assert_near(a->coefficient[0], 0.381462352, 1e-4);
    assert_near(a->coefficient[1], 1.654275411, 1e-4);
    assert_near(a->sd, 0.227835990, 1e-4);
    assert_near(b->coefficient[0], 1.81515544, 1e-4);
    assert_near(b->sd, 1.35333051, 1e-4);
    assert_near(b->sd_low, 0.804, 0.02);
    assert_near(b->sd_high, 2.507, 0.05);
    assert_near(c->coefficient[0], -0.560052688, 1e-4);
    assert_near(c->sd, 0.800785169, 1e-4);
    assert_near(laplace->coefficient[0], 1.816664, 1e-5);
    assert_near(laplace->sd, 1.341993, 1e-5);
}

static void areas_alike_have_a_sd_of_zero_and_the_likelihood_without_effects(void **state)
{
    (void)state;
    const double observed[] = {10.0, 11.0, 9.0, 10.0, 12.0, 8.0, 10.0, 10.0};
    const SpGlmData data = {SP_GLM_POISSON, {.n = 8}, observed, NULL, NULL};
    g_autoptr(SpIntercept) intercept = sp_intercept_new(&data, NULL, SP_INTERCEPT_ALL);
    g_autoptr(SpGlm) glm = sp_glm_new(&data);
    assert_int_equal(intercept->fit, SP_FIT_GOOD);
    assert_near(intercept->sd, 0.0, 0.0);
    assert_near(intercept->sd_low, 0.0, 0.0);
    assert_near(intercept->log_likelihood, glm->log_likelihood, 0.0);
    assert_near(intercept->effect[3], 0.0, 0.0);
    assert_true(intercept->sd_high > 0.0 && intercept->sd_high < 1.0);
}

/* The limits of the interval are where the best likelihood of that sd is 1.92 below the top. */
static void limits_lie_where_the_profile_has_fallen(void **state)
{
    (void)state;
    const double observed[] = {2.0, 9.0, 5.0, 31.0, 4.0, 14.0, 1.0, 22.0, 40.0, 3.0};
    const SpGlmData data = {SP_GLM_POISSON, {.n = 10}, observed, NULL, NULL};
    g_autoptr(SpIntercept) intercept = sp_intercept_new(&data, NULL, SP_INTERCEPT_ALL);
    const double limits[] = {intercept->sd_low, intercept->sd_high};
    assert_true(intercept->sd_low > 0.1);
    for (int k = 0; k < 2; k++) {
        double best = -HUGE_VAL;
        for (int m = 0; m < 80; m++) {
            const double parameter[] = {1.5 + 0.02 * m, limits[k]};
            best = fmax(best, brute_force(&data, parameter));
        }
        assert_near(intercept->log_likelihood - best, 3.841458820694124 / 2.0, 5e-3);
    }
}

/* An area of a million that lies on the mean makes sd = 0 a top of its own, but not the highest. */
static void one_large_area_on_the_mean_does_not_hide_the_others(void **state)
{
    (void)state;
    double observed[41];
    double offset[41];
    for (int i = 0; i < 40; i++) {
        offset[i] = log(100.0);
        observed[i] = i % 2 == 0 ? 70.0 : 130.0;
    }
    offset[40] = log(1e6);
    observed[40] = 1e6;
    const SpGlmData data = {SP_GLM_POISSON, {.n = 41}, observed, NULL, offset};
    g_autoptr(SpIntercept) intercept = sp_intercept_new(&data, NULL, SP_INTERCEPT_ALL);
    assert_int_equal(intercept->fit, SP_FIT_GOOD);
    assert_true(intercept->sd > 0.2 && intercept->sd < 0.4);
}

static void a_search_from_a_neighbour_ends_in_the_same_place(void **state)
{
    (void)state;
    const double observed[] = {2.0, 9.0, 5.0, 31.0, 4.0, 14.0, 1.0, 22.0, 40.0, 3.0};
    const double x[] = {0.0, 1.0, 0.5, 2.0, 0.2, 1.1, 0.9, 1.5, 1.9, 0.4};
    const SpGlmData most = {SP_GLM_POISSON, {9, 1, x}, observed, NULL, NULL};
    const SpGlmData all = {SP_GLM_POISSON, {10, 1, x}, observed, NULL, NULL};
    g_autoptr(SpIntercept) near_by = sp_intercept_new(&most, NULL, SP_INTERCEPT_ESTIMATE);
    g_autoptr(SpIntercept) fresh = sp_intercept_new(&all, NULL, SP_INTERCEPT_ESTIMATE);
    g_autoptr(SpIntercept) warm = sp_intercept_new(&all, near_by, SP_INTERCEPT_ESTIMATE);
    assert_near(warm->sd, fresh->sd, 1e-5);
    assert_near(warm->coefficient[1], fresh->coefficient[1], 1e-5);
}

/* One person in each area has the property or has not: nothing tells areas from chance. */
static void counts_of_one_person_tell_no_upper_limit(void **state)
{
    (void)state;
    const double observed[] = {0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0};
    const double trials[] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0};
    const SpGlmData data = {SP_GLM_BINOMIAL, {.n = 8}, observed, trials, NULL};
    g_autoptr(SpIntercept) intercept = sp_intercept_new(&data, NULL, SP_INTERCEPT_ALL);
    assert_int_equal(intercept->fit, SP_FIT_GOOD);
    assert_near(intercept->sd, 0.0, 0.0);
    assert_near(intercept->sd_low, 0.0, 0.0);
    assert_true(isinf(intercept->sd_high));
}

/* Areas that expect many and have nobody beside areas that expect few and have many. */
static void areas_far_apart_are_fitted_with_both_limits(void **state)
{
    (void)state;
    const double observed[] = {19.0, 0.0, 1.0, 4.0, 1.0, 1.0, 0.0, 21.0, 3.0, 0.0, 60.0, 2.0};
    const double expected[] = {0.64, 29.0, 0.5, 0.54, 3.8, 1.2, 5.6, 27.0, 9.0, 14.0, 3.0, 8.0};
    double offset[12];
    for (int i = 0; i < 12; i++) {
        offset[i] = log(expected[i]);
    }
    const SpGlmData data = {SP_GLM_POISSON, {.n = 12}, observed, NULL, offset};
    g_autoptr(SpIntercept) intercept = sp_intercept_new(&data, NULL, SP_INTERCEPT_ALL);
    assert_int_equal(intercept->fit, SP_FIT_GOOD);
    const double at[] = {intercept->coefficient[0], intercept->sd};
    assert_near(intercept->log_likelihood, brute_force(&data, at), 1e-3);
    assert_true(intercept->sd_low > 0.5 && intercept->sd_low < intercept->sd);
    assert_true(intercept->sd_high > intercept->sd && intercept->sd_high < 5.0);
}

static void what_cannot_be_fitted_says_why(void **state)
{
    (void)state;
    const double one[] = {4.0};
    const double none[] = {0.0, 0.0, 0.0};
    const double ends[] = {0.0, 0.0, 9.0, 9.0};
    const double x[] = {0.0, 0.0, 1.0, 1.0};
    const double trials[] = {9.0, 9.0, 9.0, 9.0};
    const SpGlmData alone = {SP_GLM_POISSON, {.n = 1}, one, NULL, NULL};
    const SpGlmData empty = {SP_GLM_POISSON, {.n = 3}, none, NULL, NULL};
    const SpGlmData separated = {SP_GLM_BINOMIAL, {4, 1, x}, ends, trials, NULL};
    g_autoptr(SpIntercept) a = sp_intercept_new(&alone, NULL, SP_INTERCEPT_ALL);
    g_autoptr(SpIntercept) b = sp_intercept_new(&empty, NULL, SP_INTERCEPT_ALL);
    g_autoptr(SpIntercept) c = sp_intercept_new(&separated, NULL, SP_INTERCEPT_ALL);
    assert_int_equal(a->fit, SP_FIT_TOO_FEW);
    assert_int_equal(b->fit, SP_FIT_ALL_ZERO);
    assert_int_equal(c->fit, SP_FIT_SEPARATED);
    assert_null(c->effect);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lip_cancer_agrees_with_lme4),
        cmocka_unit_test(likelihood_and_its_derivatives_are_those_of_the_integrals),
        cmocka_unit_test(ten_areas_agree_with_lme4),
        cmocka_unit_test(areas_alike_have_a_sd_of_zero_and_the_likelihood_without_effects),
        cmocka_unit_test(limits_lie_where_the_profile_has_fallen),
        cmocka_unit_test(one_large_area_on_the_mean_does_not_hide_the_others),
        cmocka_unit_test(a_search_from_a_neighbour_ends_in_the_same_place),
        cmocka_unit_test(counts_of_one_person_tell_no_upper_limit),
        cmocka_unit_test(areas_far_apart_are_fitted_with_both_limits),
        cmocka_unit_test(what_cannot_be_fitted_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
