/** The rows of a table's file, all or some, for the reader of tables. */
#ifndef SP_CORE_IO_TABLEFILES_ROWS_H
#define SP_CORE_IO_TABLEFILES_ROWS_H

#include "core/io/csv.h"
#include "core/io/tablefiles.h"

/** A table's file, open at its beginning, and who reads it. */
typedef struct {
    int fd;
    const char *path;
    SpTable *table;
    SpCsv *csv;
} SpRowsFile;

/** Feeds all rows, a piece at a time, so that the file's text never stands in memory beside the
 * table, which gets room for as many rows as there are lines. SP_ERROR_IO, and what the reader
 * says. */
gboolean sp_rows_feed(const SpRowsFile *file, GError **error);

/** The same of the header and the rows alone that are chosen by their field number `field`. Only
 * these are looked at: what is wrong in another is not found. Rows keep their numbers. */
gboolean sp_rows_feed_chosen(const SpRowsFile *file, const SpRowChoice *choice, gsize field,
                             GError **error);

#endif
