/* The workbook. */
#include "tests/outputs/package.h"
#include "tests/outputs/xpath.h"

#include "core/io/files.h"
#include "core/io/xml.h"
#include "core/number.h"

#include <libxml/parser.h>
#include <locale.h>
#include <time.h>
#include <zip.h>

extern const SpOutput sp_output_xlsx;

static const char main_namespace[] = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/* Sheets in order of the small package: contents, befolkning, aarsverk, definitions. */
enum { CONTENTS = 1, POPULATION, STAFF, DEFINITIONS, N_SHEETS = DEFINITIONS };

typedef struct {
    SpTestPackage *package;
    char *folder;
    zip_t *zip;
} State;

static int write_once(void **state)
{
    State *made = g_new0(State, 1);
    made->package = sp_test_package_new("nb");
    made->folder = sp_test_write(&sp_output_xlsx, &made->package->package, NULL);
    g_autofree char *path = g_build_filename(made->folder, "statistikkpakke.xlsx", NULL);
    made->zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(made->zip);
    *state = made;
    return 0;
}

static int clean(void **state)
{
    State *made = *state;
    zip_discard(made->zip);
    sp_test_folder_remove(made->folder);
    sp_test_package_free(made->package);
    g_free(made);
    return 0;
}

static char *part(const State *made, const char *name)
{
    zip_stat_t stat;
    assert_int_equal(zip_stat(made->zip, name, 0, &stat), 0);
    char *bytes = g_malloc0(stat.size + 1);
    zip_file_t *file = zip_fopen(made->zip, name, 0);
    assert_int_equal(zip_fread(file, bytes, stat.size), stat.size);
    zip_fclose(file);
    return bytes;
}

static char *sheet_text(const State *made, int number)
{
    g_autofree char *name = g_strdup_printf("xl/worksheets/sheet%d.xml", number);
    return part(made, name);
}

static xmlDoc *parse(const char *bytes)
{
    xmlDoc *doc = xmlReadMemory(bytes, (int)strlen(bytes), NULL, NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    return doc;
}

static xmlDoc *sheet(const State *made, int number)
{
    g_autofree char *bytes = sheet_text(made, number);
    return parse(bytes);
}

/* "m:" is the main namespace. */
static char *ask(xmlDoc *doc, const char *expression)
{
    return xpath_string(doc, main_namespace, expression);
}

static void assert_cell(xmlDoc *doc, const char *place, const char *wanted)
{
    g_autofree char *expression = g_strdup_printf("string(//m:c[@r='%s'])", place);
    g_autofree char *text = ask(doc, expression);
    assert_string_equal(text, wanted);
}

static void assert_asked(xmlDoc *doc, const char *expression, const char *wanted)
{
    g_autofree char *text = ask(doc, expression);
    assert_string_equal(text, wanted);
}

static void sheets_are_contents_tables_and_definitions_last(void **state)
{
    g_autofree char *bytes = part(*state, "xl/workbook.xml");
    g_autoptr(xmlDoc) doc = parse(bytes);
    assert_asked(doc, "string(//m:sheet[1]/@name)", "Innhold");
    assert_asked(doc, "string(//m:sheet[2]/@name)", "Folkemengde");
    assert_asked(doc, "string(//m:sheet[3]/@name)", "Sykepleierårsverk");
    assert_asked(doc, "string(//m:sheet[4]/@name)", "Definisjon og forklaring");
    assert_asked(doc, "count(//m:sheet)", "4");
}

static void contents_link_to_each_sheet_and_tell_where_the_rest_is(void **state)
{
    g_autoptr(xmlDoc) doc = sheet(*state, CONTENTS);
    assert_asked(doc, "string(//m:hyperlink[@ref='A8']/@location)", "'Folkemengde'!A1");
    assert_cell(doc, "A8", "Folkemengde etter kjønn og alder");
    assert_cell(doc, "A10", "Framskrevet folkemengde i ettårig alder");
    assert_cell(doc, "C10", "Ligger bare som datafil: data/framskriving_befolkning_ettaarig.csv");
    assert_asked(doc, "count(//m:hyperlink[@ref='A10'])", "0");
    assert_asked(doc, "string(//m:hyperlink[@ref='A11']/@location)",
                 "'Definisjon og forklaring'!A1");
}

static void notices_stand_on_every_sheet_and_printed_page(void **state)
{
    for (int i = CONTENTS; i <= N_SHEETS; i++) {
        g_autofree char *bytes = sheet_text(*state, i);
        g_autoptr(xmlDoc) doc = parse(bytes);
        assert_asked(doc, "contains(string(//m:sheetData), 'SYNTETISKE DATA')", "true");
        assert_asked(doc, "contains(string(//m:sheetData), 'Ikke for publisering')", "true");
        assert_asked(doc, "string(//m:oddHeader)", "&CSYNTETISKE DATA · Ikke for publisering");
    }
}

static void header_is_frozen_with_region_and_filter(void **state)
{
    g_autoptr(xmlDoc) doc = sheet(*state, POPULATION);
    assert_asked(doc, "string(//m:pane/@ySplit)", "4");
    assert_asked(doc, "string(//m:pane/@xSplit)", "2");
    assert_asked(doc, "string(//m:pane/@state)", "frozen");
    assert_asked(doc, "string(//m:autoFilter/@ref)", "A4:F76");
    assert_cell(doc, "A4", "Region");
    assert_cell(doc, "B4", "Regionnavn");
    assert_cell(doc, "F4", "Innbyggere (personer)");
}

static void codes_stand_as_words_beside_the_figures(void **state)
{
    g_autoptr(xmlDoc) doc = sheet(*state, POPULATION);
    assert_cell(doc, "A5", "0");
    assert_asked(doc, "string(//m:c[@r='A5']/@t)", "inlineStr");
    assert_cell(doc, "B5", "Hele landet");
    assert_cell(doc, "C5", "Menn");
    assert_cell(doc, "D5", "67–79 år");
    assert_cell(doc, "E5", "2024-01-01");
    assert_cell(doc, "F5", "12345");
}

static void every_figure_equals_the_tables(void **state)
{
    const State *made = *state;
    const SpTable *table = sp_tables_find(made->package->tables, "befolkning");
    g_autoptr(xmlDoc) doc = sheet(made, POPULATION);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        char canonical[SP_NUMBER_SIZE];
        g_autofree char *place = g_strdup_printf("F%d", (int)row + 5);
        sp_number_format(sp_table_real(table, row, 4).value, canonical);
        assert_cell(doc, place, canonical);
    }
}

static void assert_number(xmlDoc *doc, const char *place, double wanted)
{
    double value = 0.0;
    g_autofree char *expression = g_strdup_printf("string(//m:c[@r='%s'][not(@t)]/m:v)", place);
    g_autofree char *text = ask(doc, expression);
    assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
    assert_near(value, wanted, 0.0);
}

static void figures_have_the_rounding_of_the_csv(void **state)
{
    g_autoptr(xmlDoc) doc = sheet(*state, STAFF);
    assert_number(doc, "D5", 2359.34);
    assert_number(doc, "D12", -0.333333333);
    assert_number(doc, "D13", 1e9);
    assert_number(doc, "D14", 0.1);
}

static void zero_is_a_number_and_the_rest_are_signs(void **state)
{
    g_autoptr(xmlDoc) doc = sheet(*state, STAFF);
    assert_number(doc, "D6", 0.0); /* zero */
    assert_number(doc, "D7", 0.0); /* below the unit */
    assert_cell(doc, "D8", ".");
    assert_cell(doc, "D9", "...");
    assert_cell(doc, "D10", "..");
    assert_cell(doc, "D11", ":");
    assert_asked(doc, "string(//m:c[@r='D11']/@t)", "inlineStr");
}

static void zero_shows_as_a_dash_but_below_unit_as_zero(void **state)
{
    g_autoptr(xmlDoc) doc = sheet(*state, STAFF);
    g_autofree char *bytes = part(*state, "xl/styles.xml");
    g_autoptr(xmlDoc) styles = parse(bytes);
    g_autofree char *zero = ask(doc, "string(//m:c[@r='D6']/@s)");
    g_autofree char *below = ask(doc, "string(//m:c[@r='D7']/@s)");
    assert_string_not_equal(zero, below);
    assert_asked(styles, "count(//m:numFmt[@formatCode='#,##0.0;-#,##0.0;\"-\"'])", "1");
    assert_asked(styles, "count(//m:numFmt[@formatCode='#,##0.0;-#,##0.0;#,##0.0'])", "1");
}

static void flags_have_a_column_of_letters_where_there_are_any(void **state)
{
    g_autoptr(xmlDoc) doc = sheet(*state, STAFF);
    assert_cell(doc, "E4", "Sykepleierårsverk, merke");
    assert_cell(doc, "E5", "");
    assert_cell(doc, "E12", "p");
    assert_cell(doc, "E14", "cb");
    g_autoptr(xmlDoc) without = sheet(*state, POPULATION);
    assert_cell(without, "G4", "");
}

static void no_cell_is_a_formula(void **state)
{
    for (int i = CONTENTS; i <= N_SHEETS; i++) {
        g_autoptr(xmlDoc) doc = sheet(*state, i);
        assert_asked(doc, "count(//m:f)", "0");
    }
}

/* Excel writes a control character as _x0001_, and escapes what already looks so. */
static const char *excel_form(const char *text)
{
    if (strcmp(text, "_x0041_") == 0) {
        return "_x005F_x0041_";
    }
    return strcmp(text, "control \x01 and \x7f") == 0 ? "control \ufffd and \ufffd" : text;
}

static void hostile_texts_are_texts(void **state)
{
    g_autoptr(xmlDoc) doc = sheet(*state, DEFINITIONS);
    for (gsize i = 0; sp_test_hostile[i] != NULL; i++) {
        g_autofree char *id = g_strdup_printf("test/%02d", (int)i);
        g_autofree char *expression =
            g_strdup_printf("string(//m:c[string(.)='%s']/following-sibling::m:c[1])", id);
        g_autofree char *text = ask(doc, expression);
        assert_string_equal(text, excel_form(sp_test_hostile[i]));
    }
    assert_asked(doc, "count(//m:hyperlink)", "0");
}

static void definitions_hold_signs_flags_and_units(void **state)
{
    g_autoptr(xmlDoc) doc = sheet(*state, DEFINITIONS);
    assert_asked(doc, "count(//m:c[string(.)='Tall kan ikke offentliggjøres'])", "1");
    assert_asked(doc, "count(//m:c[string(.)='Beregnet med en modell, ikke talt'])", "1");
    assert_asked(doc, "count(//m:c[string(.)='personer'])", "1");
}

static void creation_is_the_editions_day(void **state)
{
    g_autofree char *bytes = part(*state, "docProps/core.xml");
    assert_non_null(strstr(bytes, "2026-02-25T00:00:00Z"));
}

static void two_runs_in_two_time_zones_and_locales_give_the_same_bytes(void **state)
{
    const State *made = *state;
    gsize size[2];
    g_setenv("TZ", "Pacific/Kiritimati", TRUE);
    tzset();
    /* Where the locale is installed its decimal comma must not get into the file. */
    setlocale(LC_ALL, "nb_NO.UTF-8");
    char *again = sp_test_write(&sp_output_xlsx, &made->package->package, NULL);
    setlocale(LC_ALL, "C");
    g_unsetenv("TZ");
    tzset();
    g_autofree char *one = sp_test_file(made->folder, "statistikkpakke.xlsx", &size[0]);
    g_autofree char *two = sp_test_file(again, "statistikkpakke.xlsx", &size[1]);
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(one, two, size[0]);
    sp_test_folder_remove(again);
}

static void workbook_is_alone_in_the_folder(void **state)
{
    const State *made = *state;
    g_auto(GStrv) files = sp_folder_walk(made->folder, NULL);
    assert_int_equal(g_strv_length(files), 1);
    assert_string_equal(files[0], "statistikkpakke.xlsx");
}

static void table_beyond_the_limit_of_rows_is_left_to_its_csv(void **state)
{
    const State *made = *state;
    char *folder =
        sp_test_write(&sp_output_xlsx, &made->package->package, "package.xlsx_max_rows=71");
    State other = {.folder = folder};
    g_autofree char *path = g_build_filename(folder, "statistikkpakke.xlsx", NULL);
    other.zip = zip_open(path, ZIP_RDONLY, NULL);
    g_autoptr(xmlDoc) doc = sheet(&other, CONTENTS);
    assert_cell(doc, "C8", "Ligger bare som datafil: data/befolkning.csv");
    assert_int_equal(zip_name_locate(other.zip, "xl/worksheets/sheet4.xml", 0), -1);
    zip_discard(other.zip);
    sp_test_folder_remove(folder);
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
    State other = {.folder = sp_test_write(&sp_output_xlsx, &package->package, NULL)};
    g_autofree char *path = g_build_filename(other.folder, "statistikkpakke.xlsx", NULL);
    other.zip = zip_open(path, ZIP_RDONLY, NULL);
    g_autofree char *bytes = part(&other, "xl/workbook.xml");
    g_autoptr(xmlDoc) doc = parse(bytes);
    assert_asked(doc, "string(//m:sheet[4]/@name)", "table_with_a_name_longer_than_a");
    assert_asked(doc, "string(//m:sheet[5]/@name)", "table_with_a_name_longer_th (2)");
    zip_discard(other.zip);
    sp_test_folder_remove(other.folder);
}

static void folder_that_is_not_there_is_told(void **state)
{
    const State *made = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_test_config(NULL);
    g_autoptr(SpSettings) settings = sp_settings_new(config, "package", sp_output_xlsx.config_keys,
                                                     sp_output_xlsx.n_config_keys);
    assert_false(
        sp_output_xlsx.write(&made->package->package, settings, "/nowhere/at/all", &error));
    assert_error(error, SP_ERROR_CANT_CREATE, "/nowhere/at/all/statistikkpakke.xlsx");
}

static void limit_beyond_excel_is_a_config_error(void **state)
{
    const State *made = *state;
    g_autoptr(GError) error = sp_test_write_fails(&sp_output_xlsx, &made->package->package,
                                                  "package.xlsx_max_rows=1048576");
    assert_error(error, SP_ERROR_CONFIG, "xlsx_max_rows");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_are_contents_tables_and_definitions_last),
        cmocka_unit_test(contents_link_to_each_sheet_and_tell_where_the_rest_is),
        cmocka_unit_test(notices_stand_on_every_sheet_and_printed_page),
        cmocka_unit_test(header_is_frozen_with_region_and_filter),
        cmocka_unit_test(codes_stand_as_words_beside_the_figures),
        cmocka_unit_test(every_figure_equals_the_tables),
        cmocka_unit_test(figures_have_the_rounding_of_the_csv),
        cmocka_unit_test(zero_is_a_number_and_the_rest_are_signs),
        cmocka_unit_test(zero_shows_as_a_dash_but_below_unit_as_zero),
        cmocka_unit_test(flags_have_a_column_of_letters_where_there_are_any),
        cmocka_unit_test(no_cell_is_a_formula),
        cmocka_unit_test(hostile_texts_are_texts),
        cmocka_unit_test(definitions_hold_signs_flags_and_units),
        cmocka_unit_test(creation_is_the_editions_day),
        cmocka_unit_test(two_runs_in_two_time_zones_and_locales_give_the_same_bytes),
        cmocka_unit_test(workbook_is_alone_in_the_folder),
        cmocka_unit_test(table_beyond_the_limit_of_rows_is_left_to_its_csv),
        cmocka_unit_test(sheet_names_are_made_fit_and_unique),
        cmocka_unit_test(folder_that_is_not_there_is_told),
        cmocka_unit_test(limit_beyond_excel_is_a_config_error),
    };
    return cmocka_run_group_tests(tests, write_once, clean);
}
