/** A sink that writes down what it is given: "a|b" for the header, "N:x|y" for row N, "[name]" for
 * a sheet that is read and "(name)" for one that is hidden, a line each. */
#ifndef SP_TESTS_CORE_IO_ROWSINK_H
#define SP_TESTS_CORE_IO_ROWSINK_H

#include "core/io/sheets.h"
#include "tests/check.h"

typedef struct {
    SpSink sink; /* first: a pointer to it is one to this */
    GString *text;
    guint64 n_rows;
    guint64 max_written; /* rows beyond are only counted */
} RowSink;

static inline gboolean rowsink_begin(SpSink *sink, const char *const names[], gsize n,
                                     GError **error)
{
    GString *text = ((RowSink *)sink)->text;
    (void)error;
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? "|" : "", names[i]);
    }
    g_string_append_c(text, '\n');
    return TRUE;
}

static inline gboolean rowsink_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                                   GError **error)
{
    RowSink *rows = (RowSink *)sink;
    (void)error;
    if (rows->n_rows++ >= rows->max_written) {
        return TRUE;
    }
    g_string_append_printf(rows->text, "%" G_GUINT64_FORMAT ":", number);
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(rows->text, "%s%.*s", i > 0 ? "|" : "", (int)fields[i].size,
                               fields[i].text);
    }
    g_string_append_c(rows->text, '\n');
    return TRUE;
}

static inline void rowsink_sheet(SpSink *sink, const char *name, gboolean is_read)
{
    g_string_append_printf(((RowSink *)sink)->text, is_read ? "[%s]\n" : "(%s)\n", name);
}

/** What a workbook gives by a form; NULL with an error. g_free. */
static inline char *rowsink_read(const char *bytes, gsize size, const SpSheetsForm *form,
                                 GError **error)
{
    RowSink rows = {.sink = {.begin = rowsink_begin, .row = rowsink_row, .sheet = rowsink_sheet},
                    .text = g_string_new(NULL),
                    .max_written = 1000};
    gboolean ok = sp_sheets_parse(bytes, size, form, &rows.sink, error);
    assert_true(ok == (*error == NULL));
    return g_string_free(rows.text, !ok);
}

#endif
