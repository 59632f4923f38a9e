/**
 * The rows of a long table, written straight into the file in which libxlsxwriter, in constant
 * memory, gathers the rows of a sheet. Its own way through a cell costs several times as much, and
 * a package's workbook is little else than such rows; all that is around them is the library's.
 *
 * Rows come from the top down and cells from the left, and the sheet takes no other cell until
 * sp_sheet_rows_free.
 */
#ifndef SP_OUTPUTS_XLSX_SHEET_ROWS_H
#define SP_OUTPUTS_XLSX_SHEET_ROWS_H

#include "outputs/xlsx/book.h"

typedef struct SpSheetRows SpSheetRows;

/** Begins at a row. All borrowed. */
SpSheetRows *sp_sheet_rows_new(SpBook *book, lxw_worksheet *sheet, gsize row);
/** What was put stands in the sheet. */
void sp_sheet_rows_free(SpSheetRows *rows);

/** What a cell holds, to be made once for all cells that hold it: a text as sp_cell_text makes it;
 * a day or a year as Excel counts them, NULL of a code that is neither. g_free. */
char *sp_sheet_rows_text(const SpSheetRows *rows, const char *text, SpLook look);
char *sp_sheet_rows_time(const SpSheetRows *rows, const char *code, gboolean is_after);

void sp_sheet_rows_put(SpSheetRows *rows, gsize column, const char *content);
void sp_sheet_rows_put_figure(SpSheetRows *rows, gsize column, SpShownFigure figure);
/** Ends the row, high enough for some lines, and begins the next one. */
void sp_sheet_rows_end_row(SpSheetRows *rows, guint n_lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSheetRows, sp_sheet_rows_free)

#endif
