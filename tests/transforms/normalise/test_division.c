/* Kommuner over time, read back from the tables that normalise made of them. */
#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/division.h"

static SpTables *unit_of_regions(void)
{
    SpTables *tables = sp_tables_new();
    sp_tables_add(tables, TABLE("region", "region:key navn:attribute slag:attribute",
                                "0 Landet landet", "0301 Oslo kommune", "03 Oslo fylke",
                                "1508 Ålesund kommune", "1580 Haram kommune"));
    return tables;
}

static void kommuner_and_changes_are_read_back(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = unit_of_regions();
    sp_tables_add(tables, TABLE("kommune_endring",
                                "dato:key fra:key til:key fra_navn:attribute til_navn:attribute",
                                "2024-01-01 1507 1508 Ålesund Ålesund",
                                "2024-01-01 1507 1580 Ålesund Haram"));
    g_autoptr(SpRegions) regions = sp_normalise_regions(tables, TARGET, &error);
    assert_no_error(error);
    assert_true(sp_regions_is_valid(regions, "1507", 20231231));
    assert_true(sp_regions_is_valid(regions, "1580", 20240101));
    assert_false(sp_regions_is_known(regions, "0"));
    assert_string_equal(sp_regions_name(regions, "1580", 20240101), "Haram");
    g_autoptr(GArray) parts = sp_regions_successors(regions, "1507", 20230101, TARGET, &error);
    assert_no_error(error);
    assert_int_equal(parts->len, 2);
}

static void a_unit_without_its_changes_is_no_input(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = unit_of_regions();
    assert_null(sp_normalise_regions(tables, TARGET, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "kommune_endring");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kommuner_and_changes_are_read_back),
        cmocka_unit_test(a_unit_without_its_changes_is_no_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
