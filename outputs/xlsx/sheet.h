/** One published table as one sheet: title, note, notices, a frozen header row with filter, and a
 * row a figure. */
#ifndef SP_OUTPUTS_XLSX_SHEET_H
#define SP_OUTPUTS_XLSX_SHEET_H

#include "outputs/xlsx/book.h"

/**
 * Adds the sheet of a table, with a link back to `contents` (the name of that sheet). A region has
 * its code and its name, other codes their words, periods stay codes (they sort). Each measure with
 * a flag anywhere has a column of the flags' letters beside it. Returns the sheet's name, g_free.
 */
char *sp_sheet_add(SpBook *book, const SpWords *words, const SpTable *table, const char *contents);

/** Rows above the data: title, note, notices and link, header. */
enum { SP_SHEET_HEADER_ROWS = 4 };

#endif
