/* What tables that set kommuner side by side read. */
#include "tests/transforms/vary/compared.h"

#include <math.h>

/* 10 of one kommune and 20 of one with three times as many: mean 17.5, variance (56.25 + 3 * 6.25)
 * / 4. A period that fewer have does not count, nor a kommune that does not enter. */
static void least_change_is_a_share_of_the_weighed_spread_between_kommuner(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(3);
    g_autoptr(GError) error = NULL;
    compared_add(&compared, "kroner", 0, "2021-12-31", (Rate){sp_real(1000.0), 100.0, 1.0});
    compared_add(&compared, "kroner", 1, "2021-12-31", (Rate){sp_real(6000.0), 300.0, 1.0});
    compared_add(&compared, "kroner", 2, "2021-12-31",
                 (Rate){sp_real_none(SP_SUPPRESSED), 500.0, 1.0});
    compared_add(&compared, "kroner", 0, "2022-12-31", (Rate){sp_real(9000.0), 100.0, 1.0});
    g_autoptr(SpCountry) country = sp_country_new(compared.in, &error);
    assert_no_error(error);
    assert_near(sp_indicators_find(country->indicators, "kroner")->minimum_change,
                0.25 * sqrt(18.75), 1e-12);
    /* What the catalogue gives in the indicator's unit stays. */
    assert_near(sp_indicators_find(country->indicators, "brukere")->minimum_change, 3.0, 0.0);
    assert_near(sp_indicators_find(country->indicators, "gamle")->minimum_change, 0.0, 0.0);
}

static void without_figures_no_change_is_decided(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(3);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCountry) country = sp_country_new(compared.in, &error);
    assert_no_error(error);
    assert_near(sp_indicators_find(country->indicators, "kroner")->minimum_change, 0.0, 0.0);
}

/* 1001 is known on the date before alone: a kommune of that day is not set beside
 * others of this. */
static void inhabitants_are_those_of_the_newest_date(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(2);
    g_autoptr(GError) error = NULL;
    compared_add_count(&compared, "pop_inhabitants", 0, "2022-01-01", 700.0);
    compared_add_count(&compared, "pop_inhabitants", 0, "2021-01-01", 800.0);
    compared_add_count(&compared, "pop_inhabitants", 1, "2021-01-01", 900.0);
    g_autoptr(SpCountry) country = sp_country_new(compared.in, &error);
    assert_no_error(error);
    g_autofree SpReal *inhabitants = sp_country_inhabitants(country, &error);
    assert_no_error(error);
    assert_near(inhabitants[0].value, 700.0, 0.0);
    assert_int_equal(inhabitants[1].status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(least_change_is_a_share_of_the_weighed_spread_between_kommuner),
        cmocka_unit_test(without_figures_no_change_is_decided),
        cmocka_unit_test(inhabitants_are_those_of_the_newest_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
