/**
 * Rows pulled one by one from what a package holds: a file of data/, or a table of its SQLite copy.
 * A file takes the memory of 64 KiB of it at a time.
 */
#ifndef SP_OUTPUTS_POSTGRES_ROWS_H
#define SP_OUTPUTS_POSTGRES_ROWS_H

#include "core/io/sqlite.h"
#include "core/sink.h"

typedef struct SpRows SpRows;

/** Columns, and which of them are the key. Borrowed for the life of the rows. */
typedef struct {
    const char *const *names; /* [n] */
    gsize n;
    const gsize *key; /* [n_key], in the order of the rows */
    gsize n_key;
} SpRowsForm;

/** Rows of a CSV file whose header must be the names: SP_ERROR_DATA else, and as sp_csv_push. */
SpRows *sp_rows_of_file(const char *path, const SpRowsForm *form, GError **error);
/** Rows of those columns of a table, in byte order of the key. `path` is that of the database. */
SpRows *sp_rows_of_table(const char *path, const char *table, const SpRowsForm *form,
                         GError **error);
void sp_rows_free(SpRows *rows);

/** Steps to the next row; *fields [n] is NULL after the last one, else borrowed until the next
 * step. The text of a field that is NULL in a database is NULL. */
gboolean sp_rows_next(SpRows *rows, const SpField **fields, GError **error);
/** Where they come from. Borrowed. */
const char *sp_rows_origin(const SpRows *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRows, sp_rows_free)

#endif
