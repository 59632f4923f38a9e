/** The header of a sheet: which row it is, and where each column stands. For sheets*.c alone. */
#ifndef SP_CORE_IO_SHEETS_HEADER_H
#define SP_CORE_IO_SHEETS_HEADER_H

#include "core/io/sheets.h"

/** TRUE if no cell holds anything but blanks. */
gboolean sp_sheets_is_empty(const SpField cells[], gsize n);

/** What is known of a sheet's header so far. */
typedef struct {
    GPtrArray *names; /* char*, of the header's named cells; empty until it is found */
    GArray *places;   /* gsize, their columns */
    /* Before it is found, for the message when no row is one: */
    guint64 nearest; /* the row that held most of the columns; 0: none held any */
    gsize n_held;
    char *lacking; /* the first column that it lacks */
} SpSheetsHeader;

void sp_sheets_header_init(SpSheetsHeader *header);
void sp_sheets_header_clear(SpSheetsHeader *header);

/**
 * Whether a row holds all columns of the form; names and places are then filled in. SP_ERROR_DATA
 * when it does and one of its names stands twice.
 */
gboolean sp_sheets_find_header(const SpSheetsForm *form, guint64 row, const SpField cells[],
                               gsize n, SpSheetsHeader *header, GError **error);

#endif
