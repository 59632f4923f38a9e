/* Generalised linear models against R's glm (golden set 12), against figures that follow by hand,
 * and what cannot be fitted. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/model/glm.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

static void lip_cancer_by_outdoor_work_agrees_with_r(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) wanted = golden_read(folder, "12_need_regression/expected.csv");
    enum { n = GOLDEN_AREAS };
    double cases[n], offset[n], aff[n];
    golden_outdoor_work(folder, cases, offset, aff);
    const SpGlmData data = {SP_GLM_POISSON, {n, 1, aff}, cases, NULL, offset};
    g_autoptr(SpGlm) glm = sp_glm_new(&data);

    assert_int_equal(glm->fit, SP_FIT_GOOD);
    const struct {
        const char *quantity;
        double figure;
    } figures[] = {{"glm_intercept", glm->coefficient[0]},
                   {"glm_aff", glm->coefficient[1]},
                   {"glm_se_intercept", sqrt(glm->covariance[0])},
                   {"glm_se_aff", sqrt(glm->covariance[3])},
                   {"deviance", glm->deviance},
                   {"df", (double)glm->df},
                   {"null_deviance", glm->null_deviance},
                   {"pearson_chi2", glm->pearson},
                   {"dispersion_phi", glm->pearson / (double)glm->df},
                   {"d2_explained", sp_glm_explained(glm)}};
    for (guint k = 0; k < G_N_ELEMENTS(figures); k++) {
        assert_golden(sp_real(figures[k].figure), golden_stat(wanted, figures[k].quantity), 1e-6);
    }
}

/* With one covariate of two values a model with a log or logit link reproduces the two groups'
 * rates. The stopping rule leaves coefficients right to 1e-8 and standard errors, which are those
 * before the last step, to 1e-6. */
static void two_groups_get_their_own_rates(void **state)
{
    (void)state;
    const double x[] = {0.0, 0.0, 0.0, 1.0, 1.0};
    const double observed[] = {3.0, 0.0, 6.0, 20.0, 10.0};
    const double expected[] = {6.0, 2.0, 4.0, 10.0, 10.0};
    const double trials[] = {10.0, 5.0, 15.0, 40.0, 20.0};
    double offset[5];
    for (int i = 0; i < 5; i++) {
        offset[i] = log(expected[i]);
    }
    const SpGlmData counts = {SP_GLM_POISSON, {5, 1, x}, observed, NULL, offset};
    const SpGlmData shares = {SP_GLM_BINOMIAL, {5, 1, x}, observed, trials, NULL};
    g_autoptr(SpGlm) poisson = sp_glm_new(&counts);
    g_autoptr(SpGlm) binomial = sp_glm_new(&shares);
    assert_near(poisson->coefficient[0], log(9.0 / 12.0), 1e-8);
    assert_near(poisson->coefficient[1], log(30.0 / 20.0) - log(9.0 / 12.0), 1e-8);
    assert_near(sqrt(poisson->covariance[3]), sqrt(1.0 / 9.0 + 1.0 / 30.0), 1e-6);
    assert_near(binomial->coefficient[0], log(9.0 / 21.0), 1e-8);
    assert_near(binomial->coefficient[1], 0.0 - log(9.0 / 21.0), 1e-8);
    assert_near(sqrt(binomial->covariance[3]),
                sqrt(1.0 / 9.0 + 1.0 / 21.0 + 1.0 / 30.0 + 1.0 / 30.0), 1e-6);
}

static double log_negative_binomial(double y, double mean, double alpha)
{
    const double size = 1.0 / alpha;
    return lgamma(y + size) - lgamma(size) - lgamma(y + 1.0) + size * log(size / (size + mean)) +
           y * log(mean / (size + mean));
}

/* By MASS 7.3-58.2's glm.nb (R 4.2.2). */
static void negative_binomial_agrees_with_mass(void **state)
{
    (void)state;
    const double observed[] = {2.0, 9.0, 0.0, 31.0, 4.0, 14.0, 1.0, 22.0, 40.0, 3.0};
    const double x[] = {0.0, 1.0, 0.5, 2.0, 0.2, 1.1, 0.9, 1.5, 1.9, 0.4};
    const SpGlmData data = {SP_GLM_NEGATIVE_BINOMIAL, {10, 1, x}, observed, NULL, NULL};
    g_autoptr(SpGlm) glm = sp_glm_new(&data);
    assert_near(glm->coefficient[0], 0.4099982401583, 1e-6);
    assert_near(glm->coefficient[1], 1.6501103300042, 1e-6);
    assert_near(glm->alpha, 0.0682881329411, 1e-6);
    assert_near(sqrt(glm->covariance[0]), 0.3397059495719, 1e-6);
    assert_near(sqrt(glm->covariance[3]), 0.2301588698458, 1e-6);
    assert_near(glm->deviance, 15.9791927142559, 1e-5);
    assert_near(glm->null_deviance, 79.7806451362147, 1e-4);
    assert_near(glm->log_likelihood, -28.1598452709020, 1e-8);
}

/* At the top the likelihood falls to every side; its formula is written out here. */
static void negative_binomial_is_at_the_top_of_its_likelihood(void **state)
{
    (void)state;
    const double observed[] = {2.0, 9.0, 0.0, 31.0, 4.0, 14.0, 1.0, 22.0, 40.0, 3.0};
    const double x[] = {0.0, 1.0, 0.5, 2.0, 0.2, 1.1, 0.9, 1.5, 1.9, 0.4};
    const SpGlmData data = {SP_GLM_NEGATIVE_BINOMIAL, {10, 1, x}, observed, NULL, NULL};
    g_autoptr(SpGlm) glm = sp_glm_new(&data);
    assert_int_equal(glm->fit, SP_FIT_GOOD);
    const double best[] = {glm->coefficient[0], glm->coefficient[1], log(glm->alpha)};
    for (int direction = -1; direction < 3; direction++) {
        for (int side = -1; side <= 1; side += 2) {
            double at[] = {best[0], best[1], best[2]};
            double sum = 0.0;
            if (direction >= 0) {
                at[direction] += side * 1e-3;
            }
            for (int i = 0; i < 10; i++) {
                sum += log_negative_binomial(observed[i], exp(at[0] + at[1] * x[i]), exp(at[2]));
            }
            if (direction < 0) {
                assert_near(glm->log_likelihood, sum, 1e-9);
            } else {
                assert_true(sum < glm->log_likelihood);
            }
        }
    }
}

static void negative_binomial_finds_the_alpha_it_was_drawn_from(void **state)
{
    (void)state;
    enum { N = 4000 };
    static double observed[N];
    static double x[N];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 5);
    for (int i = 0; i < N; i++) {
        x[i] = gsl_rng_uniform(rng);
        const double mean = exp(1.0 + x[i]);
        observed[i] = gsl_ran_poisson(rng, mean * gsl_ran_gamma(rng, 4.0, 0.25));
    }
    gsl_rng_free(rng);
    const SpGlmData data = {SP_GLM_NEGATIVE_BINOMIAL, {N, 1, x}, observed, NULL, NULL};
    g_autoptr(SpGlm) glm = sp_glm_new(&data);
    assert_near(glm->alpha, 0.25, 0.03);
    assert_near(glm->coefficient[1], 1.0, 3.0 * sqrt(glm->covariance[3]));
}

static void counts_that_vary_less_than_chance_are_poisson(void **state)
{
    (void)state;
    const double observed[] = {10.0, 11.0, 9.0, 10.0, 10.0};
    const SpGlmData data = {SP_GLM_NEGATIVE_BINOMIAL, {.n = 5}, observed, NULL, NULL};
    g_autoptr(SpGlm) glm = sp_glm_new(&data);
    assert_int_equal(glm->fit, SP_FIT_GOOD);
    assert_near(glm->alpha, 0.0, 0.0);
    assert_near(glm->coefficient[0], log(10.0), 1e-8);
}

static SpFit fit_of(SpGlmFamily family, gsize n, gsize p, const double x[], const double observed[],
                    const double trials[])
{
    const SpGlmData data = {family, {n, p, x}, observed, trials, NULL};
    g_autoptr(SpGlm) glm = sp_glm_new(&data);
    assert_true(glm->fit == SP_FIT_GOOD || glm->coefficient == NULL);
    return glm->fit;
}

static void what_cannot_be_fitted_says_why(void **state)
{
    (void)state;
    const double x[] = {0.0, 0.0, 1.0, 1.0};
    const double same[] = {1.0, 2.0, 2.0, 4.0, 3.0, 6.0, 5.0, 10.0};
    const double none[] = {0.0, 0.0, 0.0, 0.0};
    const double some[] = {3.0, 1.0, 4.0, 1.0};
    const double all_or_none[] = {0.0, 0.0, 9.0, 9.0};
    const double trials[] = {9.0, 9.0, 9.0, 9.0};
    assert_int_equal(fit_of(SP_GLM_POISSON, 4, 1, x, none, NULL), SP_FIT_ALL_ZERO);
    assert_int_equal(fit_of(SP_GLM_BINOMIAL, 4, 1, x, trials, trials), SP_FIT_ALL_ZERO);
    assert_int_equal(fit_of(SP_GLM_POISSON, 1, 0, NULL, some, NULL), SP_FIT_TOO_FEW);
    assert_int_equal(fit_of(SP_GLM_POISSON, 4, 2, same, some, NULL), SP_FIT_COLLINEAR);
    assert_int_equal(fit_of(SP_GLM_BINOMIAL, 4, 1, x, all_or_none, trials), SP_FIT_SEPARATED);
    assert_int_equal(fit_of(SP_GLM_POISSON, 4, 1, x, all_or_none, NULL), SP_FIT_SEPARATED);
    assert_int_equal(fit_of(SP_GLM_NEGATIVE_BINOMIAL, 4, 1, x, all_or_none, NULL),
                     SP_FIT_SEPARATED);
}

/* Years as they stand, and counts from 1 to a million: no covariate has to be prepared by the
 * caller. */
static void covariates_far_from_zero_lose_no_digits(void **state)
{
    (void)state;
    double x[12];
    double moved[12];
    double observed[12];
    for (int i = 0; i < 12; i++) {
        x[i] = i;
        moved[i] = 2012.0 + i;
        observed[i] = round(exp(0.1 + 1.15 * i));
    }
    const SpGlmData near_zero = {SP_GLM_POISSON, {12, 1, x}, observed, NULL, NULL};
    const SpGlmData far_off = {SP_GLM_POISSON, {12, 1, moved}, observed, NULL, NULL};
    g_autoptr(SpGlm) a = sp_glm_new(&near_zero);
    g_autoptr(SpGlm) b = sp_glm_new(&far_off);
    assert_int_equal(b->fit, SP_FIT_GOOD);
    assert_near(a->coefficient[1], b->coefficient[1], 1e-12);
    assert_near(a->covariance[3], b->covariance[3], 1e-12);
    assert_near(b->coefficient[0], a->coefficient[0] - 2012.0 * a->coefficient[1], 1e-8);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lip_cancer_by_outdoor_work_agrees_with_r),
        cmocka_unit_test(two_groups_get_their_own_rates),
        cmocka_unit_test(negative_binomial_agrees_with_mass),
        cmocka_unit_test(negative_binomial_is_at_the_top_of_its_likelihood),
        cmocka_unit_test(negative_binomial_finds_the_alpha_it_was_drawn_from),
        cmocka_unit_test(counts_that_vary_less_than_chance_are_poisson),
        cmocka_unit_test(what_cannot_be_fitted_says_why),
        cmocka_unit_test(covariates_far_from_zero_lose_no_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
