/* The workbook. */
#include "tests/check.h"
#include "tests/outputs/xlsx/book.h"

#include "core/io/files.h"
#include "core/number.h"
#include "outputs/xlsx/level.h"

#include <zlib.h>

static void sheets_are_contents_tables_and_definitions_last(void **state)
{
    g_autofree char *bytes = test_book_part(*state, "xl/workbook.xml");
    g_autoptr(xmlDoc) doc = test_book_parse(bytes);
    assert_asked(doc, "string(//m:sheet[1]/@name)", "Innhold");
    assert_asked(doc, "string(//m:sheet[2]/@name)", "Folkemengde");
    assert_asked(doc, "string(//m:sheet[3]/@name)", "Årsverk");
    assert_asked(doc, "string(//m:sheet[4]/@name)", "Definisjon og forklaring");
    assert_asked(doc, "count(//m:sheet)", "4");
}

static void contents_link_to_each_sheet_and_tell_where_the_rest_is(void **state)
{
    g_autoptr(xmlDoc) doc = test_book_sheet(*state, CONTENTS);
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
        g_autofree char *bytes = test_book_sheet_text(*state, i);
        g_autoptr(xmlDoc) doc = test_book_parse(bytes);
        assert_asked(doc, "contains(string(//m:sheetData), 'SYNTETISKE DATA')", "true");
        assert_asked(doc, "contains(string(//m:sheetData), 'Ikke for publisering')", "true");
        assert_asked(doc, "string(//m:oddHeader)", "&CSYNTETISKE DATA · Ikke for publisering");
    }
}

static void codes_stand_as_words_before_the_figures(void **state)
{
    g_autoptr(xmlDoc) doc = test_book_sheet(*state, POPULATION);
    assert_cell(doc, "A5", "0");
    assert_asked(doc, "string(//m:c[@r='A5']/@t)", "inlineStr");
    assert_cell(doc, "B5", "Hele landet");
    assert_cell(doc, "C5", "Menn");
    assert_cell(doc, "D5", "67–79 år");
    assert_cell(doc, "E5", "12345");
}

static void every_figure_equals_the_tables(void **state)
{
    const TestBook *made = *state;
    const SpTable *table = sp_tables_find(made->package->tables, "befolkning");
    g_autoptr(xmlDoc) doc = test_book_sheet(made, POPULATION);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        char canonical[SP_NUMBER_SIZE];
        g_autofree char *place = g_strdup_printf("%c%d", 'E' + (int)(row % 3), (int)row / 3 + 5);
        sp_number_format(sp_table_real(table, row, 4).value, canonical);
        assert_cell(doc, place, canonical);
    }
}

static void figures_have_the_rounding_of_the_csv(void **state)
{
    g_autoptr(xmlDoc) doc = test_book_sheet(*state, STAFF);
    assert_number(doc, "C5", 2359.34);
    assert_number(doc, "J5", -0.333333333);
    assert_number(doc, "K5", 1e9);
    assert_number(doc, "L5", 0.1);
}

static void zero_is_a_number_and_the_rest_are_signs(void **state)
{
    g_autoptr(xmlDoc) doc = test_book_sheet(*state, STAFF);
    assert_number(doc, "D5", 0.0); /* zero */
    assert_number(doc, "E5", 0.0); /* below the unit */
    assert_cell(doc, "F5", ".");
    assert_cell(doc, "G5", "...");
    assert_cell(doc, "H5", "..");
    assert_cell(doc, "I5", ":");
    assert_asked(doc, "string(//m:c[@r='I5']/@t)", "inlineStr");
}

static void zero_shows_as_a_dash_but_below_unit_as_zero(void **state)
{
    g_autofree char *zero = test_book_format(*state, STAFF, "D5");
    g_autofree char *below = test_book_format(*state, STAFF, "E5");
    assert_string_equal(zero, "#,##0.0_ _n;-#,##0.0_ _n;\"-\"_ _n;@_ _n");
    assert_string_equal(below, "#,##0.0_ _n;-#,##0.0_ _n;#,##0.0_ _n;@_ _n");
}

/* The cell stays a number: the letters are of its format. */
static void flags_are_shown_behind_the_figure(void **state)
{
    g_autofree char *one = test_book_format(*state, STAFF, "J5");
    g_autofree char *two = test_book_format(*state, STAFF, "L5");
    g_autofree char *none = test_book_format(*state, POPULATION, "E5");
    g_autoptr(xmlDoc) doc = test_book_sheet(*state, STAFF);
    assert_non_null(strstr(one, "#,##0.0\" p\";"));
    assert_non_null(strstr(two, "#,##0.0\" cb\";"));
    assert_string_equal(none, "#,##0;-#,##0;\"-\";@"); /* no flags in that sheet: no room for any */
    assert_asked(doc, "contains(string(//m:c[@r='A2']), 'p = Foreløpig tall')", "true");
}

static void no_cell_is_a_formula(void **state)
{
    for (int i = CONTENTS; i <= N_SHEETS; i++) {
        g_autoptr(xmlDoc) doc = test_book_sheet(*state, i);
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
    g_autoptr(xmlDoc) doc = test_book_sheet(*state, DEFINITIONS);
    for (gsize i = 0; sp_test_hostile[i] != NULL; i++) {
        g_autofree char *id = g_strdup_printf("test/%02d", (int)i);
        g_autofree char *expression =
            g_strdup_printf("string(//m:c[string(.)='%s']/following-sibling::m:c[1])", id);
        g_autofree char *text = test_book_ask(doc, expression);
        assert_string_equal(text, excel_form(sp_test_hostile[i]));
    }
    assert_asked(doc, "count(//m:hyperlink)", "0");
}

static void definitions_hold_signs_flags_and_units(void **state)
{
    g_autoptr(xmlDoc) doc = test_book_sheet(*state, DEFINITIONS);
    assert_asked(doc, "count(//m:c[string(.)='Tall kan ikke offentliggjøres'])", "1");
    assert_asked(doc, "count(//m:c[string(.)='Beregnet med en modell, ikke talt'])", "1");
    assert_asked(doc, "count(//m:c[string(.)='personer'])", "1");
}

static void creation_is_the_editions_day(void **state)
{
    g_autofree char *bytes = test_book_part(*state, "docProps/core.xml");
    assert_non_null(strstr(bytes, "2026-02-25T00:00:00Z"));
}

static void two_runs_in_two_time_zones_and_locales_give_the_same_bytes(void **state)
{
    const TestBook *made = *state;
    sp_test_assert_same_again(&sp_output_xlsx, &made->package->package, made->folder);
}

/* In the central directory of the archive: day and time of DOS behind "PK\1\2". */
static void every_entry_of_the_archive_is_of_the_first_day_there_is(void **state)
{
    enum { PLACE = 12, LENGTH = 4 };
    static const char first_day[LENGTH] = {0, 0, 0x21, 0};
    const TestBook *made = *state;
    gsize size = 0;
    guint n = 0;
    g_autofree char *bytes = sp_test_file(made->folder, "statistikkpakke.xlsx", &size);
    for (gsize i = 0; i + PLACE + LENGTH <= size; i++) {
        if (memcmp(bytes + i, "PK\1\2", LENGTH) == 0) {
            assert_memory_equal(bytes + i + PLACE, first_day, LENGTH);
            n++;
        }
    }
    assert_int_equal(n, zip_get_num_entries(made->zip, 0));
}

/* What libxlsxwriter would ask for is another one. */
static void sheets_are_packed_with_our_level(void **state)
{
    const TestBook *made = *state;
    zip_stat_t stat;
    assert_int_equal(zip_stat(made->zip, "xl/worksheets/sheet2.xml", 0, &stat), 0);
    g_autofree char *text = test_book_sheet_text(made, POPULATION);
    const uLong room = compressBound((uLong)stat.size) + 64;
    g_autofree guint8 *packed = g_malloc(room);
    gsize sizes[2];
    for (int i = 0; i < 2; i++) {
        z_stream stream = {.next_in = (Bytef *)text,
                           .avail_in = (uInt)stat.size,
                           .next_out = packed,
                           .avail_out = (uInt)room};
        assert_int_equal(deflateInit2(&stream, i == 0 ? SP_XLSX_LEVEL : Z_DEFAULT_COMPRESSION,
                                      Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL - 1,
                                      Z_DEFAULT_STRATEGY),
                         Z_OK);
        assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
        sizes[i] = stream.total_out;
        deflateEnd(&stream);
    }
    assert_int_equal(stat.comp_size, sizes[0]);
    assert_int_not_equal(sizes[0], sizes[1]);
}

static void workbook_is_alone_in_the_folder(void **state)
{
    const TestBook *made = *state;
    g_auto(GStrv) files = sp_folder_walk(made->folder, NULL);
    assert_int_equal(g_strv_length(files), 1);
    assert_string_equal(files[0], "statistikkpakke.xlsx");
}

static void folder_that_is_not_there_is_told(void **state)
{
    const TestBook *made = *state;
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
    const TestBook *made = *state;
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
        cmocka_unit_test(codes_stand_as_words_before_the_figures),
        cmocka_unit_test(every_figure_equals_the_tables),
        cmocka_unit_test(figures_have_the_rounding_of_the_csv),
        cmocka_unit_test(zero_is_a_number_and_the_rest_are_signs),
        cmocka_unit_test(zero_shows_as_a_dash_but_below_unit_as_zero),
        cmocka_unit_test(flags_are_shown_behind_the_figure),
        cmocka_unit_test(no_cell_is_a_formula),
        cmocka_unit_test(hostile_texts_are_texts),
        cmocka_unit_test(definitions_hold_signs_flags_and_units),
        cmocka_unit_test(creation_is_the_editions_day),
        cmocka_unit_test(two_runs_in_two_time_zones_and_locales_give_the_same_bytes),
        cmocka_unit_test(every_entry_of_the_archive_is_of_the_first_day_there_is),
        cmocka_unit_test(sheets_are_packed_with_our_level),
        cmocka_unit_test(workbook_is_alone_in_the_folder),
        cmocka_unit_test(folder_that_is_not_there_is_told),
        cmocka_unit_test(limit_beyond_excel_is_a_config_error),
    };
    return cmocka_run_group_tests(tests, test_book_setup, test_book_teardown);
}
