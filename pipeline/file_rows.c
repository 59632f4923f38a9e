/* Choosing the columns of a file. */
#include "pipeline/file_rows.h"

#include "core/error.h"
#include "core/io/csv.h"

#include <string.h>

enum { MAX_FILE_SIZE = 256 * 1024 * 1024 };

typedef struct {
    SpSink sink;
    const SpFileRows *rows;
    gsize *places; /* [n_columns] of each in the file, or NOWHERE */
} Reader;

static const gsize NOWHERE = G_MAXSIZE;

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Reader *reader = (Reader *)sink;
    const SpFileRows *rows = reader->rows;
    for (gsize i = 0; i < rows->n_columns; i++) {
        const gboolean may_lack = rows->is_optional != NULL && rows->is_optional[i];
        gsize place = 0;
        while (rows->columns[i] != NULL && place < n &&
               strcmp(names[place], rows->columns[i]) != 0) {
            place++;
        }
        if (place == n && !may_lack) {
            g_autofree char **all = g_new0(char *, n + 1);
            memcpy(all, names, n * sizeof *names);
            g_autofree char *there = g_strjoinv(", ", all);
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: there is no column \"%s\"; it has %.400s", rows->path,
                                rows->columns[i], there);
        }
        reader->places[i] = rows->columns[i] == NULL || place == n ? NOWHERE : place;
    }
    return TRUE;
}

static gboolean take_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                         GError **error)
{
    Reader *reader = (Reader *)sink;
    const SpFileRows *rows = reader->rows;
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    (void)n;
    for (gsize i = 0; i < rows->n_columns; i++) {
        const gsize place = reader->places[i];
        g_ptr_array_add(texts, place != NOWHERE ? g_strndup(fields[place].text, fields[place].size)
                                                : NULL);
    }
    return rows->take(rows->data, number, (char *const *)texts->pdata, error);
}

static gboolean parse(const char *path, SpSink *sink, GError **error)
{
    gsize size = 0;
    g_autofree char *bytes = sp_file_read(path, MAX_FILE_SIZE, &size, error);
    const SpCsvForm form = {
        .origin = path, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    return bytes != NULL && sp_csv_parse(bytes, size, &form, sink, error);
}

gboolean sp_file_rows_read(const SpFileRows *rows, GError **error)
{
    g_autofree gsize *places = g_new0(gsize, rows->n_columns + 1);
    Reader reader = {.sink = {.begin = begin, .row = take_row}, .rows = rows, .places = places};
    return parse(rows->path, &reader.sink, error);
}

/* ---- the header ---- */

typedef struct {
    SpSink sink;
    char **names;
} Header;

static gboolean keep_names(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Header *header = (Header *)sink;
    (void)error;
    header->names = g_new0(char *, n + 1);
    for (gsize i = 0; i < n; i++) {
        header->names[i] = g_strdup(names[i]);
    }
    return TRUE;
}

static gboolean pass_over(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                          GError **error)
{
    (void)sink;
    (void)number;
    (void)fields;
    (void)n;
    (void)error;
    return TRUE;
}

char **sp_file_rows_columns(const char *path, GError **error)
{
    Header header = {.sink = {.begin = keep_names, .row = pass_over}};
    if (!parse(path, &header.sink, error)) {
        g_strfreev(header.names);
        return NULL;
    }
    return header.names;
}
