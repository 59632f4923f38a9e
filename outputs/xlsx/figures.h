/** The sheet of figures: each as a native chart, with its numbers beside it. */
#ifndef SP_OUTPUTS_XLSX_FIGURES_H
#define SP_OUTPUTS_XLSX_FIGURES_H

#include "outputs/figure.h"
#include "outputs/xlsx/book.h"

/**
 * Adds the sheet of figures (SpFigure*), with a link back to `contents`. A figure's numbers stand
 * as in the tables, signs among them; charts are drawn from cells further to the right, which are
 * formulas of the numbers and empty where there is none, since Excel draws a sign as zero. Returns
 * the sheet's name, g_free.
 */
char *sp_figures_sheet_add(SpBook *book, const SpWords *words, const GPtrArray *figures,
                           const char *contents);

#endif
