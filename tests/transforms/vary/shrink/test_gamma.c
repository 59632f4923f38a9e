/* Poisson-gamma empirical Bayes: golden sets 05 and 06 (DCluster), its equations, and where there
 * is nothing to find. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/shrink/gamma.h"

#include <gsl/gsl_randist.h>

static void lip_cancer_areas_agree_with_dcluster(void **state)
{
    (void)state;
    g_auto(GoldenLip) lip = golden_lip();
    SpReal shrunk[GOLDEN_AREAS];
    g_autoptr(GPtrArray) areas = golden_read(lip.folder, "06_empirical_bayes/expected.csv");
    assert_int_equal(areas->len, GOLDEN_AREAS + 1);
    const SpGamma gamma = sp_shrink_gamma(GOLDEN_AREAS, lip.observed, lip.expected, shrunk);
    assert_golden(gamma.nu, golden_stat(lip.stats, "pg_eb_nu"), 1e-6);
    assert_golden(gamma.alpha, golden_stat(lip.stats, "pg_eb_alpha"), 1e-6);
    assert_golden(gamma.variance, golden_stat(lip.stats, "pg_eb_variance_nu_over_alpha2"), 1e-6);
    for (guint i = 0; i < GOLDEN_AREAS; i++) {
        assert_golden(shrunk[i], golden_text(areas, i + 1, 5), 1e-6);
    }
}

/* Clayton and Kaldor's two equations: the mean of the estimates is nu / alpha, and their spread,
 * each widened by 1 + alpha / E, is nu / alpha^2. */
static void the_estimates_solve_their_equations(void **state)
{
    (void)state;
    const double observed[] = {2.0, 30.0, 4.0, 9.0, 0.0};
    const double expected[] = {5.0, 12.0, 5.0, 8.0, 3.0};
    SpReal shrunk[5];
    const SpGamma gamma = sp_shrink_gamma(5, observed, expected, shrunk);
    double mean = 0.0;
    double spread = 0.0;
    for (gsize i = 0; i < 5; i++) {
        assert_near(shrunk[i].value,
                    (observed[i] + gamma.nu.value) / (expected[i] + gamma.alpha.value), 1e-15);
        mean += shrunk[i].value / 5.0;
    }
    for (gsize i = 0; i < 5; i++) {
        spread += (1.0 + gamma.alpha.value / expected[i]) * (shrunk[i].value - mean) *
                  (shrunk[i].value - mean) / 4.0;
    }
    assert_near(gamma.nu.value / gamma.alpha.value, mean, 1e-10);
    assert_near(gamma.variance.value, spread, 1e-10);
}

/* 4 000 areas drawn with shape 25 and rate 25 (a true variance of 0.04), 5 to 45 expected. */
static void the_variance_that_areas_were_drawn_with_is_found(void **state)
{
    (void)state;
    enum { N = 4000 };
    static double observed[N];
    static double expected[N];
    static SpReal shrunk[N];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (gsize i = 0; i < N; i++) {
        expected[i] = 5.0 + 40.0 * gsl_rng_uniform(rng);
        observed[i] = gsl_ran_poisson(rng, expected[i] * gsl_ran_gamma(rng, 25.0, 1.0 / 25.0));
    }
    gsl_rng_free(rng);
    const SpGamma gamma = sp_shrink_gamma(N, observed, expected, shrunk);
    /* The estimate's own standard error is about 0.002. */
    assert_near(gamma.variance.value, 0.04, 0.006);
    assert_near(gamma.nu.value / gamma.alpha.value, 1.0, 0.02);
}

static void assert_nothing_found(gsize n, const double observed[], const double expected[])
{
    SpReal shrunk[3];
    const SpGamma gamma = sp_shrink_gamma(n, observed, expected, shrunk);
    assert_int_equal(gamma.nu.status, SP_MISSING);
    assert_int_equal(gamma.alpha.status, SP_MISSING);
    assert_int_equal(gamma.variance.status, SP_MISSING);
    for (gsize i = 0; i < n; i++) {
        assert_int_equal(shrunk[i].status, SP_MISSING);
    }
}

static void areas_that_are_alike_have_no_distribution(void **state)
{
    (void)state;
    const double equal[] = {10.0, 20.0, 30.0};
    const double zero[] = {0.0, 0.0, 0.0};
    assert_nothing_found(3, equal, equal);
    assert_nothing_found(3, zero, equal);
}

static void less_variation_than_chance_gives_ends_without_a_distribution(void **state)
{
    (void)state;
    const double observed[] = {9.0, 11.0, 10.0};
    const double expected[] = {10.0, 10.0, 10.0};
    assert_nothing_found(3, observed, expected);
}

static void one_area_is_too_few(void **state)
{
    (void)state;
    const double observed[] = {9.0, 4.0};
    const double expected[] = {10.0, 0.0};
    assert_nothing_found(0, observed, expected);
    assert_nothing_found(1, observed, expected);
    assert_nothing_found(2, observed, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lip_cancer_areas_agree_with_dcluster),
        cmocka_unit_test(the_estimates_solve_their_equations),
        cmocka_unit_test(the_variance_that_areas_were_drawn_with_is_found),
        cmocka_unit_test(areas_that_are_alike_have_no_distribution),
        cmocka_unit_test(less_variation_than_chance_gives_ends_without_a_distribution),
        cmocka_unit_test(one_area_is_too_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
