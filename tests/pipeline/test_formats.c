/* A figure that the tables hide, in another format. */
#include "tests/core/rows.h"

#include "pipeline/formats.h"

#include "core/io/files.h"
#include "core/io/sqlite.h"

#include <glib/gstdio.h>
#include <xlsxwriter.h>

#define DESCRIPTOR                                                                                 \
    "{\"resources\": [{\"name\": \"brukere\", \"title\": \"Brukere\", \"schema\": {\"fields\": ["  \
    "{\"name\": \"region\", \"title\": \"Region\"}, {\"name\": \"n\", \"title\": \"Antall\"},"     \
    "{\"name\": \"andel\", \"title\": \"Andel\"}]}}]}"

/* 1103's figures are hidden. */
static SpTables *tables_of_package(void)
{
    SpTables *tables = sp_tables_new();
    sp_tables_add(tables, TABLE("brukere", "region:key n:sum andel:other", "0 1204 0.25",
                                "1101 1200 0.125", "1103 : :"));
    return tables;
}

/* How many leaks the files of a folder have; the first is `first`, if there is one. g_free. */
static guint leaks_of(const char *folder, SpFormats *seen, char **first)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = tables_of_package();
    g_autoptr(json_t) descriptor = json_loads(DESCRIPTOR, 0, NULL);
    g_autoptr(GPtrArray) leaks = g_ptr_array_new_with_free_func(g_free);
    const SpFormatsOf of = {folder, tables, descriptor};
    *seen = (SpFormats){0};
    assert_non_null(descriptor);
    assert_true(sp_formats_examine(&of, seen, leaks, &error));
    assert_no_error(error);
    *first = leaks->len > 0 ? g_strdup(leaks->pdata[0]) : NULL;
    return leaks->len;
}

/* A sheet as people get it: a title, a note, a header, and 1103's figure, a text or a number. */
static void write_book(const char *folder, const char *text, double number)
{
    g_autofree char *path = g_build_filename(folder, "statistikkpakke.xlsx", NULL);
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Brukere");
    static const char *const cells[][2] = {
        {"Brukere", NULL}, {"1103 er en kommune.", NULL}, {"Region", "Antall"}};
    for (lxw_row_t row = 0; row < G_N_ELEMENTS(cells); row++) {
        for (lxw_col_t column = 0; column < 2; column++) {
            worksheet_write_string(sheet, row, column, cells[row][column], NULL);
        }
    }
    worksheet_write_string(sheet, 3, 0, "0", NULL);
    worksheet_write_number(sheet, 3, 1, 1204, NULL);
    worksheet_write_string(sheet, 4, 0, "1103", NULL);
    if (text != NULL) {
        worksheet_write_string(sheet, 4, 1, text, NULL);
    } else {
        worksheet_write_number(sheet, 4, 1, number, NULL);
    }
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}

static void a_sheet_may_hold_what_the_table_shows_and_no_more(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double number;
        guint n;
    } cases[] = {
        {":", 0, 0}, {NULL, 4, 1}, {NULL, 1200, 0}, {NULL, 1204, 1}, {"4", 0, 1},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        SpFormats seen;
        g_autofree char *first = NULL;
        g_autofree char *folder = g_dir_make_tmp("statpakke-formats-XXXXXX", NULL);
        write_book(folder, cases[i].text, cases[i].number);
        assert_int_equal(leaks_of(folder, &seen, &first), cases[i].n);
        assert_int_equal(seen.n_sheets, 1);
        assert_int_equal(seen.n_sections, 0);
        if (i == 1) {
            assert_non_null(strstr(first, "/statistikkpakke.xlsx: brukere: 4 stands there 1 times "
                                          "and 0 times in the table"));
        }
        assert_true(sp_folder_remove(folder, NULL));
    }
}

static void write_page(const char *folder, const char *n, const char *share)
{
    g_autofree char *path = g_build_filename(folder, "index.html", NULL);
    g_autofree char *text = g_strdup_printf(
        "<section id=\"oversikt\"><table><tbody><tr><td>4</td></tr></tbody></table></section>"
        "<section><p>4 kommuner</p><table data-tabell=\"brukere\"><tbody>"
        "<tr><th>Norge</th><td>1\u00a0204<sup>m</sup></td><td>25\u00a0%%</td></tr>"
        "<tr><th>1103</th><td>%s</td><td>%s</td></tr></tbody></table>"
        "<table data-tabell=\"brukere\"><tbody><tr><td class=\"t\">4</td>"
        "<td>1\u00a0200 (til 1\u00a0204)</td></tr></tbody></table></section>",
        n, share);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* The same figure may stand in several tables of a section, but in none of them oftener than in the
 * data; the percent of a share as it is rounded. */
static void a_page_may_hold_what_the_table_shows_and_no_more(void **state)
{
    (void)state;
    static const struct {
        const char *n;
        const char *share;
        guint leaks;
    } cases[] = {{":", ":", 0},
                 {"4", ":", 1},
                 {":", "12,5\u00a0%", 0},
                 {":", "12,6\u00a0%", 1},
                 {"1\u00a0200", ":", 0},
                 {"1\u00a0204", "25\u00a0%", 2},
                 /* what no page of ours prints */
                 {":", "0,1234567890", 1},
                 {"1,234,5", ":", 1},
                 {"1\u00a02345", ":", 1}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        SpFormats seen;
        g_autofree char *first = NULL;
        g_autofree char *folder = g_dir_make_tmp("statpakke-formats-XXXXXX", NULL);
        write_page(folder, cases[i].n, cases[i].share);
        assert_int_equal(leaks_of(folder, &seen, &first), cases[i].leaks);
        assert_int_equal(seen.n_sections, 2);
        assert_true(sp_folder_remove(folder, NULL));
    }
}

/* 1103's figures as they are given, in a format that machines read. */
typedef struct {
    const char *n;
    const char *share;
    guint leaks;
} Machine;

static void write_text(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void write_excel(const char *folder, const Machine *is)
{
    g_autofree char *text = g_strdup_printf(
        "\xef\xbb\xbfRegion;Antall;Antall, tegn;Antall, merke;Andel (prosent);Andel, tegn;Andel, "
        "merke\r\n0 Norge;1204;;;25;;m\r\n1101;1200;;;12,5;;\r\n1103;%s;;;%s;;\r\n",
        is->n, is->share);
    write_text(folder, "excel-csv/brukere-excel.csv", text);
}

static const char *or_null(const char *text)
{
    return *text != '\0' ? text : "null";
}

static void write_cube(const char *folder, const Machine *is)
{
    g_autofree char *text = g_strdup_printf("{\"value\": [1204, 0.25, 1200, 0.125, %s, %s]}",
                                            or_null(is->n), or_null(is->share));
    write_text(folder, "jsonstat/brukere.json", text);
}

static void write_base(const char *folder, const Machine *is)
{
    static const SpDatabaseForm form = {.mode = 0644, .page_size = 4096};
    g_autofree char *path = g_build_filename(folder, "statistikkpakke.sqlite", NULL);
    g_autofree char *sql = g_strdup_printf(
        "CREATE TABLE brukere (region TEXT, n REAL, andel REAL);"
        "INSERT INTO brukere VALUES ('0', 1204, 0.25), ('1101', 1200, 0.125), ('1103', %s, %s)",
        or_null(is->n), or_null(is->share));
    g_autoptr(SpDatabase) base = sp_database_create(path, &form, NULL);
    assert_non_null(base);
    assert_true(sp_database_run(base, sql, NULL));
}

static void examine(void (*write)(const char *folder, const Machine *is), const Machine cases[],
                    gsize n, const char *file)
{
    for (gsize i = 0; i < n; i++) {
        SpFormats seen;
        g_autofree char *first = NULL;
        g_autofree char *folder = g_dir_make_tmp("statpakke-formats-XXXXXX", NULL);
        write(folder, &cases[i]);
        assert_int_equal(leaks_of(folder, &seen, &first), cases[i].leaks);
        assert_int_equal(seen.n_files, 1);
        assert_true(seen.n_figures >= 4);
        assert_true(first == NULL || strstr(first, file) != NULL);
        assert_true(sp_folder_remove(folder, NULL));
    }
}

static void a_file_for_excel_may_hold_what_the_table_shows_and_no_more(void **state)
{
    (void)state;
    static const Machine cases[] = {
        {"", "", 0}, {"4", "", 1}, {"", "12,6", 1}, {"1200", "25", 2}, {"-3", "0,1", 2}};
    examine(write_excel, cases, G_N_ELEMENTS(cases), "/excel-csv/brukere-excel.csv: brukere: ");
}

/* Figures that are not known as such would pass unseen. */
static void a_file_for_excel_with_other_headings_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = tables_of_package();
    g_autoptr(json_t) descriptor = json_loads(DESCRIPTOR, 0, NULL);
    g_autoptr(GPtrArray) leaks = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = g_dir_make_tmp("statpakke-formats-XXXXXX", NULL);
    const SpFormatsOf of = {folder, tables, descriptor};
    SpFormats seen = {0};
    write_text(folder, "excel-csv/brukere-excel.csv",
               "Region;Antall;Tegn;Merke;Andel;Andel, tegn;Andel, merke\r\n1103;4;;;;;\r\n");
    assert_false(sp_formats_examine(&of, &seen, leaks, &error));
    assert_true(g_error_matches(error, SP_ERROR, SP_ERROR_DATA));
    assert_non_null(strstr(error->message, "has 1 columns of figures"));
    assert_true(sp_folder_remove(folder, NULL));
}

static void a_cube_may_hold_what_the_table_shows_and_no_more(void **state)
{
    (void)state;
    static const Machine cases[] = {
        {"", "", 0}, {"4", "", 1}, {"", "0.126", 1}, {"1200", "0.25", 2}, {"4", "0.5", 2}};
    examine(write_cube, cases, G_N_ELEMENTS(cases), "/jsonstat/brukere.json: brukere: ");
}

static void a_database_may_hold_what_the_table_shows_and_no_more(void **state)
{
    (void)state;
    static const Machine cases[] = {
        {"", "", 0}, {"4", "", 1}, {"", "0.126", 1}, {"1200", "0.25", 2}, {"4", "0.5", 2}};
    examine(write_base, cases, G_N_ELEMENTS(cases), "/statistikkpakke.sqlite: brukere: ");
}

static void a_book_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = tables_of_package();
    g_autoptr(json_t) descriptor = json_loads(DESCRIPTOR, 0, NULL);
    g_autoptr(GPtrArray) leaks = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = g_dir_make_tmp("statpakke-formats-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "statistikkpakke.xlsx", NULL);
    const SpFormatsOf of = {folder, tables, descriptor};
    SpFormats seen = {0};
    assert_true(g_file_set_contents(path, "no book", -1, NULL));
    assert_false(sp_formats_examine(&of, &seen, leaks, &error));
    assert_non_null(error);
    assert_true(sp_folder_remove(folder, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_may_hold_what_the_table_shows_and_no_more),
        cmocka_unit_test(a_page_may_hold_what_the_table_shows_and_no_more),
        cmocka_unit_test(a_file_for_excel_may_hold_what_the_table_shows_and_no_more),
        cmocka_unit_test(a_file_for_excel_with_other_headings_is_refused),
        cmocka_unit_test(a_cube_may_hold_what_the_table_shows_and_no_more),
        cmocka_unit_test(a_database_may_hold_what_the_table_shows_and_no_more),
        cmocka_unit_test(a_book_that_cannot_be_read_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
