/* The web page. */
#include "tests/check.h"
#include "tests/outputs/html/page.h"

#include "core/io/files.h"

#include <libxml/xpath.h>

static int write_once(void **state)
{
    *state = test_page_write(sp_test_package_new("nb"), NULL);
    return 0;
}

static int clean(void **state)
{
    test_page_free(*state);
    return 0;
}

static void page_begins_as_html5_in_the_packages_language(void **state)
{
    const TestPage *made = *state;
    g_autofree char *front = sp_test_file(made->folder, "index.html", NULL);
    assert_true(g_str_has_prefix(front, "<!DOCTYPE html>\n<html lang=\"nb\">"));
    assert_asked(made, "string(//page[@file='index.html']//title)",
                 "Trøndelag: Statistikkpakke for helse- og omsorgstjenesten");
    assert_asked(made, "count(//page[count(.//meta[@charset='utf-8']) != 1])", "0");
    assert_asked(made, "count(//meta[@http-equiv])", "0");
    assert_non_null(
        strstr(made->text, "Folkemengde etter kjønn og alder")); /* letters, not numbers for them */
}

static void nothing_of_the_template_is_left(void **state)
{
    assert_asked(*state, "count(//@fill | //@text | //@label)", "0");
}

static void page_is_self_contained(void **state)
{
    assert_asked(*state, "count(//img | //iframe | //style)", "0");
    assert_asked(*state, "count(//@src[contains(., ':')] | //@href[contains(., ':')])", "0");
    assert_asked(*state, "count(//script[not(@src)] | //script[@type])", "0");
}

static void one_h1_and_no_heading_skips_a_level(void **state)
{
    assert_asked(*state, "count(//page[count(.//h1) != 1])", "0");
    assert_asked(*state, "count(//page[.//h3][not(.//h2)])", "0");
    assert_asked(*state, "count(//h4)", "0");
}

/* Every address that a page names, as an attribute of it. */
static void check_address(const TestPage *made, const char *file, const char *address)
{
    g_auto(GStrv) parts = g_strsplit(address, "#", 2);
    g_autofree char *folder = g_path_get_dirname(file);
    g_autofree char *joined =
        parts[0][0] != '\0' ? g_build_filename(folder, parts[0], NULL) : g_strdup(file);
    g_autofree char *path = g_canonicalize_filename(joined, "/");
    const char *target = path + 1;
    g_autofree char *whole = g_build_filename(made->folder, target, NULL);
    if (g_str_has_prefix(target, "data/")) {
        return; /* of another format */
    }
    if (!g_file_test(whole, G_FILE_TEST_EXISTS)) {
        fail_msg("%s leads to %s, which is not there", file, address);
    }
    if (parts[1] != NULL) {
        g_autofree char *expression =
            g_strdup_printf("count(//page[@file='%s']//*[@id='%s'])", target, parts[1]);
        assert_asked(made, expression, "1");
    }
}

static void ids_are_unique_and_links_lead_to_what_is_there(void **state)
{
    const TestPage *made = *state;
    xmlXPathContext *context = xmlXPathNewContext(made->doc);
    xmlXPathObject *found =
        xmlXPathEvalExpression((const xmlChar *)"//@href | //@src | //@id", context);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    assert_true(found->nodesetval->nodeNr > 50);
    for (int i = 0; i < found->nodesetval->nodeNr; i++) {
        xmlNode *node = found->nodesetval->nodeTab[i];
        xmlChar *address = xmlNodeGetContent(node);
        xmlNode *page = node->parent;
        while (strcmp((const char *)page->name, "page") != 0) {
            page = page->parent;
        }
        xmlChar *file = xmlGetProp(page, (const xmlChar *)"file");
        if (strcmp((const char *)node->name, "id") == 0) {
            assert_true(
                g_hash_table_add(seen, g_strdup_printf("%s#%s", (char *)file, (char *)address)));
        } else {
            check_address(made, (const char *)file, (const char *)address);
        }
        xmlFree(file);
        xmlFree(address);
    }
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    assert_asked(made,
                 "count(//page[.//*[@aria-labelledby][not(@aria-labelledby = "
                 "ancestor::page//@id)]])",
                 "0");
    assert_asked(made,
                 "count(//page[@file='index.html']//a[@href='tema/befolkning.html"
                 "#tabell-befolkning'])",
                 "1");
}

static void notices_are_visible_before_all_else(void **state)
{
    assert_asked(*state, "string(//page[@file='index.html']//div[@class='notices']/p[1])",
                 "SYNTETISKE DATA");
    assert_asked(*state, "string(//page[@file='index.html']//div[@class='notices']/p[2])",
                 "Ikke for publisering");
    assert_asked(*state, "count(//page[not(.//header/div[@class='notices'])])", "0");
    assert_asked(*state, "count(//page[.//h1/following::div[@class='notices']/ancestor::page = .])",
                 "0");
}

static void every_table_has_caption_column_heads_and_row_heads(void **state)
{
    assert_asked(*state, "count(//table[not(caption)])", "0");
    assert_asked(*state, "count(//thead//th[not(@scope='col')])", "0");
    assert_asked(*state, "count(//tbody/tr[not(th[@scope='row'])])", "0");
    assert_asked(
        *state,
        "count(//div[@class='frame'][not(@tabindex='0' and @role='group' and @aria-label)])", "0");
}

static void every_line_has_as_many_cells_as_headings(void **state)
{
    assert_asked(*state, "count(//tbody/tr[count(*) != count(ancestor::table/thead/tr/th)])", "0");
}

static void periods_stand_across_and_regions_by_name(void **state)
{
    const TestPage *made = *state;
    const char *line = "//section[@id='tabell-befolkning']//tbody/tr[5]";
    g_autofree char *second = g_strconcat("string(", line, "/td[1])", NULL);
    g_autofree char *name = g_strconcat("string(", line, "/th[1])", NULL);
    assert_asked(made, "string(//section[@id='tabell-befolkning']//thead/tr/th[4])", "1.1.2024");
    assert_asked(made, "string(//section[@id='tabell-befolkning']//table/caption)",
                 "Folkemengde etter kjønn og alder. Innbyggere · SYNTETISKE DATA · Ikke for "
                 "publisering");
    assert_asked(made, name, "Trøndelag - Trööndelage");
    assert_asked(made, second, "24\u00a0549");
    assert_asked(made, "count(//section[@id='tabell-befolkning']//tbody/tr)", "24");
}

static void every_key_of_a_line_is_a_heading_of_it(void **state)
{
    assert_asked(*state, "count(//section[@id='tabell-befolkning']//tbody/tr[count(th) != 3])",
                 "0");
}

static void signs_and_flags_stand_in_the_cells(void **state)
{
    const TestPage *made = *state;
    /* 11 years: the ends and every fifth year are shown. */
    const char *table = "//section[@id='tabell-aarsverk']";
    g_autofree char *heads = g_strconcat("count(", table, "//thead//th[@class='n'])", NULL);
    g_autofree char *missing = g_strconcat("string(", table, "//tbody/tr/td[2])", NULL);
    g_autofree char *cut = g_strconcat(
        "count(", table, "/p[. = 'Bare noen av årene vises her. Alle ligger i datafilen.'])", NULL);
    g_autofree char *flag = g_strconcat("string(", table, "//tbody/tr/td[3]/sup)", NULL);
    assert_asked(made, heads, "3");
    assert_asked(made, missing, "..");
    assert_asked(made, cut, "1");
    assert_asked(made, flag, "s");
}

static void hostile_texts_are_texts(void **state)
{
    const TestPage *made = *state;
    for (gsize i = 0; sp_test_hostile[i] != NULL; i++) {
        const char *hostile = sp_test_hostile[i];
        assert_non_null(hostile);
        g_autofree char *expression = g_strdup_printf(
            "string(//section[@id='tabell-kilder']//tbody/tr[th='test/%02d']/td[1])", (int)i);
        gboolean has_control = strstr(hostile, "\x01") != NULL;
        assert_asked(made, expression, has_control ? "control \ufffd and \ufffd" : hostile);
    }
    assert_null(strstr(made->text, "<script>"));
    assert_asked(made, "string(//section[@id='tabell-befolkning']//tbody/tr[13]/th)",
                 sp_test_hostile[0]);
}

static void one_year_ages_are_left_to_the_csv_and_linked(void **state)
{
    assert_asked(*state, "count(//section[@id='tabell-framskriving_befolkning_ettaarig'])", "0");
    assert_asked(
        *state,
        "count(//page[@file='index.html']//a[@href='data/framskriving_befolkning_ettaarig.csv'])",
        "1");
}

static void each_section_links_to_all_its_figures(void **state)
{
    assert_asked(*state,
                 "count(//section[@id='tabell-befolkning']//a[@href='../data/befolkning.csv'])",
                 "1");
}

static void signs_are_explained_even_without_a_published_explanation(void **state)
{
    assert_asked(
        *state,
        "count(//section[@id='tabell-forklaring']//td[. = 'Tall kan ikke offentliggjøres'])", "1");
}

static void table_that_only_the_workbook_shows_is_said_to_be_there(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    sp_test_catalogue_set(package->catalogue, "befolkning", "html", "no");
    TestPage *made = test_page_write(package, NULL);
    const char *in_book = "Ligger i arbeidsboken for Excel og som datafil: data/befolkning.csv";
    const char *alone = "Ligger bare som datafil: data/framskriving_befolkning_ettaarig.csv";
    g_autofree char *contents =
        test_page_ask(made, "string(//page[@file='index.html']//*[@id='temaer']/..)");
    assert_has(contents, in_book);
    assert_has(contents, alone);
    test_page_free(made);
}

static void empty_table_has_a_line_in_the_contents_and_no_section(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    SpTable *full = sp_tables_steal(package->tables, "aarsverk");
    sp_tables_add(package->tables, sp_table_copy_schema(full, "aarsverk"));
    sp_table_free(full);
    TestPage *made = test_page_write(package, NULL);
    assert_asked(made, "count(//section[@id='tabell-aarsverk'])", "0");
    assert_asked(made,
                 "count(//page[@file='index.html']//li[. = 'Årsverk i omsorgstjenesten etter "
                 "profesjon. Ingen tall for dette "
                 "området.'])",
                 "1");
    test_page_free(made);
}

static void figures_at_the_top_are_rows_of_the_tables_and_lead_to_them(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    SpTable *catalogue = package->catalogue;
    sp_test_catalogue_set(catalogue, "befolkning", "overview", "innbyggere kjonn=2 alder=080-105");
    TestPage *made = test_page_write(package, NULL);
    const char *line = "//page[@file='index.html']//section[@id='noekkeltall']//tbody/tr";
    g_autofree char *n = g_strconcat("count(", line, ")", NULL);
    g_autofree char *target = g_strconcat("string(", line, "/th/a/@href)", NULL);
    g_autofree char *own = g_strconcat("string(", line, "/td[2])", NULL);
    assert_asked(made, n, "1");
    assert_asked(made, target, "tema/befolkning.html#tabell-befolkning");
    assert_asked(made, own, "35\u00a0736");
    test_page_free(made);
}

static void page_without_figures_for_the_top_has_no_empty_section(void **state)
{
    assert_asked(*state, "count(//section[not(*)])", "0");
    assert_asked(*state, "count(//section[@id='noekkeltall'])", "0");
}

static void workbook_is_linked_only_where_it_lies(void **state)
{
    const TestPage *made = *state;
    assert_asked(made, "count(//a[@href='statistikkpakke.xlsx'])", "0");
    assert_asked(made, "count(//p[@class='ways'][not(*)])", "0");
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_test_config(NULL);
    g_autoptr(SpSettings) settings = sp_settings_new(config, "package", sp_output_html.config_keys,
                                                     sp_output_html.n_config_keys);
    char *folder = g_dir_make_tmp("sp-outputs-XXXXXX", NULL);
    g_autofree char *book = g_build_filename(folder, "statistikkpakke.xlsx", NULL);
    assert_true(sp_file_write(book, "", 0, SP_MODE_PUBLIC_FILE, &error));
    assert_true(sp_output_html.write(&made->package->package, settings, folder, &error));
    g_autofree char *text = sp_test_file(folder, "index.html", NULL);
    assert_non_null(strstr(text, "<a href=\"statistikkpakke.xlsx\">"));
    sp_test_folder_remove(folder);
}

static void package_without_notices_has_no_empty_box(void **state)
{
    (void)state;
    static const char *const none[] = {NULL};
    SpTestPackage *package = sp_test_package_new("nb");
    package->package.notices = none;
    TestPage *made = test_page_write(package, NULL);
    assert_asked(made, "count(//div[@class='notices'])", "0");
    test_page_free(made);
}

static void two_runs_in_two_time_zones_and_locales_give_the_same_bytes(void **state)
{
    const TestPage *made = *state;
    sp_test_assert_same_again(&sp_output_html, &made->package->package, made->folder);
}

/* A template of the test's own in a new folder. g_free. */
static char *template_folder(const char *text)
{
    g_autoptr(GError) error = NULL;
    char *folder = g_dir_make_tmp("sp-template-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "ramme.xml", NULL);
    sp_file_write(path, text, strlen(text), 0644, &error);
    assert_no_error(error);
    g_autofree char *front = g_build_filename(folder, "forside.xml", NULL);
    sp_file_write(front, "<main/>", strlen("<main/>"), 0644, &error);
    assert_no_error(error);
    return folder;
}

static void template_is_refused(void **state, const char *text, SpErrorCode code, const char *words)
{
    const TestPage *made = *state;
    char *folder = template_folder(text);
    SpPackage package = made->package->package;
    package.template_folder = folder;
    g_autoptr(GError) error = sp_test_write_fails(&sp_output_html, &package, NULL);
    if (!g_error_matches(error, SP_ERROR, (gint)code) || strstr(error->message, words) == NULL) {
        fail_msg("error %d \"%s\"", error->code, error->message);
    }
    sp_test_folder_remove(folder);
}

static void template_with_an_unknown_filler_is_a_config_error(void **state)
{
    template_is_refused(state, "<html>\n<p fill=\"weather\"/><p fill=\"main\"/></html>",
                        SP_ERROR_CONFIG, "ramme.xml: row 2: fill=\"weather\"");
}

static void template_with_an_unknown_text_is_a_config_error(void **state)
{
    template_is_refused(state, "<html><p text=\"page.weather\"/><p fill=\"main\"/></html>",
                        SP_ERROR_CONFIG, "page.weather");
}

static void broken_template_is_told_with_its_line(void **state)
{
    template_is_refused(state, "<html>\n<p></html>", SP_ERROR_DATA, "ramme.xml");
}

static void missing_template_is_told_with_its_path(void **state)
{
    const TestPage *made = *state;
    SpPackage package = made->package->package;
    package.template_folder = "/nowhere";
    g_autoptr(GError) error = sp_test_write_fails(&sp_output_html, &package, NULL);
    assert_error(error, SP_ERROR_NO_INPUT, "/nowhere/");
}

/* Its key figures stand on page one all the same. */
static void no_link_leads_to_a_table_that_pages_do_not_show(void **state)
{
    (void)state;
    SpTestPackage *package = sp_test_package_new("nb");
    SpTable *catalogue = package->catalogue;
    sp_test_catalogue_set(catalogue, "befolkning", "overview", "innbyggere kjonn=2 alder=080-105");
    sp_test_catalogue_set(catalogue, "befolkning", "html", "no");
    TestPage *made = test_page_write(package, NULL);
    assert_asked(made, "count(//page//a[contains(@href, '#tabell-befolkning')])", "0");
    assert_asked(made, "count(//page[@file='index.html']//section[@id='noekkeltall']//tbody/tr)",
                 "1");
    test_page_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_begins_as_html5_in_the_packages_language),
        cmocka_unit_test(nothing_of_the_template_is_left),
        cmocka_unit_test(page_is_self_contained),
        cmocka_unit_test(one_h1_and_no_heading_skips_a_level),
        cmocka_unit_test(ids_are_unique_and_links_lead_to_what_is_there),
        cmocka_unit_test(no_link_leads_to_a_table_that_pages_do_not_show),
        cmocka_unit_test(notices_are_visible_before_all_else),
        cmocka_unit_test(every_table_has_caption_column_heads_and_row_heads),
        cmocka_unit_test(every_line_has_as_many_cells_as_headings),
        cmocka_unit_test(periods_stand_across_and_regions_by_name),
        cmocka_unit_test(signs_and_flags_stand_in_the_cells),
        cmocka_unit_test(hostile_texts_are_texts),
        cmocka_unit_test(one_year_ages_are_left_to_the_csv_and_linked),
        cmocka_unit_test(each_section_links_to_all_its_figures),
        cmocka_unit_test(signs_are_explained_even_without_a_published_explanation),
        cmocka_unit_test(every_key_of_a_line_is_a_heading_of_it),
        cmocka_unit_test(table_that_only_the_workbook_shows_is_said_to_be_there),
        cmocka_unit_test(empty_table_has_a_line_in_the_contents_and_no_section),
        cmocka_unit_test(figures_at_the_top_are_rows_of_the_tables_and_lead_to_them),
        cmocka_unit_test(page_without_figures_for_the_top_has_no_empty_section),
        cmocka_unit_test(workbook_is_linked_only_where_it_lies),
        cmocka_unit_test(package_without_notices_has_no_empty_box),
        cmocka_unit_test(two_runs_in_two_time_zones_and_locales_give_the_same_bytes),
        cmocka_unit_test(template_with_an_unknown_filler_is_a_config_error),
        cmocka_unit_test(template_with_an_unknown_text_is_a_config_error),
        cmocka_unit_test(broken_template_is_told_with_its_line),
        cmocka_unit_test(missing_template_is_told_with_its_path),
    };
    return cmocka_run_group_tests(tests, write_once, clean);
}
