/* Indirect standardisation by bands of age and sex. */
#include "tests/check.h"

#include "transforms/vary/expected.h"

enum { N = 3 };

/* One band: what is counted and where it comes from. */
static SpStrata one_band(const SpReal teller[N], const SpReal nevner[N])
{
    return (SpStrata){.n = N, .n_bands = 1, .whole = teller, .teller = teller, .nevner = nevner};
}

/* An upper band given, and the lower one as the whole less it, in room for both. */
static SpStrata two_bands(const SpReal whole[N], const SpReal upper[N], SpReal teller[2 * N],
                          SpReal nevner[2 * N])
{
    for (gsize i = 0; i < N; i++) {
        teller[i] = upper[i];
        teller[N + i] =
            sp_real_is_number(upper[i]) ? sp_real(whole[i].value - upper[i].value) : upper[i];
    }
    return (SpStrata){.n = N, .n_bands = 2, .whole = whole, .teller = teller, .nevner = nevner};
}

static void one_band_gives_the_countrys_rate_on_the_own_population(void **state)
{
    (void)state;
    const SpReal teller[N] = {sp_real(10.0), sp_real(50.0), sp_real(0.0)};
    const SpReal nevner[N] = {sp_real(100.0), sp_real(400.0), sp_real(100.0)};
    const SpStrata strata = one_band(teller, nevner);
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
    SpReal bands[2 * N];
    SpReal nevner[2 * N] = {sp_real(50.0),  sp_real(30.0),  sp_real(20.0),
                            sp_real(150.0), sp_real(470.0), sp_real(280.0)};
    const SpStrata strata = two_bands(teller, teller_part, bands, nevner);
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
    const SpStrata strata = one_band(teller, nevner);
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
    const SpStrata strata = one_band(teller, nevner);
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
    SpReal bands[2 * N];
    SpReal nevner[2 * N] = {sp_real(20.0),  sp_real(20.0),  sp_real(20.0),
                            sp_real(180.0), sp_real(180.0), sp_real(180.0)};
    const SpStrata strata = two_bands(teller, teller_part, bands, nevner);
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
    SpReal bands[2 * N];
    SpReal nevner[2 * N] = {sp_real(50.0),  sp_real(30.0),  sp_real(20.0),
                            sp_real(150.0), sp_real(470.0), sp_real(280.0)};
    const SpStrata strata = two_bands(teller, teller_part, bands, nevner);
    SpReal expected[N];
    assert_true(sp_expected(&strata, expected));
    assert_near(expected[0].value + expected[1].value + expected[2].value, 56.0, 1e-12);
}

static void country_without_population_has_no_rates(void **state)
{
    (void)state;
    const SpReal teller[N] = {sp_real(1.0), sp_real(2.0), sp_real(3.0)};
    const SpReal none[N] = {sp_real(0.0), sp_real(0.0), sp_real(0.0)};
    const SpStrata strata = one_band(teller, none);
    SpReal expected[N];
    assert_false(sp_expected(&strata, expected));
    assert_int_equal(expected[0].status, SP_MISSING);
}

/* The only one with persons in the upper band has a hidden count there: no rate for them is
 * known. */
static void persons_in_a_band_without_a_rate_are_missing(void **state)
{
    (void)state;
    const SpReal whole[N] = {sp_real(10.0), sp_real(20.0), sp_real(9.0)};
    const SpReal upper[N] = {sp_real(0.0), sp_real(0.0), sp_real_none(SP_SUPPRESSED)};
    SpReal bands[2 * N];
    SpReal nevner[2 * N] = {sp_real(0.0),   sp_real(0.0),   sp_real(5.0),
                            sp_real(100.0), sp_real(200.0), sp_real(90.0)};
    const SpStrata strata = two_bands(whole, upper, bands, nevner);
    SpReal expected[N];
    assert_true(sp_expected(&strata, expected));
    assert_near(expected[1].value, 20.0, 1e-12);
    assert_int_equal(expected[2].status, SP_MISSING);
}

/* Four bands of age and sex, by hand: rates 0.1, 0.2, 0.3 and 0.4 in the country. */
static void bands_of_age_and_sex_each_have_their_own_rate(void **state)
{
    (void)state;
    enum { BANDS = 4, TWO = 2 };
    const SpReal whole[TWO] = {sp_real(100.0), sp_real(100.0)};
    const SpReal teller[BANDS * TWO] = {sp_real(5.0),  sp_real(15.0), sp_real(30.0), sp_real(10.0),
                                        sp_real(45.0), sp_real(15.0), sp_real(20.0), sp_real(60.0)};
    const SpReal nevner[BANDS * TWO] = {sp_real(100.0), sp_real(100.0), sp_real(100.0),
                                        sp_real(100.0), sp_real(100.0), sp_real(100.0),
                                        sp_real(50.0),  sp_real(150.0)};
    const SpStrata strata = {TWO, BANDS, whole, teller, nevner};
    SpReal expected[TWO];
    assert_true(sp_expected(&strata, expected));
    assert_near(expected[0].value, 10.0 + 20.0 + 30.0 + 20.0, 1e-12);
    assert_near(expected[1].value, 10.0 + 20.0 + 30.0 + 60.0, 1e-12);
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
    const SpStrata strata = one_band(teller, nevner);
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
        cmocka_unit_test(country_without_population_has_no_rates),
        cmocka_unit_test(persons_in_a_band_without_a_rate_are_missing),
        cmocka_unit_test(bands_of_age_and_sex_each_have_their_own_rate),
        cmocka_unit_test(no_kommuner_have_no_rates),
        cmocka_unit_test(flags_of_the_population_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
