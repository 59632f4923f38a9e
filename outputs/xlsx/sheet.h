/** One published table as one sheet: title, note, notices, a frozen header row with filter, and the
 * lines of its grid (outputs/grid.h). */
#ifndef SP_OUTPUTS_XLSX_SHEET_H
#define SP_OUTPUTS_XLSX_SHEET_H

#include "outputs/xlsx/sheet_notes.h"
#include "outputs/xlsx/top.h"

/**
 * Adds the sheet of a table, with a link back to the contents; a long note goes to `notes`. A
 * region has its code and its name, other codes their words; days and years are numbers, which
 * sort. Returns the sheet's name, g_free.
 */
char *sp_sheet_add(SpBook *book, const SpWords *words, const SpTable *table, SpSheetNotes *notes);

/** Adds the sheet of outputs/unwanted.h; without rows it says so. Returns its name, g_free. */
char *sp_sheet_add_unwanted(SpBook *book, const SpWords *words, const SpTable *unwanted,
                            SpSheetNotes *notes);

/** Rows above the data: those of the top, and the header. */
enum { SP_SHEET_HEADER_ROWS = SP_TOP_ROWS + 1 };

#endif
