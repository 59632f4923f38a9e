/** The header of a sheet: which row it is, and where each column stands. For sheets*.c alone. */
#ifndef SP_CORE_IO_SHEETS_HEADER_H
#define SP_CORE_IO_SHEETS_HEADER_H

#include "core/io/sheets.h"

/** A cell as a name: line breaks and runs of blanks are one blank, none at the ends. g_free. */
char *sp_sheets_name_of(const SpField *cell);

/** TRUE if no cell holds anything but blanks. */
gboolean sp_sheets_is_empty(const SpField cells[], gsize n);

/** Rows that were looked at for a header, for the message when none is one. */
typedef struct {
    guint64 row; /* the one that held most of the columns; 0: none held any */
    gsize n_held;
    char *lacking; /* the first column that it lacks, g_free */
} SpSheetsNearest;

/**
 * Whether a row holds all columns of the form. If so, names (char*, owned) and places (gsize) of its
 * named cells are appended. SP_ERROR_DATA when it does and one of its names stands twice.
 */
gboolean sp_sheets_find_header(const SpSheetsForm *form, guint64 row, const SpField cells[],
                               gsize n, SpSheetsNearest *nearest, gboolean *is_header,
                               GPtrArray *names, GArray *places, GError **error);

#endif
