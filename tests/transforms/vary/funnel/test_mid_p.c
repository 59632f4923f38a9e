/* Mid-p tails: by hand, by GSL's distribution functions, and where there is no distribution. */
#include "tests/check.h"

#include "transforms/vary/funnel/mid_p.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

static void half_of_the_counts_own_probability_is_on_each_side(void **state)
{
    (void)state;
    const SpTails poisson = sp_mid_p_poisson(1.0, 2.0);
    const SpTails binomial = sp_mid_p_binomial(1.0, 2, 0.5);
    assert_near(poisson.lower.value, 2.0 * exp(-2.0), 1e-13);
    assert_near(binomial.lower.value, 0.5, 1e-15);
    assert_near(binomial.upper.value, 0.5, 1e-15);
    assert_near(sp_mid_p_both(&binomial).value, 1.0, 1e-15);
    assert_near(sp_mid_p_both(&poisson).value, 4.0 * exp(-2.0), 1e-13);
}

static void tails_are_those_of_gsl(void **state)
{
    (void)state;
    for (unsigned int count = 0; count <= 40; count += 5) {
        const double lower = gsl_cdf_poisson_P(count, 17.3) - gsl_ran_poisson_pdf(count, 17.3) / 2;
        const SpTails poisson = sp_mid_p_poisson(count, 17.3);
        assert_near(poisson.lower.value, lower, 1e-12);
        assert_near(poisson.lower.value + poisson.upper.value, 1.0, 1e-14);
        const SpTails binomial = sp_mid_p_binomial(count, 45, 0.31);
        assert_near(binomial.upper.value,
                    gsl_cdf_binomial_Q(count, 0.31, 45) + gsl_ran_binomial_pdf(count, 0.31, 45) / 2,
                    1e-12);
    }
}

static void far_tails_keep_their_digits(void **state)
{
    (void)state;
    const double upper = gsl_cdf_poisson_Q(45, 10.0) + gsl_ran_poisson_pdf(45, 10.0) / 2;
    assert_true(upper < 1e-14);
    assert_near(sp_mid_p_poisson(45.0, 10.0).upper.value / upper, 1.0, 1e-9);
}

static void nobody_where_few_are_expected_is_no_surprise(void **state)
{
    (void)state;
    const SpTails tails = sp_mid_p_poisson(0.0, 0.5);
    assert_near(tails.lower.value, exp(-0.5) / 2.0, 1e-14);
    assert_near(sp_mid_p_both(&tails).value, exp(-0.5), 1e-14);
}

static void broken_counts_lie_between_whole_ones(void **state)
{
    (void)state;
    const double two = sp_mid_p_poisson(2.0, 3.0).lower.value;
    const double three = sp_mid_p_poisson(3.0, 3.0).lower.value;
    assert_near(sp_mid_p_poisson(2.25, 3.0).lower.value, 0.75 * two + 0.25 * three, 1e-14);
}

static void out_of_reach_is_zero_not_a_nan(void **state)
{
    (void)state;
    const SpTails tails = sp_mid_p_poisson(5000.0, 10.0);
    assert_int_equal(tails.upper.status, SP_ZERO);
    assert_near(tails.lower.value, 1.0, 1e-14);
    assert_int_equal(sp_mid_p_both(&tails).status, SP_ZERO);
}

static void assert_no_tails(SpTails tails)
{
    assert_int_equal(tails.lower.status, SP_MISSING);
    assert_int_equal(tails.upper.status, SP_MISSING);
    assert_int_equal(sp_mid_p_both(&tails).status, SP_MISSING);
}

static void without_chance_there_are_no_tails(void **state)
{
    (void)state;
    assert_no_tails(sp_mid_p_poisson(3.0, 0.0));
    assert_no_tails(sp_mid_p_binomial(0.0, 0, 0.5));
    assert_no_tails(sp_mid_p_binomial(3.0, 5, 1.0));
    assert_no_tails(sp_mid_p_binomial(6.0, 5, 0.5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_of_the_counts_own_probability_is_on_each_side),
        cmocka_unit_test(tails_are_those_of_gsl),
        cmocka_unit_test(far_tails_keep_their_digits),
        cmocka_unit_test(nobody_where_few_are_expected_is_no_surprise),
        cmocka_unit_test(broken_counts_lie_between_whole_ones),
        cmocka_unit_test(out_of_reach_is_zero_not_a_nan),
        cmocka_unit_test(without_chance_there_are_no_tails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
