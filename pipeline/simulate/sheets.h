/** Workbooks that senders would fill in by hand: texts and whole numbers, sheet by sheet, row by
 * row. By libxlsxwriter, which only the .c file knows. Same calls, same bytes. */
#ifndef SP_SIMULATE_SHEETS_H
#define SP_SIMULATE_SHEETS_H

#include <glib.h>

typedef struct SpSimSheets SpSimSheets;

/** A new workbook at `path`; the library's temporary files lie in `folder`.
 * SP_ERROR_CANT_CREATE. */
SpSimSheets *sp_sim_sheets_open(const char *path, const char *folder, GError **error);
/** The next sheet, of at most 31 characters. */
void sp_sim_sheets_begin(SpSimSheets *sheets, const char *name);
/** The next cell of the row; "" leaves it empty. */
void sp_sim_sheets_put_text(SpSimSheets *sheets, const char *text);
void sp_sim_sheets_put_number(SpSimSheets *sheets, guint number);
void sp_sim_sheets_end_row(SpSimSheets *sheets);
/** Writes and frees; SP_ERROR_IO if anything failed. */
gboolean sp_sim_sheets_close(SpSimSheets *sheets, GError **error);

#endif
