/* Configuration data in CSV. */
#include "pipeline/catalogue.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/number.h"

#include <string.h>

enum { MAX_CATALOGUE_SIZE = 16 * 1024 * 1024 };

typedef struct {
    SpSink sink;
    const char *path;
    const char *name;
    const char *const *measures;
    SpTable *table;
} Reader;

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Reader *reader = (Reader *)sink;
    g_autofree SpColumn *columns = g_new0(SpColumn, n);
    for (gsize i = 0; i < n; i++) {
        if (!sp_table_is_column_name(names[i])) {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "%s: row 1: \"%.40s\" names no column: want small letters a-z, digits "
                "and _, a letter first; correct the header",
                reader->path, names[i]);
        }
        gboolean is_measure =
            reader->measures != NULL && g_strv_contains(reader->measures, names[i]);
        columns[i] =
            (SpColumn){.name = names[i], .kind = is_measure ? SP_COLUMN_MEASURE : SP_COLUMN_CODE};
    }
    reader->table = sp_table_new(reader->name, columns, n);
    return TRUE;
}

static gboolean take_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                         GError **error)
{
    Reader *reader = (Reader *)sink;
    gsize row = sp_table_add_row(reader->table);
    for (gsize i = 0; i < n; i++) {
        if (sp_table_column(reader->table, i)->kind == SP_COLUMN_CODE) {
            g_autofree char *text = g_strndup(fields[i].text, fields[i].size);
            sp_table_set_code(reader->table, row, i, text);
            continue;
        }
        double value = 0.0;
        if (fields[i].size == 0) {
            continue;
        }
        if (!sp_number_parse(fields[i].text, fields[i].size, sp_number_plain, &value)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "%s: row %" G_GUINT64_FORMAT
                                ": column \"%s\", want number, got \"%.*s\"",
                                reader->path, number, sp_table_column(reader->table, i)->name,
                                (int)MIN(fields[i].size, 40), fields[i].text);
        }
        sp_table_set_real(reader->table, row, i, sp_real(value));
    }
    return TRUE;
}

SpTable *sp_catalogue_parse(const char *origin, const char *bytes, gsize size, const char *name,
                            const char *const *measures, GError **error)
{
    Reader reader = {.sink = {.begin = begin, .row = take_row},
                     .path = origin,
                     .name = name,
                     .measures = measures};
    const SpCsvForm form = {
        .origin = origin, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    g_autoptr(GError) failure = NULL;
    if (!sp_csv_parse(bytes, size, &form, &reader.sink, &failure)) {
        sp_table_free(reader.table);
        /* To whom reads CSV such a file is data; here it is what somebody has set. */
        sp_error_set(error, SP_ERROR_CONFIG, "%s", failure->message);
        return NULL;
    }
    return reader.table;
}

SpTable *sp_catalogue_read(const char *path, const char *name, const char *const *measures,
                           GError **error)
{
    gsize size = 0;
    g_autofree char *bytes = sp_file_read(path, MAX_CATALOGUE_SIZE, &size, error);
    return bytes == NULL ? NULL : sp_catalogue_parse(path, bytes, size, name, measures, error);
}

SpTexts *sp_catalogue_texts(const char *path, GError **error)
{
    g_autoptr(SpTable) table = sp_catalogue_read(path, "texts", NULL, error);
    if (table == NULL) {
        return NULL;
    }
    SpTexts *texts = sp_texts_new(table, error);
    if (texts == NULL) {
        g_prefix_error(error, "%s: ", path);
    }
    return texts;
}
