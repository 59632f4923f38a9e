/* Long tables, indicators and tables of several measures on the page. */
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
    g_autofree char *heads = g_strconcat("count(", section, "/details[1]//thead//th)", NULL);
    assert_asked(made, upper, "8");
    assert_asked(made, first, "Trøndelag - Trööndelage"); /* one's own before the country */
    assert_asked(made, folded, "4");
    assert_asked(made, lines, "4");
    assert_asked(made, name, "Trondheim - Tråante");
    assert_asked(made, heads, "5");
    assert_asked(made, "count(//h3)", "1");
    test_page_free(made);
}

static void too_long_for_the_page_says_so_and_links(void **state)
{
    (void)state;
    TestPage *made = test_page_write(sp_test_package_new("nn"), "package.html_max_rows=1");
    test_page_free(made);
    g_autoptr(SpTestPackage) package = sp_test_package_new("nn");
    g_autoptr(SpConfig) config = sp_test_config("package.html_max_rows=1");
    g_autoptr(GError) error = NULL;
    sp_config_set(config, "test", "package.html_max_kommuner=0", &error);
    g_autoptr(SpSettings) settings = sp_settings_new(config, "package", sp_output_html.config_keys,
                                                     sp_output_html.n_config_keys);
    char *folder = g_dir_make_tmp("sp-outputs-XXXXXX", NULL);
    assert_true(sp_output_html.write(&package->package, settings, folder, &error));
    g_autofree char *text = sp_test_file(folder, "index.html", NULL);
    assert_non_null(strstr(text, "Tabellen er for lang til å visast i sin heilskap her."));
    assert_null(strstr(text, "<summary>Trondheim"));
    sp_test_folder_remove(folder);
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

static void long_table_of_several_measures_has_a_table_for_each(void **state)
{
    (void)state;
    TestPage *made = write_indicators(70, "11"); /* 140 lines */
    const char *section = "//section[@id='tabell-brukere']";
    g_autofree char *folded = g_strconcat("count(", section, "/details)", NULL);
    g_autofree char *name = g_strconcat("string(", section, "/details[1]/summary)", NULL);
    g_autofree char *lines = g_strconcat("count(", section, "/details[1]//tbody/tr)", NULL);
    assert_asked(made, folded, "2");
    assert_asked(made, name, "Brukere av hjemmetjenester");
    assert_asked(made, lines, "70");
    test_page_free(made);
}

/* A thousand full stops say no more than none. */
static void a_measure_that_cannot_occur_has_no_table(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    g_auto(GStrv) kommuner = sp_test_kommuner(70);
    SpTable *users = sp_test_users_new(kommuner, 8, 2);
    package->package.region = "11";
    for (gsize row = 0; row < sp_table_n_rows(users); row++) {
        gsize last = sp_table_n_columns(users) - 1;
        sp_table_set_real(users, row, last, sp_real_none(SP_NOT_APPLICABLE));
    }
    sp_tables_add(package->tables, users);
    TestPage *made = test_page_write(package, NULL);
    assert_asked(made, "count(//section[@id='tabell-brukere']/details)", "1");
    test_page_free(made);
}

/* Lines of the first measure of 50 kommuner and 17 KOSTRA groups, with two measures each. */
static char *lines_within(const char *limit)
{
    enum { N_KOMMUNER = 50, N_GROUPS = 17 };
    SpTestPackage *package = sp_test_package_new("nb");
    g_auto(GStrv) kommuner = sp_test_kommuner(N_KOMMUNER);
    g_autoptr(GPtrArray) regions = g_ptr_array_new();
    g_auto(GStrv) groups = g_new0(char *, N_GROUPS + 1);
    for (int i = 0; i < N_KOMMUNER; i++) {
        g_ptr_array_add(regions, kommuner[i]);
    }
    for (int i = 0; i < N_GROUPS; i++) {
        groups[i] = g_strdup_printf("EKG%02d", i + 1);
        g_ptr_array_add(regions, groups[i]);
    }
    g_ptr_array_add(regions, NULL);
    package->package.region = "11";
    sp_tables_add(package->tables, sp_test_users_new((char **)regions->pdata, 8, 2));
    TestPage *made = test_page_write(package, limit);
    char *lines =
        test_page_ask(made, "count(//section[@id='tabell-brukere']/details[1]//tbody/tr)");
    test_page_free(made);
    return lines;
}

static void groups_give_way_before_kommuner(void **state)
{
    (void)state;
    g_autofree char *all = lines_within("package.html_max_details=1000");
    g_autofree char *some = lines_within("package.html_max_details=120");
    assert_string_equal(all, "67");
    assert_string_equal(some, "50");
}

static void page_of_the_whole_country_weighs_at_most_a_megabyte_and_a_half(void **state)
{
    enum { N_KOMMUNER = 357, MAX_BYTES = 1500000 };
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    g_auto(GStrv) kommuner = sp_test_kommuner(N_KOMMUNER);
    package->package.region = "0";
    sp_tables_add(package->tables, sp_test_placing_new(kommuner));
    for (gsize i = 0; i < 4; i++) { /* more than a page can bear */
        static const char *const names[] = {"brukere", "plasser", "ressurser", "aarsverk_yrke"};
        SpTable *table = sp_test_users_new(kommuner, 8, 5);
        sp_table_set_name(table, names[i]);
        sp_tables_add(package->tables, table);
    }
    TestPage *made = test_page_write(package, "package.html_max_details=5000");
    assert_true(strlen(made->text) < MAX_BYTES);
    /* What is left out is told, and the tables by which kommuner are compared are there. */
    assert_non_null(strstr(made->text, "Tabellen er for lang til å vises i sin helhet her."));
    assert_asked(made, "count(//section[@id='tabell-plassering']//tbody/tr)", "1071");
    test_page_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_table_shows_own_region_and_country_and_folds_kommuner),
        cmocka_unit_test(too_long_for_the_page_says_so_and_links),
        cmocka_unit_test(each_indicator_has_a_table_with_its_newest_figures_in_its_own_unit),
        cmocka_unit_test(flag_of_a_whole_column_stands_in_its_heading),
        cmocka_unit_test(long_table_of_several_measures_has_a_table_for_each),
        cmocka_unit_test(a_measure_that_cannot_occur_has_no_table),
        cmocka_unit_test(groups_give_way_before_kommuner),
        cmocka_unit_test(page_of_the_whole_country_weighs_at_most_a_megabyte_and_a_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
