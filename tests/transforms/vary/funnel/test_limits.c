/* Exact control limits: golden set 08 (base R), GSL's distribution functions, and degenerate cases.
 */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/funnel/limits.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

enum { N = 4 };
static const double tails[N] = {0.001, 0.025, 0.975, 0.999};

static void limits_agree_with_r_in_every_row(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) rows = golden_read(folder, "08_funnel_exact_limits/expected.csv");
    assert_true(rows->len > 10);
    for (guint i = 1; i < rows->len; i++) {
        SpReal limit[N];
        const double n = golden_number(rows, i, 1);
        const double theta = golden_number(rows, i, 2);
        if (strcmp(golden_text(rows, i, 0), "binom") == 0) {
            sp_funnel_binomial((guint32)n, theta, N, tails, limit);
        } else {
            sp_funnel_poisson(n * theta, N, tails, limit);
        }
        for (guint k = 0; k < N; k++) {
            assert_near(limit[k].value / n, golden_number(rows, i, 3 + k), 1e-9);
        }
    }
}

/* The definition itself, by GSL: r smallest with F(r) >= p, then interpolated. */
static double by_gsl(unsigned int n, double theta, double p, double near)
{
    unsigned int r = near > 3.0 ? (unsigned int)near - 3 : 0;
    while (gsl_cdf_binomial_P(r, theta, n) < p) {
        r++;
    }
    return r - (gsl_cdf_binomial_P(r, theta, n) - p) / gsl_ran_binomial_pdf(r, theta, n);
}

static void oslo_sized_limits_follow_the_definition(void **state)
{
    (void)state;
    SpReal limit[N];
    sp_funnel_binomial(717710, 0.03, N, tails, limit);
    for (guint k = 0; k < N; k++) {
        assert_near(limit[k].value, by_gsl(717710, 0.03, tails[k], limit[k].value), 1e-5);
    }
}

static void likely_shares_follow_the_definition(void **state)
{
    (void)state;
    SpReal limit[N];
    sp_funnel_binomial(400, 0.99, N, tails, limit);
    for (guint k = 0; k < N; k++) {
        assert_near(limit[k].value, by_gsl(400, 0.99, tails[k], limit[k].value), 1e-9);
    }
}

static void the_whole_country_has_limits_too(void **state)
{
    (void)state;
    SpReal limit[N];
    sp_funnel_binomial(5500000, 0.5, N, tails, limit);
    /* Symmetric, and by the normal distribution 3.09 standard deviations of 1172.6 out. */
    assert_near(limit[0].value + limit[3].value, 5500000.0 - 1.0, 1e-3);
    assert_near(limit[3].value, 2750000.0 + 3.0902 * 1172.604, 1.0);
}

/* With p = F(r) exactly, r and the r + 1 that rounding could pick give the same limit. */
static void limit_is_continuous_where_p_meets_the_distribution(void **state)
{
    (void)state;
    const double p[] = {0.25 - 1e-13, 0.25, 0.25 + 1e-13};
    SpReal limit[3];
    sp_funnel_binomial(2, 0.5, 3, p, limit);
    for (guint k = 0; k < 3; k++) {
        assert_near(limit[k].value, 0.0, 1e-11);
    }
}

static void lower_limit_below_zero_is_not_clamped(void **state)
{
    (void)state;
    SpReal limit[N];
    sp_funnel_poisson(1.5, N, tails, limit);
    assert_true(limit[0].value < 0.0);
    assert_int_equal(limit[0].status, SP_PRESENT);
}

static void limits_rise_with_the_tail(void **state)
{
    (void)state;
    SpReal limit[N];
    sp_funnel_poisson(0.01, N, tails, limit);
    assert_true(limit[0].value < limit[1].value && limit[1].value < limit[2].value &&
                limit[2].value < limit[3].value);
}

static void assert_all_missing(const SpReal limit[N])
{
    for (guint k = 0; k < N; k++) {
        assert_int_equal(limit[k].status, SP_MISSING);
    }
}

static void nobody_or_a_sure_thing_has_no_limits(void **state)
{
    (void)state;
    SpReal limit[N];
    sp_funnel_binomial(0, 0.5, N, tails, limit);
    assert_all_missing(limit);
    sp_funnel_binomial(50, 0.0, N, tails, limit);
    assert_all_missing(limit);
    sp_funnel_binomial(50, 1.0, N, tails, limit);
    assert_all_missing(limit);
    sp_funnel_binomial(50, 1.3, N, tails, limit);
    assert_all_missing(limit);
    sp_funnel_binomial(50, NAN, N, tails, limit);
    assert_all_missing(limit);
    sp_funnel_poisson(0.0, N, tails, limit);
    assert_all_missing(limit);
    sp_funnel_poisson(NAN, N, tails, limit);
    assert_all_missing(limit);
    sp_funnel_poisson(INFINITY, N, tails, limit);
    assert_all_missing(limit);
}

static void almost_sure_shares_of_few_persons_stay_finite(void **state)
{
    (void)state;
    SpReal limit[N];
    sp_funnel_binomial(60, 1.0 - 1e-6, N, tails, limit);
    for (guint k = 0; k < N; k++) {
        assert_int_equal(limit[k].status, SP_PRESENT);
        assert_true(limit[k].value > 58.0 && limit[k].value <= 60.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_agree_with_r_in_every_row),
        cmocka_unit_test(oslo_sized_limits_follow_the_definition),
        cmocka_unit_test(likely_shares_follow_the_definition),
        cmocka_unit_test(the_whole_country_has_limits_too),
        cmocka_unit_test(limit_is_continuous_where_p_meets_the_distribution),
        cmocka_unit_test(lower_limit_below_zero_is_not_clamped),
        cmocka_unit_test(limits_rise_with_the_tail),
        cmocka_unit_test(nobody_or_a_sure_thing_has_no_limits),
        cmocka_unit_test(almost_sure_shares_of_few_persons_stay_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
