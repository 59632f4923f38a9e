/* What later datasets divide kommuner by. */
#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/restate.h"
#include "transforms/normalise/split_population.h"

#define COLUMNS "region:key period:key innbyggere:sum"

/* Tysfjord went to Narvik and Hamarøy in 2020, on the day they were joined with the old kommuner of
 * these names; Ålesund was divided in 2024. */
static SpTable *population(void)
{
    return PERSONS("folkemengde", COLUMNS, "0301 2019-01-01 9", "1805 2019-01-01 20000",
                   "1849 2019-01-01 1500", "1850 2019-01-01 1510", "0301 2020-01-01 9",
                   "1806 2020-01-01 21000", "1875 2020-01-01 2000", "1507 2020-01-01 60",
                   "1806 2023-01-01 20900", "1507 2023-01-01 67", "1508 2024-01-01 58",
                   "1580 2024-01-01 9", "1806 2024-01-01 20800");
}

static void the_parts_and_what_was_joined_with_them_are_kept(void **state)
{
    (void)state;
    SpRegions *regions = small_regions();
    g_autoptr(SpTable) all = population();
    g_autoptr(SpTable) kept = sp_split_population(all, regions, TARGET);
    assert_string_equal(sp_table_name(kept), SP_SPLIT_POPULATION);
    assert_rows(kept, "1805 2019-01-01 20000", "1849 2019-01-01 1500", "1850 2019-01-01 1510",
                "1806 2020-01-01 21000", "1875 2020-01-01 2000", "1507 2023-01-01 67",
                "1508 2024-01-01 58", "1580 2024-01-01 9");
    sp_regions_free(regions);
}

static void a_split_after_the_target_day_is_no_concern(void **state)
{
    (void)state;
    SpRegions *regions = small_regions();
    g_autoptr(SpTable) all = population();
    g_autoptr(SpTable) kept = sp_split_population(all, regions, 20230101);
    assert_rows(kept, "1805 2019-01-01 20000", "1849 2019-01-01 1500", "1850 2019-01-01 1510",
                "1806 2020-01-01 21000", "1875 2020-01-01 2000");
    sp_regions_free(regions);
}

static void a_split_from_before_the_population_has_its_first_date(void **state)
{
    (void)state;
    SpRegions *regions = small_regions();
    g_autoptr(SpTable) all =
        PERSONS("folkemengde", COLUMNS, "1806 2022-01-01 20000", "1875 2022-01-01 2000",
                "1806 2023-01-01 20000", "1875 2023-01-01 2000");
    g_autoptr(SpTable) kept = sp_split_population(all, regions, TARGET);
    assert_rows(kept, "1806 2022-01-01 20000", "1875 2022-01-01 2000");
    sp_regions_free(regions);
}

static void a_population_without_divided_kommuner_leaves_nothing(void **state)
{
    (void)state;
    SpRegions *regions = small_regions();
    g_autoptr(SpTable) all = PERSONS("folkemengde", COLUMNS, "0301 2020-01-01 9");
    g_autoptr(SpTable) kept = sp_split_population(all, regions, TARGET);
    assert_int_equal(sp_table_n_rows(kept), 0);
    sp_regions_free(regions);
}

/* Narvik has 1000 more than old Narvik had, Hamarøy 500 more than old Hamarøy: Tysfjord's 30 go 2
 * to 1, as when the population divides itself. */
static void other_figures_are_divided_as_by_the_whole_population(void **state)
{
    (void)state;
    SpRegions *regions = small_regions();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) all = population();
    g_autoptr(SpTable) weights = sp_split_population(all, regions, TARGET);
    g_autoptr(SpTable) facts = PERSONS("t", "region:key period:key n:sum", "1805 2019 100",
                                       "1849 2019 10", "1850 2019 30");
    g_autoptr(SpTable) table =
        sp_normalise_restate(facts, &(SpTarget){regions, TARGET, weights}, NULL, quality, &error);
    assert_no_error(error);
    assert_rows(table, "1806 2019 120/m", "1875 2019 20/m");
    sp_regions_free(regions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_parts_and_what_was_joined_with_them_are_kept),
        cmocka_unit_test(a_split_after_the_target_day_is_no_concern),
        cmocka_unit_test(a_split_from_before_the_population_has_its_first_date),
        cmocka_unit_test(a_population_without_divided_kommuner_leaves_nothing),
        cmocka_unit_test(other_figures_are_divided_as_by_the_whole_population),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
