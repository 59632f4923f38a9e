/* The pages of kommuner. */
#include "tests/check.h"
#include "tests/outputs/html/page.h"

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

/* Need less supply of two professions, of which one has no need; intervals around the first. */
static SpTable *gap_new(void)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "profesjon"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "etterspoersel", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "tilbud", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "gap", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "p05", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "p95", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "sannsynlighet_mangel", .kind = SP_COLUMN_MEASURE, .unit = "share"}};
    static const char *const professions[] = {"logoped", "sykepleier"};
    static const char *const days[] = {"2026-01-01", "2030-01-01", "2031-01-01", "2035-01-01"};
    SpTable *table = sp_table_new("framskriving_gap", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(professions) * G_N_ELEMENTS(days); i++) {
        gsize row = sp_table_add_row(table);
        double gap = 10.0 + (double)i;
        gboolean is_known = i >= G_N_ELEMENTS(days);
        sp_table_set_code(table, row, 0, "5001");
        sp_table_set_code(table, row, 1, professions[i / G_N_ELEMENTS(days)]);
        sp_table_set_code(table, row, 2, days[i % G_N_ELEMENTS(days)]);
        for (gsize column = 3; column < G_N_ELEMENTS(columns); column++) {
            sp_table_set_real(table, row, column, sp_real_none(SP_NOT_APPLICABLE));
        }
        if (is_known) {
            sp_table_set_real(table, row, 5, sp_real(gap));
            sp_table_set_real(table, row, 6, sp_real(gap - 20.3));
            sp_table_set_real(table, row, 7, sp_real(gap + 20.0));
            sp_table_set_real(table, row, 8, sp_real(0.65));
        }
    }
    return table;
}

static void shortage_stands_with_its_interval_and_chance_in_round_years(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    sp_tables_add(package->tables, gap_new());
    TestPage *made = test_page_write(package, NULL);
    const char *table = PAGE "//section[@id='mangel']//table";
    g_autofree char *heads = g_strconcat("count(", table, "/thead//th)", NULL);
    g_autofree char *year = g_strconcat("string(", table, "/thead//th[4])", NULL);
    g_autofree char *lines = g_strconcat("count(", table, "/tbody/tr)", NULL);
    g_autofree char *cell = g_strconcat("string(", table, "/tbody/tr/td[3])", NULL);
    g_autofree char *chance = g_strconcat("string(", table, "/tbody/tr/td[4])", NULL);
    g_autofree char *of = g_strconcat("string(", table, "/@data-tabell)", NULL);
    assert_asked(made, heads, "5");
    assert_asked(made, year, "1.1.2035");
    assert_asked(made, lines, "1"); /* who cannot be lacked has no line */
    assert_asked(made, cell, "17,0 (\u22123,3 til 37,0)");
    assert_asked(made, chance, "65\u00a0%");
    assert_asked(made, of, "framskriving_gap");
    test_page_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kommune_of_the_fylke_has_a_page),
        cmocka_unit_test(page_holds_the_kommunes_own_rows_and_no_others),
        cmocka_unit_test(page_is_in_the_kommunes_own_language),
        cmocka_unit_test(neutral_kommune_has_the_language_of_the_package),
        cmocka_unit_test(shortage_stands_with_its_interval_and_chance_in_round_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
