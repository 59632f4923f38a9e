/* Kommuner over time: small made-up histories, then the whole of KLASS 131. */
#include "tests/check.h"

#include "core/regions.h"

static const SpColumn code_columns[] = {
    {.name = "code", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    {.name = "name", .kind = SP_COLUMN_CODE},
};
static const SpColumn change_columns[] = {
    {.name = "date", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    {.name = "old_code", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    {.name = "old_name", .kind = SP_COLUMN_CODE},
    {.name = "new_code", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    {.name = "new_name", .kind = SP_COLUMN_CODE},
};

/** A table from lines of comma-separated fields, as many of them as there are columns. */
static SpTable *table_of(const char *name, const SpColumn columns[], gsize n_columns,
                         const char *lines)
{
    SpTable *table = sp_table_new(name, columns, n_columns);
    g_auto(GStrv) rows = g_strsplit(lines, "\n", -1);
    for (gsize i = 0; rows[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(rows[i], ",", -1);
        if (g_strv_length(fields) < n_columns) {
            continue;
        }
        gsize row = sp_table_add_row(table);
        for (gsize column = 0; column < n_columns; column++) {
            sp_table_set_code(table, row, column, fields[column]);
        }
    }
    return table;
}

static SpRegions *try_regions(const char *codes, SpDay day, const char *changes, GError **error)
{
    g_autoptr(SpTable) code_table =
        table_of("codes", code_columns, G_N_ELEMENTS(code_columns), codes);
    g_autoptr(SpTable) change_table =
        table_of("changes", change_columns, G_N_ELEMENTS(change_columns), changes);
    return sp_regions_new(code_table, day, change_table, error);
}

static SpRegions *regions_of(const char *codes, SpDay day, const char *changes)
{
    g_autoptr(GError) error = NULL;
    SpRegions *regions = try_regions(codes, day, changes, &error);
    assert_no_error(error);
    return regions;
}

static void check_refused(const char *codes, const char *changes, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(try_regions(codes, 20240101, changes, &error));
    assert_error(error, SP_ERROR_DATA, part);
}

/** "0001 0002" of a day. */
static void check_at(const SpRegions *regions, SpDay day, const char *wanted)
{
    g_autofree const char **codes = sp_regions_at(regions, day);
    g_autofree char *joined = g_strjoinv(" ", (char **)codes);
    assert_string_equal(joined, wanted);
}

/** "0001" or, with the day of a split, "0001/20240101 0002/20240101". */
static void check_successors(const SpRegions *regions, const char *code, SpDay from, SpDay to,
                             const char *wanted)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) successors = sp_regions_successors(regions, code, from, to, &error);
    assert_no_error(error);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < successors->len; i++) {
        const SpSuccessor *successor = &g_array_index(successors, SpSuccessor, i);
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "", successor->code);
        if (successor->split_day != 0) {
            g_string_append_printf(text, "/%d", successor->split_day);
        }
    }
    assert_string_equal(text->str, wanted);
}

static void check_no_successor(const SpRegions *regions, const char *code, SpDay from, SpDay to,
                               const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_regions_successors(regions, code, from, to, &error));
    assert_error(error, SP_ERROR_DATA, part);
}

static void merger_takes_over_on_its_day(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions = regions_of("0003,C\n9999,Uoppgitt", 20240101,
                                              "2020-01-01,0001,A,0003,C\n2020-01-01,0002,B,0003,C");
    check_at(regions, 20191231, "0001 0002");
    check_at(regions, 20200101, "0003");
    check_successors(regions, "0001", 20191231, 20200101, "0003");
    check_successors(regions, "0002", 20150101, 20240101, "0003");
    check_successors(regions, "0001", 20150101, 20191231, "0001");
}

static void merger_into_a_living_code_keeps_it(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0001,A", 20240101, "2020-01-01,0001,A,0001,A\n2020-01-01,0002,B,0001,A");
    check_at(regions, 20190101, "0001 0002");
    check_at(regions, 20200101, "0001");
    check_successors(regions, "0001", 20190101, 20240101, "0001");
    check_successors(regions, "0002", 20190101, 20240101, "0001");
}

static void split_names_its_day_in_every_part(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions = regions_of("0002,B\n0003,C", 20240101,
                                              "2020-01-01,0001,A,0002,B\n2020-01-01,0001,A,0003,C");
    check_successors(regions, "0001", 20190101, 20240101, "0002/20200101 0003/20200101");
}

static void parts_that_merge_again_are_one_whole(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0004,D", 20240101,
                   "2018-01-01,0001,A,0002,B\n2018-01-01,0001,A,0003,C\n2020-01-01,0002,B,0004,"
                   "D\n2020-01-01,0003,C,0004,D");
    check_successors(regions, "0001", 20170101, 20190101, "0002/20180101 0003/20180101");
    check_successors(regions, "0001", 20170101, 20240101, "0004");
}

static void second_split_counts_for_its_own_parts(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0002,B\n0004,D\n0005,E", 20240101,
                   "2018-01-01,0001,A,0002,B\n2018-01-01,0001,A,0003,C\n2020-01-01,0003,C,0004,"
                   "D\n2020-01-01,0003,C,0005,E");
    check_successors(regions, "0001", 20170101, 20240101,
                     "0002/20180101 0004/20200101 0005/20200101");
}

static void border_move_splits_the_giver_alone(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0001,A\n0002,B", 20240101,
                   "2020-01-01,0001,A,0001,A\n2020-01-01,0001,A,0002,B\n2020-01-01,0002,B,0002,B");
    check_successors(regions, "0001", 20190101, 20240101, "0001/20200101 0002/20200101");
    check_successors(regions, "0002", 20190101, 20240101, "0002");
}

static void codes_that_swap_on_one_day_do_not_chain(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0001,Ny A\n0002,Ny B", 20240101,
                   "2020-01-01,0001,A,0002,Ny B\n2020-01-01,0002,B,0001,Ny A");
    check_successors(regions, "0001", 20190101, 20240101, "0002");
    check_successors(regions, "0002", 20190101, 20240101, "0001");
    assert_string_equal(sp_regions_name(regions, "0001", 20190101), "A");
    assert_string_equal(sp_regions_name(regions, "0001", 20200101), "Ny A");
}

static void chain_over_several_days_is_followed(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0003,A", 20240101, "2020-01-01,0002,A,0003,A\n2018-01-01,0001,A,0002,A");
    check_successors(regions, "0001", 20170101, 20190101, "0002");
    check_successors(regions, "0001", 20170101, 20240101, "0003");
}

static void code_used_anew_is_told_by_its_day(void **state)
{
    (void)state;
    /* 0001 ended in 1964 and is the code of another kommune since 2018. */
    g_autoptr(SpRegions) regions =
        regions_of("0001,Larvik\n0002,B", 20240101,
                   "1964-01-01,0001,Skoger,0002,B\n1964-01-01,0002,B,0002,B\n"
                   "2018-01-01,0003,Larvik,0001,Larvik");
    assert_true(sp_regions_is_valid(regions, "0001", 19631231));
    assert_false(sp_regions_is_valid(regions, "0001", 19640101));
    assert_false(sp_regions_is_valid(regions, "0001", 20171231));
    assert_true(sp_regions_is_valid(regions, "0001", 20180101));
    assert_string_equal(sp_regions_name(regions, "0001", 19500101), "Skoger");
    assert_string_equal(sp_regions_name(regions, "0001", 20180101), "Larvik");
    assert_null(sp_regions_name(regions, "0001", 20000101));
    check_successors(regions, "0001", 19500101, 20240101, "0002");
    check_successors(regions, "0001", 20180101, 20240101, "0001");
    check_no_successor(regions, "0001", 19700101, 20240101,
                       "no kommune on 1970-01-01, but was one on 1963-12-31 (Skoger)");
    check_no_successor(regions, "0001", 20100101, 20240101, "but was one on 2018-01-01 (Larvik)");
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

static void way_back_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions = regions_of("0001,A", 20240101, "");
    check_no_successor(regions, "0001", 20240101, 20231231, "only followed forwards");
    check_successors(regions, "0001", 20240101, 20240101, "0001");
}

static void row_said_twice_counts_once(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0002,B", 20240101, "2020-01-01,0001,A,0002,B\n2020-01-01,0001,A,0002,B");
    check_at(regions, 20190101, "0001");
    check_successors(regions, "0001", 20190101, 20240101, "0002");
}

static void order_of_the_rows_does_not_matter(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0004,D\n0003,C", 20240101,
                   "2018-01-01,0001,A,0002,A\n2020-01-01,0002,A,0003,C\n2020-01-01,0002,A,0004,D");
    g_autoptr(SpRegions) other =
        regions_of("0003,C\n0004,D", 20240101,
                   "2020-01-01,0002,A,0004,D\n2018-01-01,0001,A,0002,A\n2020-01-01,0002,A,0003,C");
    check_successors(regions, "0001", 20170101, 20240101, "0003/20200101 0004/20200101");
    check_successors(other, "0001", 20170101, 20240101, "0003/20200101 0004/20200101");
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

/** A shared file of KLASS 131 without its header; its first fields hold no commas. */
static char *read_shared(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, "ssb-klass-131-kommuner", name, NULL);
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    assert_no_error(error);
    memset(text, ' ', strcspn(text, "\n"));
    return text;
}

static SpRegions *klass_regions(const char *folder)
{
    g_autofree char *codes = read_shared(folder, "kommuner_2026-01-01.csv");
    g_autofree char *changes = read_shared(folder, "kommune_endringer_1839_2024.csv");
    return regions_of(codes, 20260101, changes);
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

static void klass_successors_are_the_known_ones(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(SpRegions) regions = klass_regions(folder);
    check_successors(regions, "1507", 20230101, 20240101, "1508/20240101 1580/20240101");
    check_successors(regions, "1534", 20190101, 20240101, "1508/20240101 1580/20240101");
    check_successors(regions, "1850", 20190101, 20240101, "1806/20200101 1875/20200101");
    check_successors(regions, "5012", 20190101, 20240101,
                     "5055/20200101 5056/20200101 5059/20200101");
    check_successors(regions, "1613", 20170101, 20240101,
                     "5055/20200101 5056/20200101 5059/20200101");
    check_successors(regions, "0720", 20160101, 20190101, "0704/20170101 0710/20170101");
    check_successors(regions, "0814", 20190101, 20210101, "3813");
    check_successors(regions, "0814", 20190101, 20240101, "4012");
    check_successors(regions, "0805", 20160101, 20240101, "4001");
    check_successors(regions, "0104", 20190101, 20240101, "3103");
    check_successors(regions, "0136", 20190101, 20240101, "3103");
    check_successors(regions, "0301", 20160101, 20260101, "0301");
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

/** No code of any year may be lost on the way to 2024, and every successor must be one of its
 * kommuner. */
static void klass_every_kommune_since_1900_has_successors_in_2024(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(SpRegions) regions = klass_regions(folder);
    for (SpDay day = 19000101; day <= 20240101; day += 100000) {
        g_autofree const char **codes = sp_regions_at(regions, day);
        for (gsize i = 0; codes[i] != NULL; i++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(GArray) successors =
                sp_regions_successors(regions, codes[i], day, 20240101, &error);
            assert_no_error(error);
            for (guint j = 0; j < successors->len; j++) {
                assert_true(sp_regions_is_valid(
                    regions, g_array_index(successors, SpSuccessor, j).code, 20240101));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merger_takes_over_on_its_day),
        cmocka_unit_test(merger_into_a_living_code_keeps_it),
        cmocka_unit_test(split_names_its_day_in_every_part),
        cmocka_unit_test(parts_that_merge_again_are_one_whole),
        cmocka_unit_test(second_split_counts_for_its_own_parts),
        cmocka_unit_test(border_move_splits_the_giver_alone),
        cmocka_unit_test(codes_that_swap_on_one_day_do_not_chain),
        cmocka_unit_test(chain_over_several_days_is_followed),
        cmocka_unit_test(code_used_anew_is_told_by_its_day),
        cmocka_unit_test(names_change_on_the_day_of_the_change),
        cmocka_unit_test(name_of_the_codes_wins_on_their_own_day),
        cmocka_unit_test(changes_after_the_known_day_are_applied),
        cmocka_unit_test(birth_and_end_have_no_other_side),
        cmocka_unit_test(unknown_region_is_no_kommune),
        cmocka_unit_test(way_back_is_refused),
        cmocka_unit_test(row_said_twice_counts_once),
        cmocka_unit_test(order_of_the_rows_does_not_matter),
        cmocka_unit_test(hole_in_the_changes_is_told),
        cmocka_unit_test(bad_tables_are_told),
        cmocka_unit_test(missing_column_is_told),
        cmocka_unit_test(kind_follows_from_the_form_of_the_code),
        cmocka_unit_test(klass_has_the_known_numbers_of_kommuner),
        cmocka_unit_test(klass_successors_are_the_known_ones),
        cmocka_unit_test(klass_versions_hold_on_their_days_by_name),
        cmocka_unit_test(klass_every_kommune_since_1900_has_successors_in_2024),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
