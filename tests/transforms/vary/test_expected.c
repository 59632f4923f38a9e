/* Indirect standardisation by one or two age bands. */
#include "tests/check.h"

#include "transforms/vary/expected.h"

enum { N = 3 };

static void one_band_gives_the_countrys_rate_on_the_own_population(void **state)
{
    (void)state;
    const SpReal teller[N] = {sp_real(10.0), sp_real(50.0), sp_real(0.0)};
    const SpReal nevner[N] = {sp_real(100.0), sp_real(400.0), sp_real(100.0)};
    const SpStrata strata = {.n = N, .teller = teller, .nevner = nevner};
    SpReal expected[N];
    assert_true(sp_expected(&strata, expected));
    assert_near(expected[0].value, 10.0, 1e-12);
    assert_near(expected[1].value, 40.0, 1e-12);
    assert_near(expected[2].value, 10.0, 1e-12);
}

static void two_bands_follow_each_kommunes_own_age(void **state)
{
    (void)state;
    /* Country: 30 of 100 old and 20 of 900 young. */
    const SpReal teller[N] = {sp_real(20.0), sp_real(20.0), sp_real(10.0)};
    const SpReal teller_part[N] = {sp_real(15.0), sp_real(10.0), sp_real(5.0)};
    const SpReal nevner[N] = {sp_real(200.0), sp_real(500.0), sp_real(300.0)};
    const SpReal nevner_part[N] = {sp_real(50.0), sp_real(30.0), sp_real(20.0)};
    const SpStrata strata = {N, teller, nevner, teller_part, nevner_part};
    SpReal expected[N];
    assert_true(sp_expected(&strata, expected));
    assert_near(expected[0].value, 0.3 * 50.0 + 20.0 / 900.0 * 150.0, 1e-12);
    assert_near(expected[1].value, 0.3 * 30.0 + 20.0 / 900.0 * 470.0, 1e-12);
    assert_near(expected[2].value, 0.3 * 20.0 + 20.0 / 900.0 * 280.0, 1e-12);
}

static void suppressed_count_gives_no_rate_but_has_an_expected(void **state)
{
    (void)state;
    const SpReal teller[N] = {sp_real(10.0), sp_real_none(SP_SUPPRESSED), sp_real(30.0)};
    const SpReal nevner[N] = {sp_real(100.0), sp_real(50.0), sp_real(100.0)};
    const SpStrata strata = {.n = N, .teller = teller, .nevner = nevner};
    SpReal expected[N];
    assert_true(sp_expected(&strata, expected));
    assert_near(expected[0].value, 20.0, 1e-12);
    assert_near(expected[1].value, 10.0, 1e-12);
}

static void missing_population_stays_missing(void **state)
{
    (void)state;
    const SpReal teller[N] = {sp_real(10.0), sp_real(10.0), sp_real(30.0)};
    const SpReal nevner[N] = {sp_real(100.0), sp_real_none(SP_MISSING),
                              sp_real_none(SP_NOT_APPLICABLE)};
    const SpStrata strata = {.n = N, .teller = teller, .nevner = nevner};
    SpReal expected[N];
    assert_true(sp_expected(&strata, expected));
    assert_int_equal(expected[1].status, SP_MISSING);
    assert_int_equal(expected[2].status, SP_NOT_APPLICABLE);
}

/* As kommune 1563 in 2017 of the panel: 8 in institution, 65 of them 80 or over. */
static void part_above_the_whole_gives_nothing_to_the_rates(void **state)
{
    (void)state;
    const SpReal teller[N] = {sp_real(8.0), sp_real(20.0), sp_real(20.0)};
    const SpReal teller_part[N] = {sp_real(65.0), sp_real(10.0), sp_real(10.0)};
    const SpReal nevner[N] = {sp_real(200.0), sp_real(200.0), sp_real(200.0)};
    const SpReal nevner_part[N] = {sp_real(20.0), sp_real(20.0), sp_real(20.0)};
    const SpStrata strata = {N, teller, nevner, teller_part, nevner_part};
    SpReal expected[N];
    assert_true(sp_strata_contradict(&strata, 0));
    assert_false(sp_strata_contradict(&strata, 1));
    assert_true(sp_expected(&strata, expected));
    /* All have the same population; scaled to the 48 observed. */
    assert_near(expected[0].value, 16.0, 1e-12);
    assert_near(expected[1].value, 16.0, 1e-12);
}

static void expected_counts_sum_to_the_observed(void **state)
{
    (void)state;
    const SpReal teller[N] = {sp_real(20.0), sp_real(25.0), sp_real(11.0)};
    const SpReal teller_part[N] = {sp_real(15.0), sp_real_none(SP_SUPPRESSED), sp_real(5.0)};
    const SpReal nevner[N] = {sp_real(200.0), sp_real(500.0), sp_real(300.0)};
    const SpReal nevner_part[N] = {sp_real(50.0), sp_real(30.0), sp_real(20.0)};
    const SpStrata strata = {N, teller, nevner, teller_part, nevner_part};
    SpReal expected[N];
    assert_true(sp_expected(&strata, expected));
    assert_near(expected[0].value + expected[1].value + expected[2].value, 56.0, 1e-12);
}

static void band_without_population_has_no_rates(void **state)
{
    (void)state;
    const SpReal teller[N] = {sp_real(1.0), sp_real(2.0), sp_real(3.0)};
    const SpReal none[N] = {sp_real(0.0), sp_real(0.0), sp_real(0.0)};
    const SpReal nevner[N] = {sp_real(10.0), sp_real(10.0), sp_real(10.0)};
    const SpStrata strata = {N, teller, nevner, none, none};
    SpReal expected[N];
    assert_false(sp_expected(&strata, expected));
    assert_int_equal(expected[0].status, SP_MISSING);
}

static void no_kommuner_have_no_rates(void **state)
{
    (void)state;
    const SpStrata strata = {0};
    assert_false(sp_expected(&strata, NULL));
}

static void flags_of_the_population_follow(void **state)
{
    (void)state;
    const SpReal teller[N] = {sp_real(1.0), sp_real(2.0), sp_real(3.0)};
    const SpReal nevner[N] = {sp_real_flagged(10.0, SP_FLAG_MODELLED), sp_real(10.0),
                              sp_real(10.0)};
    const SpStrata strata = {.n = N, .teller = teller, .nevner = nevner};
    SpReal expected[N];
    assert_true(sp_expected(&strata, expected));
    assert_int_equal(expected[0].flags, SP_FLAG_MODELLED);
    assert_int_equal(expected[1].flags, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_band_gives_the_countrys_rate_on_the_own_population),
        cmocka_unit_test(two_bands_follow_each_kommunes_own_age),
        cmocka_unit_test(suppressed_count_gives_no_rate_but_has_an_expected),
        cmocka_unit_test(missing_population_stays_missing),
        cmocka_unit_test(part_above_the_whole_gives_nothing_to_the_rates),
        cmocka_unit_test(expected_counts_sum_to_the_observed),
        cmocka_unit_test(band_without_population_has_no_rates),
        cmocka_unit_test(no_kommuner_have_no_rates),
        cmocka_unit_test(flags_of_the_population_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
