/* Draws without the maths library. */
#include "tests/check.h"

#include "pipeline/simulate/chance.h"

static void exp_is_that_of_the_maths_library_within_a_few_bits(void **state)
{
    (void)state;
    for (int i = -400; i <= 400; i++) {
        double x = i * 0.1 + 0.003;
        assert_near(sp_sim_exp(x) / exp(x), 1, 1e-13);
    }
    assert_near(sp_sim_exp(0), 1, 0);
    assert_near(sp_sim_logistic(0), 0.5, 0);
    assert_near(sp_sim_logistic(800), 1, 1e-15);
}

/* Means and variances of N draws within five standard errors. */
static void normals_have_mean_0_and_variance_1(void **state)
{
    (void)state;
    enum { N = 40000 };
    SpRandom random = sp_random_named(sp_random_seed(1), "normal");
    double sum = 0;
    double squares = 0;
    for (guint64 i = 0; i < N; i++) {
        double z = sp_sim_normal(random, i);
        sum += z;
        squares += z * z;
    }
    assert_near(sum / N, 0, 5 / sqrt(N));
    assert_near(squares / N, 1, 5 * sqrt(2.0 / N));
}

static void heavy_tails_are_heavier(void **state)
{
    (void)state;
    enum { N = 40000 };
    SpRandom random = sp_random_named(sp_random_seed(1), "heavy");
    guint n_far = 0;
    guint n_normal_far = 0;
    for (guint64 i = 0; i < N; i++) {
        n_far += fabs(sp_sim_heavy(random, i)) > 3.5;
        n_normal_far += fabs(sp_sim_normal(random, i)) > 3.5;
    }
    /* t with 4 degrees beyond 3.5 standard deviations: 0.78 per cent; a normal: 0.05. */
    assert_in_range(n_far, 200, 460);
    assert_in_range(n_normal_far, 0, 40);
}

static void check_binomial(guint32 n, double p)
{
    enum { N = 20000 };
    SpRandom random = sp_random_numbered(sp_random_named(sp_random_seed(2), "binomial"), n);
    double sum = 0;
    double squares = 0;
    for (guint64 i = 0; i < N; i++) {
        guint32 k = sp_sim_binomial(random, i, n, p);
        assert_true(k <= n);
        sum += k;
        squares += (k - n * p) * (k - n * p);
    }
    double variance = n * p * (1 - p);
    assert_near(sum / N, n * p, 5 * sqrt(variance / N));
    assert_near(squares / N, variance, 0.06 * variance);
}

static void binomials_have_their_mean_and_variance(void **state)
{
    (void)state;
    check_binomial(7, 0.3);
    check_binomial(40, 0.04);
    check_binomial(40, 0.9);
    check_binomial(500, 0.2);
    check_binomial(100000, 0.0001);
}

static void binomials_at_the_ends_are_certain(void **state)
{
    (void)state;
    SpRandom random = sp_random_seed(3);
    assert_int_equal(sp_sim_binomial(random, 0, 0, 0.5), 0);
    assert_int_equal(sp_sim_binomial(random, 0, 9, 0), 0);
    assert_int_equal(sp_sim_binomial(random, 0, 9, -1), 0);
    assert_int_equal(sp_sim_binomial(random, 0, 9, 1), 9);
    assert_int_equal(sp_sim_binomial(random, 0, 9, 2), 9);
}

static void check_poisson(double mean)
{
    enum { N = 20000 };
    SpRandom random = sp_random_named(sp_random_seed(4), "poisson");
    double sum = 0;
    double squares = 0;
    for (guint64 i = 0; i < N; i++) {
        double k = sp_sim_poisson(random, i, mean);
        sum += k;
        squares += (k - mean) * (k - mean);
    }
    assert_near(sum / N, mean, 5 * sqrt(mean / N));
    assert_near(squares / N, mean, 0.06 * mean);
}

static void poissons_have_their_mean_and_variance(void **state)
{
    (void)state;
    check_poisson(0.2);
    check_poisson(9);
    check_poisson(24);
    check_poisson(400);
    assert_int_equal(sp_sim_poisson(sp_random_seed(1), 0, 0), 0);
}

static void thresholds_are_shares_of_32_bits(void **state)
{
    (void)state;
    assert_int_equal(sp_sim_threshold(0), 0);
    assert_int_equal(sp_sim_threshold(-2), 0);
    assert_int_equal(sp_sim_threshold(0.5), 0x80000000U);
    assert_int_equal(sp_sim_threshold(1), G_MAXUINT32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_is_that_of_the_maths_library_within_a_few_bits),
        cmocka_unit_test(normals_have_mean_0_and_variance_1),
        cmocka_unit_test(heavy_tails_are_heavier),
        cmocka_unit_test(binomials_have_their_mean_and_variance),
        cmocka_unit_test(binomials_at_the_ends_are_certain),
        cmocka_unit_test(poissons_have_their_mean_and_variance),
        cmocka_unit_test(thresholds_are_shares_of_32_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
