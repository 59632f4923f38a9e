#include "core/rollup.h"

#include "tests/core/rows.h"

static SpTable *new_regions(void)
{
    return TABLE(
        "region",
        "region:key slag:attribute fylke:attribute kostragruppe:attribute sentralitet:attribute",
        "0 landet _ _ _", "03 fylke 03 _ _", "11 fylke 11 _ _", "0301 kommune 03 EKG12 S1",
        "1103 kommune 11 EKG11 S2", "1106 kommune 11 EKG11 S3", "1133 kommune 11 _ _",
        "EKG11 kostragruppe _ _ _");
}

/* Hjelmeland alone, so that a table of one row is whole. */
static SpTable *one_kommune(void)
{
    return TABLE(
        "region",
        "region:key slag:attribute fylke:attribute kostragruppe:attribute sentralitet:attribute",
        "0 landet _ _ _", "11 fylke 11 _ _", "1133 kommune 11 _ _");
}

static void kommune_without_a_row_makes_its_sums_missing(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = new_regions();
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "0301 1", "1103 2/p", "1133 :");
    g_autoptr(SpTable) all = sp_rollup(table, regions, NULL);
    assert_rows(all, "0 :/p", "03 1", "0301 1", "11 :/p", "1103 2/p", "1133 :", "EKG11 ../p",
                "EKG12 1", "S1 1", "S2 2/p");
}

static void kommuner_are_summed_to_every_region_above(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = new_regions();
    g_autoptr(SpTable) table =
        TABLE("t", "region:key period:key x:sum", "1103 2024 10", "0301 2024 1", "1106 2024 100",
              "1133 2024 1000", "0301 2023 5");
    g_autoptr(SpTable) all = sp_rollup(table, regions, NULL);
    /* In 2023 only Oslo has a row: the country's sum lacks three kommuner. */
    assert_rows(all, "0 2023 ..", "0 2024 1111", "03 2023 5", "03 2024 1", "0301 2023 5",
                "0301 2024 1", "11 2024 1110", "1103 2024 10", "1106 2024 100", "1133 2024 1000",
                "EKG11 2024 110", "EKG12 2023 5", "EKG12 2024 1", "S1 2023 5", "S1 2024 1",
                "S2 2024 10", "S3 2024 100");
}

static void published_country_stays_and_our_sum_stands_beside_it(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = one_kommune();
    g_autoptr(SpTable) table =
        TABLE("t", "region:key period:key x:sum", "0 2024 12", "1133 2024 10", "1133 2023 9");
    g_autoptr(SpTable) all = sp_rollup(table, regions, NULL);
    assert_rows(all, "0 2024 12", "0k 2023 9", "0k 2024 10", "11 2023 9", "11 2024 10",
                "1133 2023 9", "1133 2024 10");
}

static void published_fylke_stays_where_the_source_has_it(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = one_kommune();
    g_autoptr(SpTable) table =
        TABLE("t", "region:key period:key x:sum", "11 2024 :/p", "1133 2024 10", "1133 2023 9");
    g_autoptr(SpTable) all = sp_rollup(table, regions, NULL);
    assert_rows(all, "0 2023 9", "0 2024 10", "11 2023 9", "11 2024 :/p", "1133 2023 9",
                "1133 2024 10");
}

static void suppressed_kommune_suppresses_its_sums_and_closed_kommuner_are_skipped(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = new_regions();
    g_autoptr(SpTable) table =
        TABLE("t", "region:key x:sum", "0301 :", "1103 ./m", "1106 4/p", "1133 6");
    g_autoptr(SpTable) all = sp_rollup(table, regions, NULL);
    assert_rows(all, "0 :/p", "03 :", "0301 :", "11 10/p", "1103 ./m", "1106 4/p", "1133 6",
                "EKG11 4/p", "EKG12 :", "S1 :", "S2 ./m", "S3 4/p");
}

static void measures_that_do_not_add_up_are_missing_above(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = one_kommune();
    g_autoptr(SpTable) table =
        TABLE("t", "region:key navn:attribute rate:other x:sum", "1133 Hjelmeland 3 1");
    g_autoptr(SpTable) all = sp_rollup(table, regions, NULL);
    assert_rows(all, "0 _ .. 1", "11 _ .. 1", "1133 Hjelmeland 3 1");
}

static void order_of_rows_changes_no_byte(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = new_regions();
    g_autoptr(SpTable) one = TABLE("t", "region:key x:sum", "1103 1e300", "1106 -1e300", "1133 1");
    g_autoptr(SpTable) two = TABLE("t", "region:key x:sum", "1133 1", "1106 -1e300", "1103 1e300");
    g_autoptr(SpTable) a = sp_rollup(one, regions, NULL);
    g_autoptr(SpTable) b = sp_rollup(two, regions, NULL);
    for (gsize row = 0; row < sp_table_n_rows(a); row++) {
        assert_near(sp_table_real(a, row, 1).value, sp_table_real(b, row, 1).value, 0);
    }
    assert_near(sp_table_real(a, 1, 1).value, 1, 0);
    assert_string_equal(sp_table_code(a, 1, 0), "11");
}

static void unknown_kommune_is_an_error_with_a_remedy(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = new_regions();
    g_autoptr(SpTable) table = TABLE("aarsverk", "region:key x:sum", "0301 1", "1841 1");
    g_autoptr(GError) error = NULL;
    assert_null(sp_rollup(table, regions, &error));
    assert_error(error, SP_ERROR_DATA,
                 "table aarsverk: kommune \"1841\" is not in the table of regions");
}

static void other_regions_than_ours_pass_through(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = new_regions();
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "0u 7", "EAKUO 8");
    g_autoptr(SpTable) all = sp_rollup(table, regions, NULL);
    assert_rows(all, "0u 7", "EAKUO 8");
}

static void repeated_kommune_is_an_error_not_a_double_count(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = new_regions();
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "0301 1", "0301 1");
    g_autoptr(GError) error = NULL;
    assert_null(sp_rollup(table, regions, &error));
    assert_error(error, SP_ERROR_DATA, "region=0301");
}

static void missing_columns_are_errors(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = new_regions();
    g_autoptr(SpTable) no_region = TABLE("t", "kommune:key x:sum", "0301 1");
    g_autoptr(SpTable) no_key = TABLE("t", "region:attribute x:sum", "0301 1");
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "0301 1");
    g_autoptr(SpTable) bare = TABLE("region", "region:key slag:attribute", "0301 kommune");
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) error2 = NULL;
    g_autoptr(GError) error3 = NULL;
    assert_null(sp_rollup(no_region, regions, &error));
    assert_error(error, SP_ERROR_DATA, "no code column \"region\"");
    assert_null(sp_rollup(no_key, regions, &error2));
    assert_error(error2, SP_ERROR_DATA, "not part of the key");
    assert_null(sp_rollup(table, bare, &error3));
    assert_error(error3, SP_ERROR_DATA, "\"fylke\"");
}

static void empty_table_and_marks_are_kept(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions = new_regions();
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "0301 1");
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    sp_table_set_edition(table, "e1");
    g_autoptr(SpTable) empty = sp_table_copy_schema(table, NULL);
    g_autoptr(SpTable) all = sp_rollup(empty, regions, NULL);
    assert_int_equal(sp_table_n_rows(all), 0);
    assert_int_equal(sp_table_marks(all), SP_MARK_SENSITIVE);
    assert_string_equal(sp_table_edition(all), "e1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kommune_without_a_row_makes_its_sums_missing),
        cmocka_unit_test(kommuner_are_summed_to_every_region_above),
        cmocka_unit_test(published_country_stays_and_our_sum_stands_beside_it),
        cmocka_unit_test(published_fylke_stays_where_the_source_has_it),
        cmocka_unit_test(suppressed_kommune_suppresses_its_sums_and_closed_kommuner_are_skipped),
        cmocka_unit_test(measures_that_do_not_add_up_are_missing_above),
        cmocka_unit_test(order_of_rows_changes_no_byte),
        cmocka_unit_test(unknown_kommune_is_an_error_with_a_remedy),
        cmocka_unit_test(other_regions_than_ours_pass_through),
        cmocka_unit_test(repeated_kommune_is_an_error_not_a_double_count),
        cmocka_unit_test(missing_columns_are_errors),
        cmocka_unit_test(empty_table_and_marks_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
