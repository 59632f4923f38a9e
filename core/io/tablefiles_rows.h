/** The rows of a table's file, all or some, for the reader of tables. */
#ifndef SP_CORE_IO_TABLEFILES_ROWS_H
#define SP_CORE_IO_TABLEFILES_ROWS_H

#include "core/io/csv.h"
#include "core/io/tablefiles.h"

/** Feeds the file's bytes from its beginning, a piece at a time, so that its text never stands in
 * memory beside the table; the table gets room for as many rows as there are lines.
 * SP_ERROR_IO, and what the reader says. */
gboolean sp_rows_feed(int fd, const char *path, SpTable *table, SpCsv *csv, GError **error);

/** The same of the header and the rows alone that are chosen by their field number `field`. Only
 * these are looked at: what is wrong in another is not found. Rows keep their numbers. */
gboolean sp_rows_feed_chosen(int fd, const char *path, SpTable *table, SpCsv *csv,
                             const SpRowChoice *choice, gsize field, GError **error);

#endif
