/* Rows about persons to counts. */
#include "tests/transforms/normalise/persons.h"

#include "core/table_rows.h"
#include "transforms/normalise/wholes.h"

static const char *const plain_layout =
    "[table]\nname = stillinger\n[file]\ndecimal = comma\n[persons]\nkey = person\n"
    "[column aar]\nas = period\nrole = year\nform = {}-12-01\n"
    "[column kommune]\nas = region\nrole = region\nlevels = kommune, fylke, landet\n"
    "[column prosent]\nrole = quantity\ndecimals = 2\nminimum = 0.01\nmaximum = 100\n"
    "[measure personer]\nkind = distinct\nunit = persons\n"
    "[measure aarsverk]\nkind = sum\ncolumn = prosent\ndivide_by = 100\nunit = aarsverk\n"
    "[measure stillinger]\nkind = count\nunit = stillinger\n";
static const char *const plain_header = "aar kommune prosent person";

static const char *const coded_layout =
    "[table]\nname = stillinger\n[persons]\nkey = person\n"
    "[column kommune]\nas = region\nrole = region\nlevels = landet\n"
    "[column foedt]\nas = alder\nrole = birth_year\nband = ansatte\nlevels = self, all=000-105\n"
    "[column kode]\nas = yrke\nrole = code\nmap = stilling\nlevels = self, all=tot, "
    "group=utdanning\n"
    "[column funksjon]\nrole = code\nkey = no\n[filter funksjon]\nequals = 253 254\n"
    "[constant period]\nvalue = 2024-12-01\n"
    "[measure personer]\nkind = distinct\nunit = persons\n";
static const char *const coded_header = "kommune foedt kode funksjon person";

static void a_person_with_two_positions_counts_once_at_each_level(void **state)
{
    Fixture *fixture = *state;
    start(fixture, plain_layout, plain_header);
    FEED(fixture, "2024 1508 60,5 aaaaaaaa", "2024 1508 40 aaaaaaaa", "2024 1580 50 aaaaaaaa",
         "2024 0301 33,33 aaaaaaaa", "2024 0301 100 bbbbbbbb");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_rows(table, "2024-12-01 0 2 2.8383 5", "2024-12-01 03 2 1.3333 2",
                "2024-12-01 0301 2 1.3333 2", "2024-12-01 15 1 1.505 3",
                "2024-12-01 1508 1 1.005 2", "2024-12-01 1580 1 0.5 1");
    assert_true(sp_table_marks(table) & SP_MARK_SENSITIVE);
    assert_string_equal(sp_table_column(table, 1)->classification, "kommune@2024-01-01");
    assert_false(sp_table_column(table, 2)->is_additive);
    assert_true(sp_table_column(table, 3)->is_additive);
}

/* Trondheim and Klæbu are one kommune now: who worked in both counts once. */
static void persons_of_merged_kommuner_are_counted_and_not_added(void **state)
{
    Fixture *fixture = *state;
    start(fixture, plain_layout, plain_header);
    FEED(fixture, "2019 5001 50 aaaaaaaa", "2019 5030 50 aaaaaaaa", "2019 5030 50 bbbbbbbb");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_rows(table, "2019-12-01 0 2 1.5 3", "2019-12-01 50 2 1.5 3", "2019-12-01 5001 2 1.5 3");
}

static void a_divided_kommune_is_restated_and_its_persons_are_missing(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) weights = PERSONS("folkemengde", "region:key period:key innbyggere:sum",
                                         "1508 2024-01-01 60", "1580 2024-01-01 40");
    start(fixture, plain_layout, plain_header);
    FEED(fixture, "2023 1507 100 aaaaaaaa", "2023 1507 50 aaaaaaaa", "2023 0301 100 bbbbbbbb");
    g_autoptr(SpTable) table = table_with(fixture, weights);
    assert_rows(table, "2023-12-01 0 2 2.5 3", "2023-12-01 03 1 1 1", "2023-12-01 0301 1 1 1",
                "2023-12-01 15 1 1.5 2", "2023-12-01 1508 ../m 0.9/m 1.2/m",
                "2023-12-01 1580 ../m 0.6/m 0.8/m");
    assert_true(has_finding(fixture->quality, "split_modelled", "1507 2024-01-01", "modelled"));
}

/* Narvik of 2020 holds old Narvik, which is whole, and part of Tysfjord, which is not. */
static void a_part_that_joins_another_kommune_makes_its_persons_missing(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) weights = PERSONS(
        "folkemengde", "region:key period:key innbyggere:sum", "1805 2019-01-01 90",
        "1849 2019-01-01 70", "1850 2019-01-01 40", "1806 2020-01-01 100", "1875 2020-01-01 100");
    start(fixture, plain_layout, plain_header);
    FEED(fixture, "2019 1805 100 aaaaaaaa", "2019 1850 100 bbbbbbbb");
    g_autoptr(SpTable) table = table_with(fixture, weights);
    gsize region = sp_table_find(table, "region");
    assert_int_equal(sp_table_n_rows(table), 4);
    assert_string_equal(sp_table_code(table, 2, region), "1806");
    assert_int_equal(sp_table_real(table, 2, 2).status, SP_MISSING);
    /* Tysfjord: what Narvik gained (100 - 90) and Hamarøy (100 - 70), as 10 to 30. */
    assert_near(sp_table_real(table, 2, 3).value, 1.25, 1e-12);
    assert_int_equal(sp_table_real(table, 2, 3).flags, SP_FLAG_MODELLED);
    assert_string_equal(sp_table_code(table, 3, region), "1875");
    assert_near(sp_table_real(table, 3, 3).value, 0.75, 1e-12);
    /* The fylke and the country were counted. */
    assert_near(sp_table_real(table, 1, 2).value, 2, 0);
    assert_true(has_finding(fixture->quality, "merged_not_additive", "stillinger", "1 cells"));
}

static void a_kommune_divided_between_fylker_leaves_them_missing(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) codes =
        TABLE("koder", "code:key name:attribute", "0301 Oslo", "1508 A", "5001 B");
    g_autoptr(SpTable) changes = TABLE(
        "endringer", "date:key old_code:key old_name:attribute new_code:key new_name:attribute",
        "2020-01-01 1599 C 1508 A", "2020-01-01 1599 C 5001 B");
    sp_regions_free(fixture->regions);
    fixture->regions = sp_regions_new(codes, TARGET, changes, &fixture->error);
    assert_no_error(fixture->error);
    start(fixture, plain_layout, plain_header);
    FEED(fixture, "2019 1599 100 aaaaaaaa", "2024 5001 100 aaaaaaaa", "2019 0301 100 bbbbbbbb",
         "2024 1508 100 bbbbbbbb");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    gsize n_fylker = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        n_fylker += strlen(sp_table_code(table, row, 1)) == 2;
    }
    assert_int_equal(n_fylker, 3); /* Oslo of 2019, and 15 and 50 of 2024 */
    assert_true(has_finding(fixture->quality, "split_over_fylker", "region 1599", "2019-12-01"));
}

static void levels_are_the_cross_product(void **state)
{
    Fixture *fixture = *state;
    start(fixture, coded_layout, coded_header);
    FEED(fixture, "0301 1990 7174 253 aaaaaaaa", "0301 1960 7517 254 bbbbbbbb",
         "1508 1960 7728 254 bbbbbbbb", "1508 1960 9430 254 cccccccc");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_rows(table, "0 000-105 fagarbeider 2024-12-01 1", "0 000-105 fagutdanning 2024-12-01 1",
                "0 000-105 hoeyskole 2024-12-01 1", "0 000-105 leder 2024-12-01 1",
                "0 000-105 sykepleier 2024-12-01 1", "0 000-105 tot 2024-12-01 3",
                "0 015-054 hoeyskole 2024-12-01 1", "0 015-054 sykepleier 2024-12-01 1",
                "0 015-054 tot 2024-12-01 1", "0 055-075 fagarbeider 2024-12-01 1",
                "0 055-075 fagutdanning 2024-12-01 1", "0 055-075 leder 2024-12-01 1",
                "0 055-075 tot 2024-12-01 2");
}

static void age_is_counted_on_the_last_day_of_the_data_year(void **state)
{
    Fixture *fixture = *state;
    start(fixture, coded_layout, coded_header);
    FEED(fixture, "0301 1970 7174 253 aaaaaaaa", "0301 1969 7174 253 bbbbbbbb",
         "0301 2009 7174 253 cccccccc", "0301 2010 7174 253 dddddddd",
         "0301 1948 7174 253 eeeeeeee");
    assert_int_equal(sp_persons_n_left_out(fixture->persons), 2); /* 14 and 76 */
    assert_true(has_finding(fixture->quality, "age_outside", "column foedt", "row 5"));
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    gsize n_young = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 1), "015-054") == 0 &&
            strcmp(sp_table_code(table, row, 2), "tot") == 0) {
            n_young = (gsize)sp_table_real(table, row, 4).value;
        }
    }
    assert_int_equal(n_young, 2); /* 54 and 15 */
}

static void a_code_holds_only_in_its_years(void **state)
{
    Fixture *fixture = *state;
    start(fixture, coded_layout, coded_header);
    FEED(fixture, "0301 1990 7174 253 aaaaaaaa", "0301 1990 6190 253 bbbbbbbb");
    assert_int_equal(sp_persons_n_left_out(fixture->persons), 1);
    assert_true(has_finding(fixture->quality, "unknown_code", "column kode", "row 3"));
}

/* The list has a code that becomes the word for all: nobody may be counted under it twice. */
static void a_code_that_stands_for_all_is_nobodys(void **state)
{
    Fixture *fixture = *state;
    start(fixture, coded_layout, coded_header);
    FEED(fixture, "0301 1990 7174 253 aaaaaaaa", "0301 1990 0000 253 bbbbbbbb");
    assert_int_equal(sp_persons_n_left_out(fixture->persons), 1);
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_non_null(table);
}

static void rows_outside_a_filter_break_no_rule(void **state)
{
    Fixture *fixture = *state;
    start(fixture, coded_layout, coded_header);
    FEED(fixture, "0301 1990 7174 253 aaaaaaaa", "0301 3000 xxxx 202 _");
    assert_int_equal(sp_persons_n_rows(fixture->persons), 1);
    assert_int_equal(sp_persons_n_left_out(fixture->persons), 0);
    assert_true(has_finding(fixture->quality, "outside_filter", "column funksjon", "not about"));
}

static void each_rule_is_counted_by_its_first_row_and_without_content(void **state)
{
    Fixture *fixture = *state;
    start(fixture, plain_layout, plain_header);
    FEED(fixture, "2024 1508 50 aaaaaaaa", "24 1508 50 aaaaaaaa", "2024 1507 50 aaaaaaaa",
         "2024 9999 50 aaaaaaaa", "2024 1508 100,01 aaaaaaaa", "2024 1508 0 aaaaaaaa",
         "2024 1508 5O aaaaaaaa", "2024 1508 50 _", "2024 1508 50 hemmelig!", "2024 1508 50 kort",
         "2024 1508 _ aaaaaaaa", "2024 1508 50");
    assert_int_equal(sp_persons_n_rows(fixture->persons), 12);
    assert_int_equal(sp_persons_n_left_out(fixture->persons), 11);
    assert_int_equal(sp_quality_count(fixture->quality, "unknown_code"), 2);
    assert_int_equal(sp_quality_count(fixture->quality, "quantity_outside"), 2);
    assert_int_equal(sp_quality_count(fixture->quality, "not_a_number"), 2);
    assert_int_equal(sp_quality_count(fixture->quality, "bad_person"), 2);
    assert_int_equal(sp_quality_count(fixture->quality, "field_count"), 1);
    assert_true(has_finding(fixture->quality, "bad_year", "column aar", "row 3"));
    assert_true(has_finding(fixture->quality, "unknown_code", "column kommune", "row 4"));
    assert_true(has_finding(fixture->quality, "quantity_outside", "column prosent", "row 6"));
    assert_true(has_finding(fixture->quality, "missing_person", "column person", "row 9"));
    g_autoptr(SpTable) findings = sp_quality_table(fixture->quality);
    for (gsize row = 0; row < sp_table_n_rows(findings); row++) {
        const char *text = sp_table_code(findings, row, sp_table_find(findings, "text"));
        assert_null(strstr(text, "hemmelig"));
        assert_null(strstr(text, "9999"));
    }
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_rows(table, "2024-12-01 0 1 0.5 1", "2024-12-01 15 1 0.5 1", "2024-12-01 1508 1 0.5 1");
}

static void embedded_nul_makes_no_code_and_no_person(void **state)
{
    Fixture *fixture = *state;
    start(fixture, plain_layout, plain_header);
    SpSink *sink = sp_persons_sink(fixture->persons);
    const SpField code[] = {{"2024", 4}, {"1508\0", 5}, {"50", 2}, {"aaaaaaaa", 8}};
    const SpField key[] = {{"2024", 4}, {"1508", 4}, {"50", 2}, {"aaaa\0aaa", 8}};
    assert_true(sink->row(sink, 2, code, G_N_ELEMENTS(code), &fixture->error));
    assert_true(sink->row(sink, 3, key, G_N_ELEMENTS(key), &fixture->error));
    assert_int_equal(sp_persons_n_left_out(fixture->persons), 2);
    assert_int_equal(sp_quality_count(fixture->quality, "unknown_code"), 1);
    assert_int_equal(sp_quality_count(fixture->quality, "bad_person"), 1);
}

static void an_empty_quantity_may_be_none(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *layout = g_strconcat(plain_layout, "[missing]\nempty = zero\n", NULL);
    start(fixture, layout, plain_header);
    FEED(fixture, "2024 1508 50 aaaaaaaa", "2024 1508 _ aaaaaaaa");
    /* 0 is below the minimum of this layout: the rule that is broken is another. */
    assert_int_equal(sp_quality_count(fixture->quality, "quantity_outside"), 1);
    assert_int_equal(sp_quality_count(fixture->quality, "not_a_number"), 0);
}

static void nothing_that_counts_is_an_error(void **state)
{
    Fixture *fixture = *state;
    start(fixture, plain_layout, plain_header);
    FEED(fixture, "2024 1508 50 _");
    assert_null(sp_persons_table(fixture->persons, NULL, &fixture->error));
    assert_error(fixture->error, SP_ERROR_DATA, "none of 1 rows counts");
}

/* A file without its header: names of columns are then a person's. */
static void the_header_is_told_by_number_alone(void **state)
{
    Fixture *fixture = *state;
    (void)try_new(fixture, plain_layout);
    assert_no_error(fixture->error);
    assert_false(try_begin(fixture, "2024 1508 50 aaaaaaaa"));
    assert_error(fixture->error, SP_ERROR_DATA, "column \"kommune\" is not among the 4");
    assert_null(strstr(fixture->error->message, "aaaaaaaa"));
    g_clear_error(&fixture->error);
    assert_false(try_begin(fixture, "aar kommune prosent person bbbbbbbb"));
    assert_error(fixture->error, SP_ERROR_DATA,
                 "1 columns that layout pai does not name, at place 5");
    assert_null(strstr(fixture->error->message, "bbbbbbbb"));
}

static void a_column_of_years_without_end_is_refused(void **state)
{
    Fixture *fixture = *state;
    start(fixture, plain_layout, plain_header);
    for (int year = 2000; year < 2016; year++) {
        g_autofree char *row = g_strdup_printf("%d 0301 50 aaaaaaaa", year);
        assert_true(try_row(fixture, 2, row));
    }
    assert_false(try_row(fixture, 18, "2016 0301 50 aaaaaaaa"));
    assert_error(fixture->error, SP_ERROR_DATA, "more than 16 different years");
}

static void a_group_that_is_also_a_code_is_refused(void **state)
{
    Fixture *fixture = *state;
    sp_table_free(sp_tables_steal(fixture->maps, "utdanning"));
    sp_tables_add(fixture->maps, TABLE("utdanning", "from:key to:attribute",
                                       "sykepleier sykepleier", "fagarbeider sykepleier"));
    assert_false(try_new(fixture, coded_layout));
    assert_error(fixture->error, SP_ERROR_CONFIG, "both a code and a group");
}

static void lists_and_bands_that_are_not_there_are_named(void **state)
{
    Fixture *fixture = *state;
    sp_table_free(sp_tables_steal(fixture->maps, "stilling"));
    assert_false(try_new(fixture, coded_layout));
    assert_error(fixture->error, SP_ERROR_CONFIG, "config/codes/stilling.csv");
    g_clear_error(&fixture->error);
    sp_layout_free(fixture->layout);
    sp_table_free(fixture->bands);
    fixture->bands = TABLE("aldersgruppe", "liste:key kode:key fra:attribute til:attribute",
                           "andre 000-105 000 105");
    assert_false(try_new(fixture, coded_layout));
    assert_error(fixture->error, SP_ERROR_CONFIG, "no list \"ansatte\"");
}

/* Levels of the layout, in words: which rows are sums of which. */
static void the_layouts_levels_are_told_as_wholes_and_parts(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) wholes = sp_wholes_new();
    g_autoptr(SpTable) facts =
        TABLE("stillinger", "region:key alder:key yrke:key period:key personer:measure",
              "0 000-105 tot 2024-12-01 3", "0 015-034 sykepleier 2024-12-01 2",
              "0 035-054 annet 2024-12-01 1");
    start(fixture, coded_layout, coded_header);
    assert_true(sp_wholes_add(wholes, fixture->layout, fixture->maps, facts, &fixture->error));
    assert_no_error(fixture->error);
    sp_table_sort(wholes);
    /* Everybody has one age; a person may have several professions. Regions are told elsewhere, and
       what the rows have no part of is no column of sums. */
    assert_rows(wholes, "stillinger alder 000-105 015-034 sum",
                "stillinger alder 000-105 035-054 sum",
                "stillinger yrke fagutdanning fagarbeider hoeyst",
                "stillinger yrke hoeyskole sykepleier hoeyst", "stillinger yrke tot annet hoeyst",
                "stillinger yrke tot sykepleier hoeyst");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PERSON_TEST(the_layouts_levels_are_told_as_wholes_and_parts),
        PERSON_TEST(a_person_with_two_positions_counts_once_at_each_level),
        PERSON_TEST(persons_of_merged_kommuner_are_counted_and_not_added),
        PERSON_TEST(a_divided_kommune_is_restated_and_its_persons_are_missing),
        PERSON_TEST(a_part_that_joins_another_kommune_makes_its_persons_missing),
        PERSON_TEST(a_kommune_divided_between_fylker_leaves_them_missing),
        PERSON_TEST(levels_are_the_cross_product),
        PERSON_TEST(age_is_counted_on_the_last_day_of_the_data_year),
        PERSON_TEST(a_code_holds_only_in_its_years),
        PERSON_TEST(a_code_that_stands_for_all_is_nobodys),
        PERSON_TEST(rows_outside_a_filter_break_no_rule),
        PERSON_TEST(each_rule_is_counted_by_its_first_row_and_without_content),
        PERSON_TEST(embedded_nul_makes_no_code_and_no_person),
        PERSON_TEST(an_empty_quantity_may_be_none),
        PERSON_TEST(nothing_that_counts_is_an_error),
        PERSON_TEST(the_header_is_told_by_number_alone),
        PERSON_TEST(a_column_of_years_without_end_is_refused),
        PERSON_TEST(a_group_that_is_also_a_code_is_refused),
        PERSON_TEST(lists_and_bands_that_are_not_there_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
