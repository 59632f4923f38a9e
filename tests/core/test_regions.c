/* Kommuner over time: small made-up histories, then the whole of KLASS 131. */
#include "tests/core/kommuner.h"

static void check_refused(const char *codes, const char *changes, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(try_regions(codes, 20240101, changes, &error));
    assert_error(error, SP_ERROR_DATA, part);
}

static void names_change_on_the_day_of_the_change(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("1833,Rana - Raane", 20240101, "2024-01-01,1833,Rana,1833,Rana - Raane");
    assert_string_equal(sp_regions_name(regions, "1833", 20231231), "Rana");
    assert_string_equal(sp_regions_name(regions, "1833", 20240101), "Rana - Raane");
    check_successors(regions, "1833", 20230101, 20240101, "1833");
}

static void name_of_the_codes_wins_on_their_own_day(void **state)
{
    (void)state;
    /* As with 0301 Oslo: renamed by 2026 without a row in the list of changes. */
    g_autoptr(SpRegions) regions =
        regions_of("0301,Oslo - Oslove", 20260101,
                   "1948-01-01,0301,Oslo,0301,Oslo\n1948-01-01,0218,Aker,0301,Oslo");
    assert_string_equal(sp_regions_name(regions, "0301", 20260101), "Oslo - Oslove");
    assert_string_equal(sp_regions_name(regions, "0301", 19470101), "Oslo");
}

static void changes_after_the_known_day_are_applied(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("1507,Ålesund\n4601,Bergen", 20230101,
                   "2024-01-01,1507,Ålesund,1508,Ålesund\n2024-01-01,1507,Ålesund,1580,Haram\n2020-"
                   "01-01,1504,Ålesund,1507,Ålesund");
    check_at(regions, 20190101, "1504 4601");
    check_at(regions, 20230101, "1507 4601");
    check_at(regions, 20231231, "1507 4601");
    check_at(regions, 20240101, "1508 1580 4601");
    assert_string_equal(sp_regions_name(regions, "1580", 20300101), "Haram");
    check_successors(regions, "1504", 20190101, 20300101, "1508/20240101 1580/20240101");
}

static void birth_and_end_have_no_other_side(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0001,A", 20240101, "2000-01-01,,,0001,A\n2010-01-01,0002,B,,");
    check_at(regions, 19990101, "0002");
    check_at(regions, 20050101, "0001 0002");
    check_at(regions, 20100101, "0001");
    check_no_successor(regions, "0002", 20050101, 20240101, "ended before 2024-01-01");
    check_no_successor(regions, "0001", 19990101, 20240101, "but was one on 2000-01-01");
}

static void unknown_region_is_no_kommune(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0001,A\n9999,Uoppgitt", 20240101, "2000-01-01,9999,Uoppgitt,9999,Uoppgitt");
    assert_false(sp_regions_is_known(regions, SP_REGION_UNKNOWN));
    assert_false(sp_regions_is_valid(regions, SP_REGION_UNKNOWN, 20240101));
    check_no_successor(regions, SP_REGION_UNKNOWN, 20240101, 20240101, "no kommune on any day");
}

static void hole_in_the_changes_is_told(void **state)
{
    (void)state;
    check_refused("0001,A", "2020-01-01,0003,C,0002,B",
                  "changes of 2020-01-01 do not fit the codes: \"0002\" is not there after");
    check_refused("0001,A", "2025-01-01,0002,B,0003,C",
                  "changes of 2025-01-01 do not fit the codes: \"0002\" is not there before");
    /* As KLASS has Selje in 1964: the code lives on through a split, without a row of its own. */
    check_refused("1439,Vågsøy\n1441,Selje", "1964-01-01,1441,Selje,1439,Vågsøy",
                  "\"1441\" is met twice");
    check_refused("0001,A\n0002,B", "2025-01-01,0001,A,0002,B", "\"0002\" is met twice");
}

static void bad_tables_are_told(void **state)
{
    (void)state;
    check_refused("", "", "no codes");
    check_refused("9999,Uoppgitt", "", "no codes");
    check_refused("0001,A\n0001,B", "", "code \"0001\" stands twice");
    check_refused("0001,A\n,B", "", "is empty");
    check_refused("0001,A", "2020-13-01,0002,B,0001,A", "date is \"2020-13-01\"");
    check_refused("0001,A", ",0002,B,0001,A", "date is \"\"");
}

static void missing_column_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) codes = table_of("codes", code_columns, 2, "0001,A");
    assert_null(sp_regions_new(codes, 20240101, codes, &error));
    assert_error(error, SP_ERROR_DATA, "date");
}

static void kind_follows_from_the_form_of_the_code(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        SpRegionKind kind;
    } cases[] = {
        {"0301", SP_REGION_KOMMUNE},
        {"03", SP_REGION_FYLKE},
        {"0", SP_REGION_COUNTRY},
        {"0k", SP_REGION_COUNTRY},
        {"0u", SP_REGION_COUNTRY_WITHOUT_OSLO},
        {"EKG01", SP_REGION_KOSTRA_GROUP},
        {"EKG17", SP_REGION_KOSTRA_GROUP},
        {"S1", SP_REGION_CENTRALITY},
        {"S6", SP_REGION_CENTRALITY},
        {"S0", SP_REGION_OTHER},
        {"S7", SP_REGION_OTHER},
        {"9999", SP_REGION_OTHER},
        {"", SP_REGION_OTHER},
        {"301", SP_REGION_OTHER},
        {"0301x", SP_REGION_OTHER},
        {"03 1", SP_REGION_OTHER},
        {"EKG1", SP_REGION_OTHER},
        {"EAK", SP_REGION_OTHER},
        {"1", SP_REGION_OTHER},
        {"EAFK", SP_REGION_OTHER},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (sp_region_kind(cases[i].code) != cases[i].kind) {
            fail_msg("kind of \"%s\"", cases[i].code);
        }
    }
}

static guint count_at(const SpRegions *regions, SpDay day)
{
    g_autofree const char **codes = sp_regions_at(regions, day);
    return g_strv_length((char **)codes);
}

static void klass_has_the_known_numbers_of_kommuner(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(SpRegions) regions = klass_regions(folder);
    /* Source: README of the shared folder, checked there against SSB's population files. */
    assert_int_equal(count_at(regions, 20160101), 428);
    assert_int_equal(count_at(regions, 20170101), 426);
    assert_int_equal(count_at(regions, 20180101), 422);
    assert_int_equal(count_at(regions, 20190101), 422);
    assert_int_equal(count_at(regions, 20200101), 356);
    assert_int_equal(count_at(regions, 20230101), 356);
    assert_int_equal(count_at(regions, 20240101), 357);
}

static void days_of_splits_are_told(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(SpRegions) regions = klass_regions(folder);
    g_autoptr(GArray) days = sp_regions_split_days(regions);
    /* Source: KLASS 131. Stokke in 2017, Tysfjord and Snillfjord in 2020, Ålesund in 2024; none
     * between, and no merger is one. */
    static const SpDay last[] = {19920101, 20170101, 20200101, 20240101};
    assert_true(days->len > G_N_ELEMENTS(last));
    for (gsize i = 0; i < G_N_ELEMENTS(last); i++) {
        assert_int_equal(g_array_index(days, SpDay, days->len - G_N_ELEMENTS(last) + i), last[i]);
    }
}

/** Every version of every kommune since 1838: valid on its first day, under its name, and on its
 * last day. */
static void klass_versions_hold_on_their_days_by_name(void **state)
{
    (void)state;
    static const SpColumn columns[] = {
        {.name = "node_id", .kind = SP_COLUMN_CODE}, {.name = "code", .kind = SP_COLUMN_CODE},
        {.name = "name", .kind = SP_COLUMN_CODE},    {.name = "variant", .kind = SP_COLUMN_CODE},
        {.name = "first", .kind = SP_COLUMN_CODE},   {.name = "until", .kind = SP_COLUMN_CODE},
    };
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(SpRegions) regions = klass_regions(folder);
    g_autofree char *text = read_shared(folder, "kommune_versjoner_1838_2024.csv");
    g_autoptr(SpTable) versions = table_of("versions", columns, G_N_ELEMENTS(columns), text);
    for (gsize row = 0; row < sp_table_n_rows(versions); row++) {
        const char *code = sp_table_code(versions, row, 1);
        SpDay first = 0;
        assert_true(sp_day_parse(sp_table_code(versions, row, 4), &first));
        if (strcmp(code, SP_REGION_UNKNOWN) == 0) {
            continue;
        }
        const char *name = sp_regions_name(regions, code, first);
        if (name == NULL) {
            fail_msg("%s is not valid on %d", code, first);
            return;
        }
        /* Lyngen's code is of the last change known, and its name was changed by 2026 without a row
         * among the changes. */
        assert_string_equal(name, strcmp(code, "5536") == 0 ? "Lyngen - Ivgu - Yykeä"
                                                            : sp_table_code(versions, row, 2));
        SpDay until = 0;
        if (sp_day_parse(sp_table_code(versions, row, 5), &until) && until % 10000 == 101) {
            assert_true(sp_regions_is_valid(regions, code, (until / 10000 - 1) * 10000 + 1231));
        }
    }
    assert_in_range(sp_table_n_rows(versions), 1999, 2000);
    /* Renamed by 2026 without a row among the changes. */
    assert_string_equal(sp_regions_name(regions, "0301", 20230101), "Oslo");
    assert_string_equal(sp_regions_name(regions, "0301", 20260101), "Oslo - Oslove");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_change_on_the_day_of_the_change),
        cmocka_unit_test(name_of_the_codes_wins_on_their_own_day),
        cmocka_unit_test(changes_after_the_known_day_are_applied),
        cmocka_unit_test(birth_and_end_have_no_other_side),
        cmocka_unit_test(unknown_region_is_no_kommune),
        cmocka_unit_test(hole_in_the_changes_is_told),
        cmocka_unit_test(bad_tables_are_told),
        cmocka_unit_test(missing_column_is_told),
        cmocka_unit_test(kind_follows_from_the_form_of_the_code),
        cmocka_unit_test(klass_has_the_known_numbers_of_kommuner),
        cmocka_unit_test(days_of_splits_are_told),
        cmocka_unit_test(klass_versions_hold_on_their_days_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
