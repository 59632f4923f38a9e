/* Small CSV files, whole. */
#include "pipeline/simulate/rows.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/number.h"

#include <string.h>

enum { MAX_SIZE = 16 * 1024 * 1024 };

struct SpSimRows {
    SpSink sink; /* first: the parser's view of us */
    char *path;
    const char *const *columns; /* only while reading */
    char **names;
    gsize n;
    gsize *place;     /* of each wanted column in the file */
    GPtrArray *texts; /* char* row by row */
};

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    SpSimRows *rows = (SpSimRows *)sink;
    for (gsize column = 0; column < rows->n; column++) {
        gsize found = 0;
        while (found < n && strcmp(names[found], rows->columns[column]) != 0) {
            found++;
        }
        if (found == n) {
            return sp_error_set(error, SP_ERROR_CONFIG, "%s: has no column \"%s\"; add it",
                                rows->path, rows->columns[column]);
        }
        rows->place[column] = found;
    }
    return TRUE;
}

static gboolean take(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    SpSimRows *rows = (SpSimRows *)sink;
    (void)number;
    (void)n;
    (void)error;
    for (gsize column = 0; column < rows->n; column++) {
        const SpField *field = &fields[rows->place[column]];
        g_ptr_array_add(rows->texts, g_strndup(field->text, field->size));
    }
    return TRUE;
}

SpSimRows *sp_sim_rows_read(const char *path, const char *const columns[], gsize n, GError **error)
{
    const SpCsvForm form = {
        .origin = path, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    gsize size = 0;
    g_autofree char *bytes = sp_file_read(path, MAX_SIZE, &size, error);
    if (bytes == NULL) {
        return NULL;
    }
    g_autoptr(SpSimRows) rows = g_new0(SpSimRows, 1);
    rows->sink = (SpSink){.begin = begin, .row = take};
    rows->path = g_strdup(path);
    rows->columns = columns;
    rows->n = n;
    rows->names = g_new0(char *, n + 1);
    for (gsize column = 0; column < n; column++) {
        rows->names[column] = g_strdup(columns[column]);
    }
    rows->place = g_new0(gsize, n);
    rows->texts = g_ptr_array_new_with_free_func(g_free);
    if (!sp_csv_parse(bytes, size, &form, &rows->sink, error)) {
        return NULL;
    }
    if (rows->texts->len == 0) {
        sp_error_set(error, SP_ERROR_CONFIG, "%s: has no rows", path);
        return NULL;
    }
    return g_steal_pointer(&rows);
}

void sp_sim_rows_free(SpSimRows *rows)
{
    if (rows == NULL) {
        return;
    }
    g_free(rows->path);
    g_strfreev(rows->names);
    g_free(rows->place);
    g_ptr_array_unref(rows->texts);
    g_free(rows);
}

gsize sp_sim_rows_size(const SpSimRows *rows)
{
    return rows->texts->len / rows->n;
}

const char *sp_sim_rows_text(const SpSimRows *rows, gsize row, gsize column)
{
    g_assert(row < sp_sim_rows_size(rows) && column < rows->n);
    return rows->texts->pdata[row * rows->n + column];
}

gboolean sp_sim_rows_wrong(const SpSimRows *rows, gsize row, gsize column, const char *want,
                           GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "%s: row %" G_GSIZE_FORMAT ": column \"%s\" is \"%s\", want %s", rows->path,
                        row + 2, rows->names[column], sp_sim_rows_text(rows, row, column), want);
}

gboolean sp_sim_rows_number(const SpSimRows *rows, gsize row, gsize column, SpSimRange range,
                            double *value, GError **error)
{
    const char *text = sp_sim_rows_text(rows, row, column);
    double number = 0;
    if (!sp_number_parse(text, strlen(text), sp_number_plain, &number) || number < range.minimum ||
        number > range.maximum) {
        g_autofree char *want =
            g_strdup_printf("a number from %g to %g", range.minimum, range.maximum);
        return sp_sim_rows_wrong(rows, row, column, want, error);
    }
    *value = number;
    return TRUE;
}
