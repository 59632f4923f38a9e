/* Excel-CSV, JSON-stat and SQLite against tables. */
#include "pipeline/formats_machine.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/io/files.h"
#include "core/io/sqlite.h"
#include "core/number.h"

#include <string.h>

#define BASE "statistikkpakke.sqlite"

enum { MAX_SIZE = 1024 * 1024 * 1024 };

/* ---- Excel-CSV ---- */

typedef struct {
    SpSink sink;
    const char *origin;
    const SpTable *table;
    SpFormatFigures *figures;
    GArray *is_figure; /* gboolean by column */
} Excel;

/* Behind a figure stand its sign and its flags, which bear its name: "Andel (prosent)", "Andel,
 * tegn", "Andel, merke". */
static gboolean is_figure(const char *const names[3])
{
    const char *comma = strrchr(names[1], ',');
    const gsize size = comma != NULL ? (gsize)(comma - names[1]) : 0;
    return size > 0 && strncmp(names[0], names[1], size) == 0 &&
           (names[0][size] == '\0' || g_str_has_prefix(names[0] + size, " (")) &&
           strncmp(names[2], names[1], size + 1) == 0 && strchr(names[2] + size + 1, ',') == NULL;
}

static gsize n_measures(const SpTable *table)
{
    gsize n = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        n += sp_table_column(table, i)->kind == SP_COLUMN_MEASURE ? 1 : 0;
    }
    return n;
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Excel *excel = (Excel *)sink;
    gsize n_figures = 0;
    for (gsize i = 0; i < n; i++) {
        const gboolean is = i + 2 < n && is_figure(names + i);
        g_array_append_val(excel->is_figure, is);
        n_figures += is ? 1 : 0;
    }
    /* What is not known as a figure would not be looked at. */
    return n_figures == n_measures(excel->table) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s has %" G_GSIZE_FORMAT " columns of figures beside their signs and "
                        "flags, want %" G_GSIZE_FORMAT,
                        excel->origin, n_figures, n_measures(excel->table));
}

static gboolean take_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                         GError **error)
{
    const Excel *excel = (const Excel *)sink;
    (void)number;
    (void)error;
    for (gsize i = 0; i < n; i++) {
        double value = 0.0;
        if (g_array_index(excel->is_figure, gboolean, i) &&
            sp_number_parse(fields[i].text, fields[i].size, sp_number_norwegian, &value)) {
            sp_format_figures_add_number(excel->figures, value, TRUE);
        }
    }
    return TRUE;
}

static gboolean read_excel(const char *path, const SpTable *table, SpFormatFigures *figures,
                           GError **error)
{
    gsize size = 0;
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(gboolean));
    Excel excel = {.sink = {.begin = begin, .row = take_row},
                   .origin = path,
                   .table = table,
                   .figures = figures,
                   .is_figure = columns};
    const SpCsvForm form = {
        .origin = path, .encoding = "UTF-8", .delimiter = ';', .header_rows = 1};
    g_autofree char *bytes = sp_file_read(path, MAX_SIZE, &size, error);
    return bytes != NULL && sp_csv_parse(bytes, size, &form, &excel.sink, error);
}

/* ---- JSON-stat ---- */

static void take_value(SpFormatFigures *figures, const json_t *value)
{
    if (json_is_number(value)) {
        sp_format_figures_add_number(figures, json_number_value(value), FALSE);
    }
}

/* A list of values, or those that there are by their number. */
static gboolean read_cube(const char *path, const SpTable *table, SpFormatFigures *figures,
                          GError **error)
{
    (void)table;
    g_autoptr(json_t) cube = sp_json_read(path, MAX_SIZE, error);
    json_t *values = json_object_get(cube, "value");
    size_t i = 0;
    const char *key = NULL;
    json_t *value = NULL;
    json_array_foreach(values, i, value)
    {
        take_value(figures, value);
    }
    json_object_foreach(values, key, value)
    {
        take_value(figures, value);
    }
    return cube != NULL;
}

/* ---- SQLite ---- */

static gboolean read_measure(SpDatabase *base, const char *table, const char *measure,
                             SpFormatFigures *figures, GError **error)
{
    /* Of its table: a column that is not there would be taken for a text. */
    g_autofree char *sql = g_strdup_printf(
        "SELECT t.\"%s\" FROM \"%s\" AS t WHERE t.\"%s\" IS NOT NULL", measure, table, measure);
    g_autoptr(SpStatement) select = sp_statement_new(base, sql, error);
    gboolean has_row = FALSE;
    if (select == NULL) {
        return FALSE;
    }
    while (sp_statement_step(select, &has_row, error)) {
        if (!has_row) {
            return TRUE;
        }
        sp_format_figures_add_number(figures, sp_statement_double(select, 0), FALSE);
    }
    return FALSE;
}

static gboolean read_base_table(SpDatabase *base, const SpTable *table, SpFormatFigures *figures,
                                GError **error)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_MEASURE &&
            !read_measure(base, sp_table_name(table), column->name, figures, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- all of them ---- */

typedef struct {
    const SpFormatsOf *of;
    SpFormatFigures *figures;
    SpFormats *seen;
} Reading;

typedef gboolean (*Read)(const char *path, const SpTable *table, SpFormatFigures *figures,
                         GError **error);

static void end(const Reading *reading)
{
    reading->seen->n_files++;
    reading->seen->n_figures += sp_format_figures_end(reading->figures);
}

static gboolean read_file(const Reading *reading, const char *file, const SpTable *table, Read read,
                          GError **error)
{
    g_autofree char *path = g_build_filename(reading->of->folder, file, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS) ||
        sp_format_figures_begin(reading->figures, file, sp_table_name(table)) == NULL) {
        return TRUE;
    }
    if (!read(path, table, reading->figures, error)) {
        return FALSE;
    }
    end(reading);
    return TRUE;
}

static gboolean read_files(const Reading *reading, GError **error)
{
    for (gsize i = 0; i < sp_tables_size(reading->of->tables); i++) {
        const SpTable *table = sp_tables_at(reading->of->tables, i);
        g_autofree char *excel = g_strdup_printf("excel-csv/%s-excel.csv", sp_table_name(table));
        g_autofree char *cube = g_strdup_printf("jsonstat/%s.json", sp_table_name(table));
        if (!read_file(reading, excel, table, read_excel, error) ||
            !read_file(reading, cube, table, read_cube, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_base(const Reading *reading, GError **error)
{
    g_autofree char *path = g_build_filename(reading->of->folder, BASE, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return TRUE;
    }
    g_autoptr(SpDatabase) base = sp_database_open_readonly(path, error);
    gboolean is_read = base != NULL;
    for (gsize i = 0; is_read && i < sp_tables_size(reading->of->tables); i++) {
        const SpTable *table = sp_tables_at(reading->of->tables, i);
        if (sp_format_figures_begin(reading->figures, BASE, sp_table_name(table)) != NULL) {
            is_read = read_base_table(base, table, reading->figures, error);
            end(reading);
        }
    }
    return is_read;
}

gboolean sp_formats_machine_read(const SpFormatsOf *of, SpFormatFigures *figures, SpFormats *seen,
                                 GError **error)
{
    const Reading reading = {of, figures, seen};
    return read_files(&reading, error) && read_base(&reading, error);
}
