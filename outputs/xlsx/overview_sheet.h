/** The figures at the top of the report (outputs/overview.h) as a sheet. */
#ifndef SP_OUTPUTS_XLSX_OVERVIEW_SHEET_H
#define SP_OUTPUTS_XLSX_OVERVIEW_SHEET_H

#include "outputs/overview.h"
#include "outputs/xlsx/book.h"

/** Adds the sheet, with a link back to `contents`. Returns its name, g_free. */
char *sp_overview_sheet_add(SpBook *book, const SpWords *words, const SpOverview *overview,
                            const char *contents);

#endif
