/** The forms a file may have, and what a layout makes of them. For file_parse*.c alone. */
#ifndef SP_EXTRACTORS_FILE_FORM_H
#define SP_EXTRACTORS_FILE_FORM_H

#include "core/io/csv.h"
#include "core/io/sheets.h"
#include "extractors/parser.h"

/** How a CSV of the layout looks. What it points at is the layout's and `origin`. */
void sp_file_csv_form(const SpLayout *layout, const char *origin, gboolean is_private,
                      SpCsvForm *form);

/** Whether the bytes are for the reader of workbooks. SP_ERROR_DATA when the layout wants another
 * form. */
gboolean sp_file_is_workbook(const char *bytes, gsize size, const char *origin,
                             const SpLayout *layout, gboolean *is_workbook, GError **error);

/** How a workbook of the layout looks. `columns` (char*) are those of sp_layout_needed_columns,
 * borrowed as all else. */
void sp_file_sheets_form(const SpLayout *layout, const char *origin, gboolean is_private,
                         const GPtrArray *columns, SpSheetsForm *form);

#endif
