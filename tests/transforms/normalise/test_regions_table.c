/* The tables region and kommune_endring. */
#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/regions_table.h"

typedef struct {
    SpRegions *regions;
    SpQuality *quality;
    SpTable *groups;
    SpTable *fylker;
    GError *error;
} Fixture;

static int setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->regions = small_regions();
    fixture->quality = sp_quality_new();
    fixture->groups =
        TABLE("grupper", "region:key kostragruppe:attribute sentralitet:attribute", "0301 EKG13 1",
              "1508 EKG11 3", "1580 EKG07 S4", "1806 EKG10 4", "1875 EKG04 6", "3101 EKG08 3");
    fixture->fylker = TABLE("fylker", "fylke:key navn:attribute", "03 Oslo", "15 Møre",
                            "18 Nordland", "31 Østfold", "50 Trøndelag", "46 Vestland");
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    Fixture *fixture = *state;
    sp_regions_free(fixture->regions);
    sp_quality_free(fixture->quality);
    sp_table_free(fixture->groups);
    sp_table_free(fixture->fylker);
    g_clear_error(&fixture->error);
    g_free(fixture);
    return 0;
}

static SpTable *make(Fixture *fixture, SpDay day)
{
    return sp_normalise_region_table(fixture->regions, day, fixture->groups, fixture->fylker,
                                     fixture->quality, &fixture->error);
}

/* "NAVN slag fylke kostragruppe sentralitet" of a region. */
static char *describe(const SpTable *table, const char *region)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), region) == 0) {
            return g_strdup_printf("%s|%s|%s|%s|%s", sp_table_code(table, row, 1),
                                   sp_table_code(table, row, 2), sp_table_code(table, row, 3),
                                   sp_table_code(table, row, 4), sp_table_code(table, row, 5));
        }
    }
    return NULL;
}

static void assert_region(const SpTable *table, const char *region, const char *wanted)
{
    g_autofree char *found = describe(table, region);
    assert_non_null(found);
    assert_string_equal(found, wanted);
}

static void every_region_of_the_target_is_there_once(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = make(fixture, TARGET);
    assert_no_error(fixture->error);
    assert_region(table, "0", "Hele landet|landet|||");
    assert_region(table, "0301", "Oslo|kommune|03|EKG13|S1");
    assert_region(table, "03", "Oslo|fylke|03||");
    assert_region(table, "1580", "Haram|kommune|15|EKG07|S4");
    assert_region(table, "EKG07", "KOSTRA-gruppe 7|kostragruppe|||");
    assert_region(table, "EKG13", "KOSTRA-gruppe 13|kostragruppe|||");
    assert_region(table, "S1", "Sentralitet 1 (mest sentral)|sentralitet|||");
    assert_region(table, "S4", "Sentralitet 4|sentralitet|||");
    assert_region(table, "S6", "Sentralitet 6 (minst sentral)|sentralitet|||");
    /* 7 kommuner, 5 fylker, the country, 6 KOSTRA groups, 4 classes. */
    assert_int_equal(sp_table_n_rows(table), 23);
    assert_null(describe(table, "9999"));
    assert_null(describe(table, "46"));
}

static void labour_markets_are_a_column_where_the_groups_have_them(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) without = make(fixture, 20240101);
    assert_true(sp_table_find(without, "arbeidsmarked") == SP_NO_COLUMN);
    gsize market = sp_table_add_column(
        fixture->groups, &(SpColumn){.name = "arbeidsmarked", .kind = SP_COLUMN_CODE});
    sp_table_set_code(fixture->groups, 0, market, "0301");
    sp_table_set_code(fixture->groups, 5, market, "0301");
    g_autoptr(SpTable) table = make(fixture, 20240101);
    gsize column = sp_table_find(table, "arbeidsmarked");
    guint n = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, 0);
        gboolean is_in = strcmp(code, "0301") == 0 || strcmp(code, "3101") == 0;
        assert_string_equal(sp_table_code(table, row, column), is_in ? "0301" : "");
        n += is_in ? 1 : 0;
    }
    assert_int_equal(n, 2);
}

static void a_kommune_without_group_is_a_finding(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = make(fixture, TARGET);
    assert_region(table, "5001", "Trondheim|kommune|50||");
    assert_true(has_finding(fixture->quality, "region_without_group", "5001", "Trondheim"));
    assert_int_equal(sp_quality_count(fixture->quality, "region_without_group"), 1);
}

static void a_group_of_an_old_kommune_is_a_finding(void **state)
{
    Fixture *fixture = *state;
    gsize row = sp_table_add_row(fixture->groups);
    sp_table_set_code(fixture->groups, row, 0, "1507");
    sp_table_set_code(fixture->groups, row, 1, "EKG11");
    sp_table_set_code(fixture->groups, row, 2, "3");
    g_autoptr(SpTable) table = make(fixture, TARGET);
    assert_non_null(table);
    assert_true(has_finding(fixture->quality, "unknown_code", "kommune 1507", "no kommune"));
}

static void a_kommune_twice_in_the_groups_is_an_error(void **state)
{
    Fixture *fixture = *state;
    gsize row = sp_table_add_row(fixture->groups);
    sp_table_set_code(fixture->groups, row, 0, "0301");
    sp_table_set_code(fixture->groups, row, 1, "EKG13");
    sp_table_set_code(fixture->groups, row, 2, "1");
    assert_null(make(fixture, TARGET));
    assert_error(fixture->error, SP_ERROR_DATA, "0301 stands twice");
}

static void a_group_of_no_known_form_is_an_error(void **state)
{
    Fixture *fixture = *state;
    sp_table_set_code(fixture->groups, 1, 1, "11");
    assert_null(make(fixture, TARGET));
    assert_error(fixture->error, SP_ERROR_DATA, "kommune 1508: \"11\"");
    g_clear_error(&fixture->error);
    sp_table_set_code(fixture->groups, 1, 1, "EKG11");
    sp_table_set_code(fixture->groups, 1, 2, "7");
    assert_null(make(fixture, TARGET));
    assert_error(fixture->error, SP_ERROR_DATA, "\"S7\"");
}

static void a_fylke_without_a_name_is_a_configuration_error(void **state)
{
    Fixture *fixture = *state;
    /* Østfold was 30 Viken's before 2024, which the list does not name. */
    assert_null(make(fixture, 20230101));
    assert_error(fixture->error, SP_ERROR_CONFIG, "\"30\"");
    assert_error(fixture->error, SP_ERROR_CONFIG, "fylker.csv");
}

static void changes_keep_dates_codes_and_names(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) changes = TABLE(
        "raa",
        "date:key old_code:key old_name:attribute new_code:key new_name:attribute id:attribute",
        "2024-01-01 1507 Ålesund 1580 Haram 9", "2024-01-01 1507 Ålesund 1508 Ålesund 8");
    g_autoptr(SpTable) table = sp_normalise_region_changes(changes, &error);
    assert_no_error(error);
    assert_rows(table, "2024-01-01 1507 1508 Ålesund Ålesund",
                "2024-01-01 1507 1580 Ålesund Haram");
    assert_string_equal(sp_table_column(table, 1)->name, "fra");
}

static void a_change_without_a_day_or_twice_is_an_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) no_day =
        TABLE("raa", "date:key old_code:key old_name:attribute new_code:key new_name:attribute",
              "2024-02-30 1507 Ålesund 1580 Haram");
    assert_null(sp_normalise_region_changes(no_day, &error));
    assert_error(error, SP_ERROR_DATA, "2024-02-30");
    g_clear_error(&error);
    g_autoptr(SpTable) twice =
        TABLE("raa", "date:key old_code:key old_name:attribute new_code:key new_name:attribute",
              "2024-01-01 1507 Ålesund 1580 Haram", "2024-01-01 1507 Ålesund 1580 Haram");
    assert_null(sp_normalise_region_changes(twice, &error));
    assert_error(error, SP_ERROR_DATA, "til=1580");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_region_of_the_target_is_there_once),
        TEST(labour_markets_are_a_column_where_the_groups_have_them),
        TEST(a_kommune_without_group_is_a_finding),
        TEST(a_group_of_an_old_kommune_is_a_finding),
        TEST(a_kommune_twice_in_the_groups_is_an_error),
        TEST(a_group_of_no_known_form_is_an_error),
        TEST(a_fylke_without_a_name_is_a_configuration_error),
        TEST(changes_keep_dates_codes_and_names),
        TEST(a_change_without_a_day_or_twice_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
