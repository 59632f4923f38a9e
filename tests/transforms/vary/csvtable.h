/** A CSV file as a table of code columns, as the pipeline reads config/indicators.csv. */
#ifndef SP_TESTS_TRANSFORMS_VARY_CSVTABLE_H
#define SP_TESTS_TRANSFORMS_VARY_CSVTABLE_H

#include "core/io/csv.h"
#include "core/table.h"
#include "tests/check.h"

typedef struct {
    SpSink sink;
    const char *name;
    SpTable *table;
} CsvTable;

static inline gboolean csvtable_begin(SpSink *sink, const char *const names[], gsize n,
                                      GError **error)
{
    CsvTable *made = (CsvTable *)sink;
    g_autofree SpColumn *columns = g_new0(SpColumn, n);
    (void)error;
    for (gsize i = 0; i < n; i++) {
        columns[i] = (SpColumn){.name = names[i], .kind = SP_COLUMN_CODE};
    }
    made->table = sp_table_new(made->name, columns, n);
    return TRUE;
}

static inline gboolean csvtable_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                                    GError **error)
{
    CsvTable *made = (CsvTable *)sink;
    const gsize row = sp_table_add_row(made->table);
    (void)number;
    (void)error;
    for (gsize i = 0; i < n; i++) {
        g_autofree char *text = g_strndup(fields[i].text, fields[i].size);
        sp_table_set_code(made->table, row, i, text);
    }
    return TRUE;
}

static inline SpTable *csvtable_read(const char *path, const char *name, char delimiter)
{
    g_autofree char *bytes = NULL;
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    const SpCsvForm form = {
        .origin = path, .encoding = "UTF-8", .delimiter = delimiter, .header_rows = 1};
    CsvTable made = {.sink = {.begin = csvtable_begin, .row = csvtable_row}, .name = name};
    g_file_get_contents(path, &bytes, &size, &error);
    assert_no_error(error);
    sp_csv_parse(bytes, size, &form, &made.sink, &error);
    assert_no_error(error);
    return made.table;
}

/** A file of config/. */
static inline SpTable *csvtable_config(const char *file, const char *name)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", file, NULL);
    return csvtable_read(path, name, ',');
}

static inline SpTable *csvtable_indicators(void)
{
    return csvtable_config("indicators.csv", "indikator");
}

#endif
