/**
 * The rows of a table from all packages as one stream in the order of the key, each figure once:
 * several packages hold the same rows (the country's and the groups' are in every fylke's).
 */
#ifndef SP_OUTPUTS_POSTGRES_MERGE_H
#define SP_OUTPUTS_POSTGRES_MERGE_H

#include "core/sink.h"
#include "outputs/postgres/edition.h"

/** Takes a row: fields [n] in the order of the columns. `package` is told for tables of a package
 * alone, else NULL. */
typedef gboolean (*SpRowTaker)(const char *package, const SpField fields[], gsize n, gpointer data,
                               GError **error);

/**
 * Hands on every row. SP_ERROR_DATA when two packages do not say the same of a key, naming it, the
 * column and both; when a file's rows are out of order or a key repeats in it; and as sp_rows_next.
 */
gboolean sp_portal_merge(const SpPortalTable *table, SpRowTaker take, gpointer data,
                         GError **error);

#endif
