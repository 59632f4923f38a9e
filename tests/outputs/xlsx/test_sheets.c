/* Sheets of tables: layout, limits, indicators, figures for the top. */
#include "tests/check.h"
#include "tests/outputs/xlsx/book.h"

#include "core/table_rows.h"

static void table_beyond_the_limit_of_rows_is_left_to_its_csv(void **state)
{
    const TestBook *made = *state;
    TestBook other = test_book_open(made->package, "package.xlsx_max_rows=23"); /* it has 24 */
    g_autoptr(xmlDoc) doc = test_book_sheet(&other, CONTENTS);
    assert_cell(doc, "C8", "Ligger bare som datafil: data/befolkning.csv");
    assert_int_equal(zip_name_locate(other.zip, "xl/worksheets/sheet4.xml", 0), -1);
    test_book_close(&other);
}

static void empty_table_has_no_sheet_and_a_line_in_the_contents(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *full = sp_tables_steal(package->tables, "aarsverk");
    sp_tables_add(package->tables, sp_table_copy_schema(full, "aarsverk"));
    sp_table_free(full);
    TestBook other = test_book_open(package, NULL);
    g_autoptr(xmlDoc) doc = test_book_sheet(&other, CONTENTS);
    assert_asked(doc, "count(//m:c[string(.)='Ingen tall for dette området.'])", "1");
    assert_int_equal(zip_name_locate(other.zip, "xl/worksheets/sheet4.xml", 0), -1);
    test_book_close(&other);
}

static void indicators_are_in_their_own_unit_and_measures_have_a_line_each(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    g_auto(GStrv) kommuner = sp_test_kommuner(2);
    sp_tables_add(package->tables, sp_test_placing_new(kommuner));
    sp_tables_add(package->tables, sp_test_users_new(kommuner, 30, 2));
    TestBook other = test_book_open(package, NULL);
    g_autoptr(xmlDoc) placing = test_book_sheet(&other, STAFF + 1);
    g_autoptr(xmlDoc) users = test_book_sheet(&other, STAFF + 2);
    g_autofree char *share = test_book_format(&other, STAFF + 1, "E9");
    g_autofree char *rate = test_book_format(&other, STAFF + 1, "E5");
    assert_cell(placing, "A9", "Andel innbyggere 80 år og over som bruker hjemmetjenester");
    assert_number(placing, "D9", 44927.0); /* 1.1.2023: both periods, not the newest alone */
    assert_cell(placing, "I4", "Signal");
    assert_true(g_str_has_prefix(share, "0.0 %"));
    assert_true(g_str_has_prefix(rate, "#,##0.0"));
    assert_cell(users, "C5", "Brukere av hjemmetjenester");
    assert_cell(users, "C6", "Beboere i institusjon");
    assert_cell(users, "D6", "100");
    /* Thirty years are too wide for a page: three pages, the first three columns on each. */
    assert_asked(users, "string(//m:pageSetup/@fitToWidth)", "3");
    g_autofree char *book = test_book_part(&other, "xl/workbook.xml");
    assert_non_null(strstr(book, "Brukere!$A:$C,Brukere!$4:$4"));
    test_book_close(&other);
}

static void long_note_begins_above_its_sheet_and_stands_whole_among_the_definitions(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    g_auto(GStrv) kommuner = sp_test_kommuner(2);
    const char *whole = sp_texts_find(package->texts, "table.plassering.note", "nb");
    sp_tables_add(package->tables, sp_test_placing_new(kommuner));
    TestBook other = test_book_open(package, NULL);
    g_autoptr(xmlDoc) placing = test_book_sheet(&other, STAFF + 1);
    g_autoptr(xmlDoc) definitions = test_book_sheet(&other, STAFF + 2);
    g_autofree char *above = test_book_ask(placing, "string(//m:c[@r='A2'])");
    g_autofree char *parts = test_book_sheet_text(&other, STAFF + 1);
    assert_true(g_str_has_prefix(above, "Verdien i hver kommune mot grensene"));
    assert_true(strlen(above) < 400 && strlen(whole) > 1000);
    assert_cell(placing, "E3", "Mer om tallene"); /* where a column is wide enough */
    assert_cell(placing, "F3", "SYNTETISKE DATA · Ikke for publisering");
    assert_has(parts, "location=\"'Definisjon og forklaring'!A3\"");
    assert_cell(definitions, "A3", sp_texts_find(package->texts, "table.plassering", "nb"));
    assert_cell(definitions, "A4", whole);
    test_book_close(&other);
}

static void kommunes_answer_is_a_number_that_reads_as_a_word(void **state)
{
    (void)state;
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "andel", .kind = SP_COLUMN_MEASURE, .unit = "share"}};
    g_autoptr(SpTestPackage) package = sp_test_package_new("nn");
    SpTable *table = sp_table_new("reform", columns, G_N_ELEMENTS(columns));
    sp_table_set_code(table, sp_table_add_row(table), 0, "5001");
    sp_table_set_code(table, 0, 1, "2024H1");
    sp_table_set_real(table, 0, 2, sp_real(1.0));
    sp_tables_add(package->tables, table);
    TestBook other = test_book_open(package, NULL);
    g_autoptr(xmlDoc) doc = test_book_sheet(&other, STAFF + 1);
    g_autofree char *format = test_book_format(&other, STAFF + 1, "C5");
    assert_number(doc, "C5", 1.0);
    assert_string_equal(format, "[=1]\"Ja\";[=0]\"Nei\";0.0 %;@");
    test_book_close(&other);
}

/* They are read as on the page, and Excel sorts and filters them by time. */
static void days_and_years_are_what_excel_counts_and_other_periods_words(void **state)
{
    (void)state;
    static const SpColumn columns[] = {
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "fra", .kind = SP_COLUMN_CODE, .classification = "period"},
        {.name = "n_punkter", .kind = SP_COLUMN_MEASURE},
        {.name = "til", .kind = SP_COLUMN_CODE, .classification = "period"}};
    static const char *const periods[][2] = {
        {"2018-12-31", "2025-12-31"}, {"2018", "2025"}, {"2022H1", "2021-2024"}};
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *table = sp_table_new("utvikling", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(periods); i++) {
        g_autofree char *id = g_strdup_printf("i%d", (int)i);
        sp_table_set_code(table, sp_table_add_row(table), 0, id);
        sp_table_set_code(table, i, 1, periods[i][0]);
        sp_table_set_code(table, i, 3, periods[i][1]);
    }
    sp_tables_add(package->tables, table);
    TestBook other = test_book_open(package, NULL);
    g_autoptr(xmlDoc) doc = test_book_sheet(&other, STAFF + 1);
    g_autofree char *day = test_book_format(&other, STAFF + 1, "C5");
    g_autofree char *year = test_book_format(&other, STAFF + 1, "C6");
    assert_number(doc, "C5", 43465.0);
    assert_number(doc, "D5", 46022.0);
    assert_string_equal(day, "d.m.yyyy");
    assert_number(doc, "C6", 2018.0);
    assert_string_equal(year, "0");
    assert_cell(doc, "C7", "1. halvår 2022");
    assert_cell(doc, "D7", "2021–2024");
    test_book_close(&other);
}

static void plan_sheet_has_a_line_for_each_kommune_and_profession_and_room_to_fill_in(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nn");
    sp_test_package_set_staffing(package);
    TestBook other = test_book_open(package, NULL);
    g_autoptr(xmlDoc) contents = test_book_sheet(&other, CONTENTS);
    g_autoptr(xmlDoc) plan = test_book_sheet(&other, CONTENTS + 1);
    assert_cell(contents, "A8", "Planark");
    assert_cell(plan, "A4", "Kommune");
    assert_cell(plan, "D4", "Heimlar");
    assert_cell(plan, "A5", "Trondheim - Tråante");
    assert_cell(plan, "B6", "Sjukepleiar");
    assert_cell(plan, "A7", sp_test_hostile[0]);
    /* The newest, of two professions and two kommuner; all professions together have no line. */
    assert_asked(plan, "count(//m:sheetData/m:row[@r > 4])", "4");
    assert_cell(plan, "C6", ":");
    /* To be filled in: empty, and no formula anywhere; a number where one is wanted. */
    assert_asked(plan, "count(//m:sheetData/m:row[@r > 4]/m:c[position() > 3])", "20");
    assert_asked(plan, "count(//m:sheetData/m:row[@r > 4]/m:c[position() > 3]/*)", "0");
    assert_asked(plan, "count(//m:f)", "0");
    assert_asked(plan, "count(//m:dataValidation[@type = 'decimal'][m:formula1 = '0'])", "4");
    assert_asked(plan, "string(//m:dataValidation[4]/@sqref)", "G5:G8");
    assert_asked(plan, "count(//m:sheetProtection[@sheet = '1'][not(@password)])", "1");
    test_book_close(&other);
}

static void country_has_no_plan_sheet(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    sp_test_package_set_staffing(package);
    package->package.region = "0";
    TestBook other = test_book_open(package, NULL);
    g_autofree char *book = test_book_part(&other, "xl/workbook.xml");
    assert_null(strstr(book, "Planark"));
    test_book_close(&other);
}

static void sheet_tells_the_years_it_leaves_out_and_where_they_are(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    sp_test_catalogue_set(package->catalogue, "befolkning", "xlsx", "years:0/5");
    SpTable *table = sp_tables_find(package->tables, "befolkning");
    gsize period = sp_table_find(table, "period");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, period), "2025-01-01") == 0) {
            sp_table_set_code(table, row, period, "2027-01-01"); /* 2026 alone is left out */
        }
    }
    sp_table_sort(table);
    TestBook other = test_book_open(package, NULL);
    g_autofree char *text = test_book_sheet_text(&other, CONTENTS + 1);
    assert_non_null(strstr(text, "Ikke vist her: 2026. Alle årene ligger i data/befolkning.csv."));
    test_book_close(&other);
}

static void figures_for_the_top_have_a_sheet_after_the_contents(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    sp_test_catalogue_set(package->catalogue, "befolkning", "overview",
                          "innbyggere kjonn=2 alder=080-105");
    TestBook other = test_book_open(package, NULL);
    g_autoptr(xmlDoc) doc = test_book_sheet(&other, CONTENTS + 1);
    g_autoptr(xmlDoc) contents = test_book_sheet(&other, CONTENTS);
    assert_cell(doc, "A1", "Nøkkeltall");
    assert_cell(doc, "A5", "Folkemengde: Kvinner, 80 år og eldre");
    assert_cell(doc, "B5", "1.1.2026");
    assert_cell(doc, "C5", "35736");
    assert_cell(doc, "D5", "23532");
    assert_asked(contents, "string(//m:hyperlink[@ref='A8']/@location)", "'Nøkkeltall'!A1");
    test_book_close(&other);
}

static void what_is_unwanted_has_a_sheet_and_says_where_nobody_is(void **state)
{
    (void)state;
    const gsize judged[] = {2};
    g_auto(GStrv) kommuner = sp_test_kommuner(2);
    g_autoptr(SpTestPackage) some = sp_test_package_new("nb");
    g_autoptr(SpTestPackage) none = sp_test_package_new("nb");
    sp_tables_add(some->tables, sp_test_residual_new(kommuner, judged, G_N_ELEMENTS(judged)));
    sp_tables_add(none->tables, sp_test_residual_new(kommuner, NULL, 0));
    TestBook with = test_book_open(some, NULL);
    TestBook without = test_book_open(none, NULL);
    g_autoptr(xmlDoc) doc = test_book_sheet(&with, CONTENTS + 1);
    g_autoptr(xmlDoc) contents = test_book_sheet(&with, CONTENTS);
    g_autofree char *said = test_book_sheet_text(&without, CONTENTS + 1);
    assert_asked(contents, "string(//m:hyperlink[@ref='A8']/@location)", "'Uønsket variasjon'!A1");
    assert_cell(doc, "A1", "Hvilken variasjon er uønsket her?");
    assert_cell(doc, "B5", "1101");
    assert_asked(doc, "count(//m:sheetData/m:row[@r > 4])", "1");
    assert_non_null(strstr(said, "Ingen kommune her skiller seg ut på den ugunstige siden på"));
    test_book_close(&with);
    test_book_close(&without);
}

static void sheet_names_are_made_fit_and_unique(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    /* Two tables that the catalogue of texts does not know fall back on their names, here cut to
     * the same 31 characters. */
    g_autoptr(SpTable) catalogue = sp_table_copy(package->catalogue);
    static const char *const names[] = {"table_with_a_name_longer_than_any_sheet_1",
                                        "table_with_a_name_longer_than_any_sheet_2"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        SpTable *table = sp_table_copy(sp_tables_find(package->tables, "aarsverk"));
        sp_table_set_name(table, names[i]);
        sp_tables_add(package->tables, table);
        gsize row = sp_table_add_row(catalogue);
        sp_table_set_code(catalogue, row, sp_table_find(catalogue, "name"), names[i]);
        sp_table_set_code(catalogue, row, sp_table_find(catalogue, "xlsx"), "yes");
    }
    package->package.catalogue = catalogue;
    TestBook other = test_book_open(package, NULL);
    g_autofree char *bytes = test_book_part(&other, "xl/workbook.xml");
    g_autoptr(xmlDoc) doc = test_book_parse(bytes);
    assert_asked(doc, "string(//m:sheet[4]/@name)", "table_with_a_name_longer_than_a");
    assert_asked(doc, "string(//m:sheet[5]/@name)", "table_with_a_name_longer_th (2)");
    test_book_close(&other);
}

static void header_is_frozen_with_the_keys_and_filter(void **state)
{
    g_autoptr(xmlDoc) doc = test_book_sheet(*state, POPULATION);
    assert_asked(doc, "string(//m:pane/@ySplit)", "4");
    assert_asked(doc, "string(//m:pane/@xSplit)", "4");
    assert_asked(doc, "string(//m:pane/@state)", "frozen");
    assert_asked(doc, "string(//m:autoFilter/@ref)", "A4:G28");
    assert_cell(doc, "A4", "Region");
    assert_cell(doc, "B4", "Regionnavn");
    assert_cell(doc, "E4", "1.1.2024");
    assert_cell(doc, "G4", "1.1.2026");
}

static void column_of_texts_is_as_wide_as_the_longest(void **state)
{
    g_autoptr(xmlDoc) doc = test_book_sheet(*state, POPULATION);
    assert_cell(doc, "B13", "Trondheim - Tråante");
    assert_asked(doc, "//m:col[@min<=2 and @max>=2]/@width > 23", "true"); /* Trøndelag's */
}

static void header_and_note_are_high_enough(void **state)
{
    g_autoptr(xmlDoc) doc = test_book_sheet(*state, STAFF);
    assert_asked(doc, "number(//m:row[@r='2']/@ht) > 30", "true");
    assert_asked(doc, "count(//m:mergeCell[starts-with(@ref, 'A2:')])", "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_beyond_the_limit_of_rows_is_left_to_its_csv),
        cmocka_unit_test(empty_table_has_no_sheet_and_a_line_in_the_contents),
        cmocka_unit_test(indicators_are_in_their_own_unit_and_measures_have_a_line_each),
        cmocka_unit_test(long_note_begins_above_its_sheet_and_stands_whole_among_the_definitions),
        cmocka_unit_test(kommunes_answer_is_a_number_that_reads_as_a_word),
        cmocka_unit_test(days_and_years_are_what_excel_counts_and_other_periods_words),
        cmocka_unit_test(plan_sheet_has_a_line_for_each_kommune_and_profession_and_room_to_fill_in),
        cmocka_unit_test(country_has_no_plan_sheet),
        cmocka_unit_test(sheet_tells_the_years_it_leaves_out_and_where_they_are),
        cmocka_unit_test(figures_for_the_top_have_a_sheet_after_the_contents),
        cmocka_unit_test(what_is_unwanted_has_a_sheet_and_says_where_nobody_is),
        cmocka_unit_test(sheet_names_are_made_fit_and_unique),
        cmocka_unit_test(header_is_frozen_with_the_keys_and_filter),
        cmocka_unit_test(column_of_texts_is_as_wide_as_the_longest),
        cmocka_unit_test(header_and_note_are_high_enough),
    };
    return cmocka_run_group_tests(tests, test_book_setup, test_book_teardown);
}
