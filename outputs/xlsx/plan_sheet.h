/** The plan sheet (outputs/plan.h) of a workbook: the lines of all kommuner of the package, chosen
 * by the filter; what is to be filled in is open, all else locked without a password. */
#ifndef SP_OUTPUTS_XLSX_PLAN_SHEET_H
#define SP_OUTPUTS_XLSX_PLAN_SHEET_H

#include "outputs/xlsx/book.h"

/** Adds it, with a link back to `contents`. Its name (g_free); NULL when the package has nothing to
 * plan by, as the country's. */
char *sp_plan_sheet_add(SpBook *book, const SpWords *words, const char *contents);

#endif
