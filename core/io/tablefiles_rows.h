/** The rows of a table's file, all or some, for the reader of tables. */
#ifndef SP_CORE_IO_TABLEFILES_ROWS_H
#define SP_CORE_IO_TABLEFILES_ROWS_H

#include "core/io/csv.h"
#include "core/io/tablefiles.h"

/** A table's file, open at its beginning, and who reads it. */
typedef struct {
    int fd;
    const char *path;
    SpTable *table;            /* that they become rows of; NULL (without a choice): of none */
    SpSink *sink;              /* takes the rows ... */
    gsize n_fields;            /* ... of so many fields ... */
    SpCsv *csv;                /* ... from here, where there is more to a row than commas */
    const SpRowChoice *choice; /* NULL: all rows */
    gsize field;               /* of the choice's column */
} SpRowsFile;

/**
 * Feeds header and rows, a piece at a time, so that the file's text never stands in memory beside
 * the table: as libcsv would hand them on, in a fraction of its time. Of rows that are not chosen
 * one field is looked at and nothing else: what is wrong there is not found. Without a choice the
 * table gets room for as many rows as there are lines. SP_ERROR_IO, and what sink and reader say,
 * with the row's number in the file.
 */
gboolean sp_rows_feed(const SpRowsFile *file, GError **error);

#endif
