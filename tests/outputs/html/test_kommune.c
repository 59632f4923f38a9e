/* The pages of kommuner. */
#include "tests/check.h"
#include "tests/outputs/html/page.h"

#include "outputs/alphabet.h"

#define PAGE "//page[@file='kommune/5001.html']"

/* Decisions on language as the facts have them. */
static SpTable *decisions_new(const char *const decisions[][2], gsize n)
{
    static const SpColumn columns[] = {{.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "maalform", .kind = SP_COLUMN_CODE}};
    SpTable *table = sp_table_new("spraakvedtak", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < n; i++) {
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, decisions[i][0]);
        sp_table_set_code(table, row, 1, decisions[i][1]);
    }
    return table;
}

static void each_kommune_of_the_fylke_has_a_page(void **state)
{
    (void)state;
    TestPage *made = test_page_write(sp_test_package_new("nb"), NULL);
    assert_asked(made, "count(//page[starts-with(@file, 'kommune/')])", "4");
    assert_asked(made, "string(" PAGE "//h1)", "Trondheim - Tråante");
    assert_asked(made, "string(" PAGE "//dd[1])", "5001");
    assert_asked(made, "count(//page[@file='index.html']//a[@href='kommune/5001.html'])", "1");
    test_page_free(made);
}

static void page_holds_the_kommunes_own_rows_and_no_others(void **state)
{
    (void)state;
    TestPage *made = test_page_write(sp_test_package_new("nb"), NULL);
    assert_asked(made, "count(" PAGE "//table[@data-tabell='befolkning']//tbody/tr)", "4");
    assert_asked(made, "count(" PAGE "//table[@data-tabell='aarsverk']//tbody/tr)", "1");
    assert_asked(made, "string(" PAGE "//table[@data-tabell='befolkning']//tbody/tr[1]/td[1])",
                 "36\u00a0753");
    test_page_free(made);
}

static void page_is_in_the_kommunes_own_language(void **state)
{
    (void)state;
    static const char *const decisions[][2] = {{"5001", "nn"}};
    SpTestPackage *package = sp_test_package_new("nb");
    sp_tables_add(package->tables, decisions_new(decisions, 1));
    TestPage *made = test_page_write(package, NULL);
    assert_asked(made, "string(" PAGE "/html/@lang)", "nn");
    assert_asked(made, "string(//page[@file='index.html']/html/@lang)", "nb");
    assert_asked(made, "string(" PAGE "//h2[@id='alle'])", "Alle tala for kommunen");
    test_page_free(made);
}

static void neutral_kommune_has_the_language_of_the_package(void **state)
{
    (void)state;
    static const char *const decisions[][2] = {{"5001", "noeytral"}};
    SpTestPackage *package = sp_test_package_new("nn");
    sp_tables_add(package->tables, decisions_new(decisions, 1));
    TestPage *made = test_page_write(package, NULL);
    assert_asked(made, "string(" PAGE "/html/@lang)", "nn");
    test_page_free(made);
}

/* The same as the workbook's (tests/outputs/xlsx/test_sheets.c). */
static void plan_sheet_has_the_newest_of_each_profession_and_fields_to_fill_in(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    sp_test_package_set_staffing(package);
    TestPage *made = test_page_write(package, NULL);
    const char *plan = PAGE "//section[@id='planark']";
    g_autofree char *lines = g_strconcat("count(", plan, "//tbody/tr)", NULL);
    g_autofree char *nurses = g_strconcat("string(", plan, "//tbody/tr[2]/th)", NULL);
    g_autofree char *known = g_strconcat("string(", plan, "//tbody/tr[2]/td[1])", NULL);
    g_autofree char *fields = g_strconcat("count(", plan, "//input[not(@value)])", NULL);
    assert_asked(made, lines, "2");
    assert_asked(made, nurses, "Sykepleier");
    assert_asked(made, known, ":");
    assert_asked(made, fields, "10");
    test_page_free(made);
}

static void shortage_stands_with_its_interval_and_chance_in_round_years(void **state)
{
    (void)state;
    static const SpTestNeeded needed[] = {{"5001", "logoped", 0.0}, {"5001", "sykepleier", 90.0}};
    SpTestPackage *package = sp_test_package_new("nb");
    sp_tables_add(package->tables, sp_test_gap_new(needed, G_N_ELEMENTS(needed)));
    TestPage *made = test_page_write(package, NULL);
    const char *table = PAGE "//section[@id='mangel']//table";
    g_autofree char *heads = g_strconcat("count(", table, "/thead//th)", NULL);
    g_autofree char *year = g_strconcat("string(", table, "/thead//th[4])", NULL);
    g_autofree char *lines = g_strconcat("count(", table, "/tbody/tr)", NULL);
    g_autofree char *cell = g_strconcat("string(", table, "/tbody/tr/td[3])", NULL);
    g_autofree char *chance = g_strconcat("string(", table, "/tbody/tr/td[4])", NULL);
    g_autofree char *of = g_strconcat("string(", table, "/@data-tabell)", NULL);
    assert_asked(made, heads, "5");
    assert_asked(made, year, "1.1.2035m");
    assert_asked(made, lines, "1"); /* who cannot be lacked has no line */
    assert_asked(made, cell, "17,0 (\u22123,3 til 37,0)");
    assert_asked(made, chance, "65\u00a0%");
    assert_asked(made, of, "framskriving_gap");
    test_page_free(made);
}

static void long_note_of_a_kommunes_table_is_folded(void **state)
{
    (void)state;
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "verdi", .kind = SP_COLUMN_MEASURE}};
    SpTestPackage *package = sp_test_package_new("nb");
    SpTable *table = sp_table_new("utfordringer", columns, G_N_ELEMENTS(columns));
    sp_table_set_code(table, sp_table_add_row(table), 0, "5001");
    sp_table_set_code(table, 0, 1, "use_home_80plus");
    sp_table_set_real(table, 0, 2, sp_real(0.25));
    sp_tables_add(package->tables, table);
    TestPage *made = test_page_write(package, NULL);
    const char *section = PAGE "//section[@id='utfordringer']";
    g_autofree char *folded = g_strconcat("string(", section, "/details/summary)", NULL);
    g_autofree char *named = g_strconcat("string(", section, "/@aria-labelledby)", NULL);
    assert_asked(made, folded, "Mer om tallene");
    assert_asked(made, named, "utfordringer-tittel");
    test_page_free(made);
}

/* The order is that of the package's region, so that it is the same on all its pages. */
static void professions_that_most_work_in_come_first(void **state)
{
    (void)state;
    static const SpTestNeeded needed[] = {
        {"50", "lege", 30.0},    {"50", "sykepleier", 400.0}, {"50", "vernepleier", 60.0},
        {"5001", "lege", 200.0}, {"5001", "sykepleier", 1.0}, {"5001", "vernepleier", 100.0}};
    SpTestPackage *package = sp_test_package_new("nb");
    sp_tables_add(package->tables, sp_test_gap_new(needed, G_N_ELEMENTS(needed)));
    TestPage *made = test_page_write(package, NULL);
    const char *const names[] = {"Sykepleier", "Vernepleier", "Lege"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *name = g_strdup_printf(
            "string(" PAGE "//section[@id='mangel']//tbody/tr[%" G_GSIZE_FORMAT "]/th)", i + 1);
        assert_asked(made, name, names[i]);
    }
    test_page_free(made);
}

/* All figures are modelled but one year's of one profession, where it stands beside the others. */
static void flag_of_all_professions_stands_in_the_years_heading(void **state)
{
    (void)state;
    static const SpTestNeeded needed[] = {{"5001", "lege", 2.0}, {"5001", "sykepleier", 1.0}};
    SpTestPackage *package = sp_test_package_new("nb");
    SpTable *gap = sp_test_gap_new(needed, G_N_ELEMENTS(needed));
    sp_table_set_real(gap, 1, SP_TEST_GAP, sp_real(3.0));
    sp_tables_add(package->tables, gap);
    TestPage *made = test_page_write(package, NULL);
    const char *table = PAGE "//section[@id='mangel']//table";
    g_autofree char *split = g_strconcat("string(", table, "/thead//th[2]/sup)", NULL);
    g_autofree char *shared = g_strconcat("string(", table, "/thead//th[4]/sup)", NULL);
    g_autofree char *cells = g_strconcat("count(", table, "/tbody//sup)", NULL);
    g_autofree char *which = g_strconcat("string(", table, "/tbody/tr[2]/td[1]/sup)", NULL);
    assert_asked(made, split, "");
    assert_asked(made, shared, "m");
    assert_asked(made, cells, "1");
    assert_asked(made, which, "m");
    test_page_free(made);
}

static void list_of_kommuner_is_by_name_and_the_menu_leads_to_it(void **state)
{
    (void)state;
    TestPage *made = test_page_write(sp_test_package_new("nb"), NULL);
    const char *list = "//page[@file='index.html']//section[@id='kommuner']//tbody/tr";
    assert_asked(made,
                 "count(//page[not(.//nav[@class='site']//a[contains(@href, "
                 "'index.html#kommuner')])])",
                 "0");
    for (gsize i = 1; i < 4; i++) {
        g_autofree char *one = g_strdup_printf("string(%s[%" G_GSIZE_FORMAT "]/th)", list, i);
        g_autofree char *other = g_strdup_printf("string(%s[%" G_GSIZE_FORMAT "]/th)", list, i + 1);
        g_autofree char *first = test_page_ask(made, one);
        g_autofree char *second = test_page_ask(made, other);
        assert_true(sp_alphabet_compare(first, second) < 0);
    }
    test_page_free(made);
}

/* One lacks less than half a tenth in all futures that count. */
static void professions_that_read_as_nothing_are_folded(void **state)
{
    (void)state;
    static const SpTestNeeded needed[] = {{"5001", "lege", 2.0}, {"5001", "sykepleier", 1.0}};
    SpTestPackage *package = sp_test_package_new("nb");
    SpTable *gap = sp_test_gap_new(needed, G_N_ELEMENTS(needed));
    for (gsize row = 0; row < 4; row++) {
        sp_table_set_real(gap, row, SP_TEST_GAP, sp_real(0.02));
        sp_table_set_real(gap, row, SP_TEST_GAP_LOW, sp_real(-0.049));
        sp_table_set_real(gap, row, SP_TEST_GAP_HIGH, sp_real(0.049));
    }
    sp_tables_add(package->tables, gap);
    TestPage *made = test_page_write(package, NULL);
    assert_asked(made, "count(" PAGE "//section[@id='mangel']/div//tbody/tr)", "1");
    assert_asked(made, "string(" PAGE "//section[@id='mangel']/div//tbody/tr/th)", "Sykepleier");
    assert_asked(made, "string(" PAGE "//section[@id='mangel']/details//tbody/tr/th)", "Lege");
    test_page_free(made);
}

static void sections_are_listed_below_the_facts(void **state)
{
    (void)state;
    TestPage *made = test_page_write(sp_test_package_new("nb"), NULL);
    const char *list = PAGE "//dl/following-sibling::*[1][self::nav]";
    g_autofree char *all = g_strconcat("string(", list, "//li[last() - 1]/a/@href)", NULL);
    g_autofree char *text = g_strconcat("string(", list, "//li[last() - 1])", NULL);
    assert_asked(made, all, "#alle");
    assert_asked(made, text, "Alle tallene for kommunen");
    test_page_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kommune_of_the_fylke_has_a_page),
        cmocka_unit_test(page_holds_the_kommunes_own_rows_and_no_others),
        cmocka_unit_test(page_is_in_the_kommunes_own_language),
        cmocka_unit_test(neutral_kommune_has_the_language_of_the_package),
        cmocka_unit_test(plan_sheet_has_the_newest_of_each_profession_and_fields_to_fill_in),
        cmocka_unit_test(shortage_stands_with_its_interval_and_chance_in_round_years),
        cmocka_unit_test(long_note_of_a_kommunes_table_is_folded),
        cmocka_unit_test(professions_that_most_work_in_come_first),
        cmocka_unit_test(list_of_kommuner_is_by_name_and_the_menu_leads_to_it),
        cmocka_unit_test(professions_that_read_as_nothing_are_folded),
        cmocka_unit_test(sections_are_listed_below_the_facts),
        cmocka_unit_test(flag_of_all_professions_stands_in_the_years_heading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
