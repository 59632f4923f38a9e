/* Long tables and indicators on the pages of themes. */
#include "tests/check.h"
#include "tests/outputs/html/page.h"

static void long_table_shows_own_region_and_country_and_folds_kommuner(void **state)
{
    (void)state;
    TestPage *made = test_page_write(sp_test_package_new("nb"), "package.html_max_rows=10");
    const char *section = "//section[@id='tabell-befolkning']";
    g_autofree char *upper = g_strconcat("count(", section, "/div//tbody/tr)", NULL);
    g_autofree char *first = g_strconcat("string(", section, "/div//tbody/tr[1]/th)", NULL);
    g_autofree char *folded = g_strconcat("count(", section, "/details)", NULL);
    g_autofree char *lines = g_strconcat("count(", section, "/details[1]//tbody/tr)", NULL);
    g_autofree char *name = g_strconcat("string(", section, "/details[1]/summary)", NULL);
    g_autofree char *period = g_strconcat("string(", section, "/details[1]//tbody/tr/th[4])", NULL);
    assert_asked(made, upper, "8");
    assert_asked(made, first, "Trøndelag - Trööndelage"); /* one's own before the country */
    assert_asked(made, folded, "1");
    assert_asked(made, name, "Kommuner");
    assert_asked(made, lines, "16"); /* four kommuner, each with its newest figures alone */
    assert_asked(made, period, "1.1.2026");
    test_page_free(made);
}

static void what_a_page_cannot_bear_stands_on_the_pages_of_kommuner(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nn");
    g_auto(GStrv) kommuner = sp_test_kommuner(70);
    package->package.region = "11";
    sp_tables_add(package->tables, sp_test_users_new(kommuner, 8, 2));
    TestPage *made = test_page_write(package, "package.html_max_details=69");
    assert_asked(made, "count(//section[@id='tabell-brukere']/details)", "0");
    assert_asked(made,
                 "count(//section[@id='tabell-brukere']/p[. = 'Tala for kvar kommune står på "
                 "kommunen si eiga side, og alle ligg i datafila.'])",
                 "1");
    test_page_free(made);
}

/* What is years ahead has no newest figure that would say anything of a kommune beside others. */
static void projection_tells_of_ones_own_region_alone(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    SpTable *catalogue = package->catalogue;
    sp_test_catalogue_set(catalogue, "befolkning", "html", "bands own");
    TestPage *made = test_page_write(package, "package.html_max_rows=10");
    assert_asked(made, "count(//section[@id='tabell-befolkning']/details)", "0");
    assert_asked(made, "count(//section[@id='tabell-befolkning']//tbody/tr)", "8");
    test_page_free(made);
}

/* A package with two kommuner in two tables that the small one lacks. */
static TestPage *write_indicators(gsize n_kommuner, const char *region)
{
    SpTestPackage *package = sp_test_package_new("nb");
    g_auto(GStrv) kommuner = sp_test_kommuner(n_kommuner);
    package->package.region = region;
    sp_tables_add(package->tables, sp_test_placing_new(kommuner));
    sp_tables_add(package->tables, sp_test_users_new(kommuner, 8, 2));
    return test_page_write(package, NULL);
}

static void each_indicator_has_a_table_with_its_newest_figures_in_its_own_unit(void **state)
{
    (void)state;
    TestPage *made = write_indicators(2, "11");
    const char *share = "//section[@id='tabell-plassering']//table[starts-with(caption, 'Andel')]";
    const char *rate = "//section[@id='tabell-plassering']//table[starts-with(caption, 'Syke')]";
    g_autofree char *figure = g_strconcat("string(", share, "/tbody/tr[1]/td[1])", NULL);
    g_autofree char *limit = g_strconcat("string(", share, "/tbody/tr[1]/td[3])", NULL);
    g_autofree char *signal = g_strconcat("string(", share, "/tbody/tr[1]/td[5])", NULL);
    g_autofree char *lines = g_strconcat("count(", share, "/tbody/tr)", NULL);
    g_autofree char *plain = g_strconcat("string(", rate, "/tbody/tr[1]/td[1])", NULL);
    g_autofree char *columns = g_strconcat("count(", rate, "/thead//th)", NULL);
    assert_asked(made, "count(//section[@id='tabell-plassering']//table)", "3");
    assert_asked(made, lines, "2");
    assert_asked(made, figure, "28,6\u00a0%");
    assert_asked(made, limit, "24,6\u00a0%");
    assert_asked(made, signal, "Over 95-prosentgrensen");
    assert_asked(made, plain, "67,1");
    assert_asked(made, columns, "3"); /* no limits, no signal: region, period, value */
    test_page_free(made);
}

static void flag_of_a_whole_column_stands_in_its_heading(void **state)
{
    (void)state;
    TestPage *made = write_indicators(2, "11");
    const char *table = "//section[@id='tabell-plassering']//table[starts-with(caption, 'Andel')]";
    g_autofree char *head = g_strconcat("string(", table, "/thead//th[4]/sup)", NULL);
    g_autofree char *cells = g_strconcat("count(", table, "//td/sup)", NULL);
    g_autofree char *text =
        test_page_ask(made, "string(//section[@id='tabell-plassering']/p[@class='legend'])");
    assert_asked(made, head, "m");
    assert_asked(made, cells, "0");
    assert_non_null(strstr(text, "m = Beregnet med en modell, ikke talt"));
    test_page_free(made);
}

static void newest_figures_of_several_measures_stand_side_by_side(void **state)
{
    (void)state;
    TestPage *made = write_indicators(70, "11"); /* 140 lines with periods across */
    const char *section = "//section[@id='tabell-brukere']";
    g_autofree char *folded = g_strconcat("count(", section, "/details)", NULL);
    g_autofree char *lines = g_strconcat("count(", section, "/details[1]//tbody/tr)", NULL);
    g_autofree char *figures = g_strconcat("count(", section, "/details[1]//tbody/tr[1]/td)", NULL);
    assert_asked(made, folded, "1");
    assert_asked(made, lines, "70");
    assert_asked(made, figures, "2");
    test_page_free(made);
}

static void circles_that_are_too_long_are_told(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    g_auto(GStrv) kommuner = sp_test_kommuner(130);
    package->package.region = "0"; /* whose package has no pages of kommuner */
    sp_tables_add(package->tables, sp_test_users_new(kommuner, 8, 2));
    TestPage *made = test_page_write(package, "package.html_max_details=129");
    assert_asked(made, "count(//section[@id='tabell-brukere']/details)", "0");
    assert_has(made->text, "Tabellen er for lang til å vises i sin helhet her.");
    assert_asked(made, "count(//page[starts-with(@file, 'kommune/')])", "0");
    test_page_free(made);
}

/* `variasjon` of three indicators in three years. */
static SpTable *variation_new(void)
{
    static const SpColumn columns[] = {
        {.name = "indikator",
         .kind = SP_COLUMN_CODE,
         .is_key = TRUE,
         .classification = "indikator"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "n_kommuner", .kind = SP_COLUMN_MEASURE, .unit = "kommuner"},
        {.name = "cv", .kind = SP_COLUMN_MEASURE, .unit = "ratio"}};
    static const char *const indicators[] = {"pers_nurse_fte_p10k", "use_home_80plus",
                                             "use_inst_80plus"};
    static const char *const years[] = {"2022", "2023", "2024"};
    SpTable *table = sp_table_new("variasjon", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(indicators) * G_N_ELEMENTS(years); i++) {
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, indicators[i / G_N_ELEMENTS(years)]);
        sp_table_set_code(table, row, 1, years[i % G_N_ELEMENTS(years)]);
        sp_table_set_real(table, row, 2, sp_real(350.0 + (double)i));
        sp_table_set_real(table, row, 3, sp_real(0.25));
    }
    return table;
}

static void indicators_that_are_too_many_have_their_newest_figures(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    sp_tables_add(package->tables, variation_new());
    TestPage *made = test_page_write(package, "package.html_max_details=5");
    const char *section = "//section[@id='tabell-variasjon']";
    g_autofree char *lines = g_strconcat("count(", section, "//tbody/tr)", NULL);
    g_autofree char *year = g_strconcat("string(", section, "//tbody/tr[2]/th[2])", NULL);
    g_autofree char *figure = g_strconcat("string(", section, "//tbody/tr[2]/td[1])", NULL);
    g_autofree char *cut =
        g_strconcat("count(", section,
                    "/p[. = 'Bare noen av årene vises her. Alle ligger i datafilen.'])", NULL);
    assert_asked(made, lines, "3");
    assert_asked(made, year, "2024");
    assert_asked(made, figure, "355");
    assert_asked(made, cut, "1");
    test_page_free(made);
}

/* What to know of the figures stands before them; what more there is to know can be opened. */
static void long_note_is_folded_after_its_second_sentence(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    sp_tables_add(package->tables, variation_new());
    TestPage *made = test_page_write(package, NULL);
    const char *section = "//section[@id='tabell-variasjon']";
    g_autofree char *lead = g_strconcat("string(", section, "/p[1])", NULL);
    g_autofree char *title = g_strconcat("string(", section, "/details[1]/summary)", NULL);
    g_autofree char *rest = g_strconcat(
        "starts-with(", section, "/details[1]/p, 'Om bare tilfeldigheter skilte kommunene')", NULL);
    assert_asked(made, lead,
                 "Mål på hvor mye kommunene i hele landet skiller seg fra hverandre. Mål som ikke "
                 "kan brukes på en indikator, har punktum.");
    assert_asked(made, title, "Mer om tallene");
    assert_asked(made, rest, "true");
    assert_asked(made, "count(//section[@id='tabell-aarsverk']/details)", "0");
    test_page_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_table_shows_own_region_and_country_and_folds_kommuner),
        cmocka_unit_test(what_a_page_cannot_bear_stands_on_the_pages_of_kommuner),
        cmocka_unit_test(projection_tells_of_ones_own_region_alone),
        cmocka_unit_test(each_indicator_has_a_table_with_its_newest_figures_in_its_own_unit),
        cmocka_unit_test(flag_of_a_whole_column_stands_in_its_heading),
        cmocka_unit_test(newest_figures_of_several_measures_stand_side_by_side),
        cmocka_unit_test(circles_that_are_too_long_are_told),
        cmocka_unit_test(indicators_that_are_too_many_have_their_newest_figures),
        cmocka_unit_test(long_note_is_folded_after_its_second_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
