/* Rows, pulled. */
#include "outputs/postgres/rows.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "outputs/postgres/sql.h"

#include <string.h>
#include <unistd.h>

enum { PIECE_SIZE = 64 * 1024 };

struct SpRows {
    SpSink sink; /* first: takes what the parser hands on */
    char *origin;
    const SpRowsForm *form;
    SpField *fields; /* [n], of the present row */
    /* Of a file: rows that were parsed and not yet taken. */
    SpCsv *csv; /* NULL when the file has ended */
    int fd;
    GString *text; /* their fields, one after the other */
    GArray *ends;  /* gsize, where each ends in `text` */
    gsize taken;   /* how many of `ends` */
    /* Of a database. */
    SpDatabase *database;
    SpStatement *select;
};

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    const SpRows *rows = (const SpRows *)sink;
    gboolean is_same = n == rows->form->n;
    for (gsize i = 0; i < n && is_same; i++) {
        is_same = strcmp(names[i], rows->form->names[i]) == 0;
    }
    return is_same || sp_error_set(error, SP_ERROR_DATA,
                                   "%s: its columns are not those of its descriptor", rows->origin);
}

static gboolean keep(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    SpRows *rows = (SpRows *)sink;
    (void)number;
    (void)error;
    for (gsize i = 0; i < n; i++) {
        g_string_append_len(rows->text, fields[i].text, (gssize)fields[i].size);
        const gsize end = rows->text->len;
        g_array_append_val(rows->ends, end);
    }
    return TRUE;
}

static SpRows *rows_new(const char *path, const SpRowsForm *form)
{
    SpRows *rows = g_new0(SpRows, 1);
    rows->sink = (SpSink){.begin = begin, .row = keep};
    rows->origin = g_strdup(path);
    rows->form = form;
    rows->fields = g_new0(SpField, form->n);
    rows->fd = -1;
    return rows;
}

SpRows *sp_rows_of_file(const char *path, const SpRowsForm *form, GError **error)
{
    gsize size = 0;
    const SpCsvForm csv = {.origin = path, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    g_autoptr(SpRows) rows = rows_new(path, form);
    rows->text = g_string_sized_new((gsize)2 * PIECE_SIZE);
    rows->ends = g_array_new(FALSE, FALSE, sizeof(gsize));
    rows->fd = sp_file_open(path, &size, error);
    rows->csv = rows->fd >= 0 ? sp_csv_open(&csv, &rows->sink, error) : NULL;
    return rows->csv != NULL ? g_steal_pointer(&rows) : NULL;
}

static void add_names(GString *sql, const SpRowsForm *form, const gsize places[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_string_append(sql, i > 0 ? ", " : "");
        sp_sql_add_name(sql, form->names[places != NULL ? places[i] : i]);
    }
}

SpRows *sp_rows_of_table(const char *path, const char *table, const SpRowsForm *form,
                         GError **error)
{
    g_autoptr(SpRows) rows = rows_new(path, form);
    g_autoptr(GString) sql = g_string_new("SELECT ");
    add_names(sql, form, NULL, form->n);
    g_string_append(sql, " FROM ");
    sp_sql_add_name(sql, table);
    g_string_append(sql, " ORDER BY ");
    add_names(sql, form, form->key, form->n_key);
    rows->database = sp_database_open_readonly(path, error);
    rows->select =
        rows->database != NULL ? sp_statement_new(rows->database, sql->str, error) : NULL;
    return rows->select != NULL ? g_steal_pointer(&rows) : NULL;
}

void sp_rows_free(SpRows *rows)
{
    if (rows == NULL) {
        return;
    }
    sp_csv_abandon(rows->csv);
    if (rows->fd >= 0) {
        close(rows->fd);
    }
    if (rows->text != NULL) {
        g_string_free(rows->text, TRUE);
        g_array_unref(rows->ends);
    }
    sp_statement_free(rows->select);
    sp_database_close(rows->database);
    g_free(rows->fields);
    g_free(rows->origin);
    g_free(rows);
}

/* Parses on until a row is there or the file has ended. */
static gboolean parse_on(SpRows *rows, GError **error)
{
    char piece[PIECE_SIZE];
    rows->taken = 0;
    g_string_truncate(rows->text, 0);
    g_array_set_size(rows->ends, 0);
    while (rows->ends->len == 0 && rows->csv != NULL) {
        gsize size = 0;
        if (!sp_fd_read(rows->fd, rows->origin, piece, sizeof(piece), &size, error)) {
            return FALSE;
        }
        if (size > 0 && !sp_csv_push(rows->csv, piece, size, error)) {
            return FALSE;
        }
        if (size < sizeof(piece) && !sp_csv_close(g_steal_pointer(&rows->csv), error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean next_of_file(SpRows *rows, gboolean *has_row, GError **error)
{
    if (rows->taken == rows->ends->len && !parse_on(rows, error)) {
        return FALSE;
    }
    *has_row = rows->taken < rows->ends->len;
    gsize start = rows->taken > 0 ? g_array_index(rows->ends, gsize, rows->taken - 1) : 0;
    for (gsize i = 0; i < rows->form->n && *has_row; i++) {
        const gsize end = g_array_index(rows->ends, gsize, rows->taken++);
        rows->fields[i] = (SpField){.text = rows->text->str + start, .size = end - start};
        start = end;
    }
    return TRUE;
}

static gboolean next_of_table(SpRows *rows, gboolean *has_row, GError **error)
{
    if (!sp_statement_step(rows->select, has_row, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < rows->form->n && *has_row; i++) {
        const char *text = sp_statement_text(rows->select, (int)i);
        rows->fields[i] = (SpField){.text = text, .size = text != NULL ? strlen(text) : 0};
    }
    return TRUE;
}

gboolean sp_rows_next(SpRows *rows, const SpField **fields, GError **error)
{
    gboolean has_row = FALSE;
    if (!(rows->select != NULL ? next_of_table(rows, &has_row, error)
                               : next_of_file(rows, &has_row, error))) {
        return FALSE;
    }
    *fields = has_row ? rows->fields : NULL;
    return TRUE;
}

const char *sp_rows_origin(const SpRows *rows)
{
    return rows->origin;
}
