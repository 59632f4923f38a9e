/* Population looked up by kommune, day, sex and age. */
#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/weights.h"

#define COLUMNS "region:key kjonn:key alder:key period:key innbyggere:sum"

static SpTable *population(void)
{
    return TABLE("folkemengde", COLUMNS, "1580 1 079 2024-01-01 5", "1580 1 080 2024-01-01 7",
                 "1580 1 105 2024-01-01 1", "1580 2 080 2024-01-01 9",
                 "1580 2 081 2024-01-01 :", "1580 1 080 2025-01-01 8", "1507 1 080 2024-01-01 .",
                 "1507 1 080 2023-01-01 60", "1508 1 080 2024 99");
}

static void ages_bands_and_sexes_are_counted(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = population();
    g_autoptr(SpWeights) weights = sp_weights_new(table, &error);
    assert_no_error(error);
    const SpPersons *haram = sp_weights_find(weights, "1580", 20240101);
    assert_non_null(haram);
    assert_near(sp_persons_count(haram, "1", "080"), 7, 0);
    assert_near(sp_persons_count(haram, "2", "080"), 9, 0);
    assert_near(sp_persons_count(haram, "0", "080"), 16, 0);
    assert_near(sp_persons_count(haram, NULL, "080"), 16, 0);
    assert_near(sp_persons_count(haram, "1", "080-105"), 8, 0);
    assert_near(sp_persons_count(haram, "1", "000-079"), 5, 0);
    assert_near(sp_persons_count(haram, "1", NULL), 13, 0);
    assert_near(sp_persons_count(haram, "1", "alle"), 13, 0);
    assert_near(sp_persons_count(haram, NULL, NULL), 22, 0);
    assert_near(sp_persons_count(haram, "1", "999"), 0, 0);
}

static void a_kommune_outside_its_lifetime_has_no_weight(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = population();
    g_autoptr(SpWeights) weights = sp_weights_new(table, &error);
    assert_null(sp_weights_find(weights, "1507", 20240101));
    assert_non_null(sp_weights_find(weights, "1507", 20230101));
    assert_null(sp_weights_find(weights, "4601", 20240101));
}

static void days_are_found_on_both_sides_and_years_are_no_days(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = population();
    g_autoptr(SpWeights) weights = sp_weights_new(table, &error);
    assert_int_equal(sp_weights_day_from(weights, 20240101), 20240101);
    assert_int_equal(sp_weights_day_from(weights, 20240102), 20250101);
    assert_int_equal(sp_weights_day_from(weights, 20250102), 0);
    assert_int_equal(sp_weights_day_before(weights, 20240101), 20230101);
    assert_int_equal(sp_weights_day_before(weights, 20230101), 0);
    assert_null(sp_weights_find(weights, "1508", 20241231));
}

static void both_sexes_in_one_row_need_no_others(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        TABLE("folkemengde", "region:key alder:key period:key innbyggere:sum",
              "1580 080 2019-01-01 4", "1580 081 2019-01-01 3");
    g_autoptr(SpWeights) weights = sp_weights_new(table, &error);
    const SpPersons *haram = sp_weights_find(weights, "1580", 20190101);
    assert_near(sp_persons_count(haram, "0", "080-081"), 7, 0);
    assert_near(sp_persons_count(haram, "1", NULL), 0, 0);
}

static void a_table_without_population_is_an_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        TABLE("aarsverk", "region:key period:key aarsverk:sum", "1580 2024 3");
    assert_null(sp_weights_new(table, &error));
    assert_error(error, SP_ERROR_DATA, "innbyggere");
}

static void only_a_population_without_alternatives_weighs_itself(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = population();
    g_autoptr(SpTable) projection =
        TABLE("framskriving", "region:key alternativ:key period:key innbyggere:sum",
              "1580 MMMM 2024-01-01 3");
    assert_true(sp_weights_fit(table));
    assert_false(sp_weights_fit(projection));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ages_bands_and_sexes_are_counted),
        cmocka_unit_test(a_kommune_outside_its_lifetime_has_no_weight),
        cmocka_unit_test(days_are_found_on_both_sides_and_years_are_no_days),
        cmocka_unit_test(both_sexes_in_one_row_need_no_others),
        cmocka_unit_test(a_table_without_population_is_an_error),
        cmocka_unit_test(only_a_population_without_alternatives_weighs_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
