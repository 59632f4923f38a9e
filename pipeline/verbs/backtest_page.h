/** A back-test as a page of text for a terminal. */
#ifndef SP_PIPELINE_VERBS_BACKTEST_PAGE_H
#define SP_PIPELINE_VERBS_BACKTEST_PAGE_H

#include "core/quality.h"
#include "core/texts.h"

/**
 *   tables   treffsikkerhet and treffsikkerhet_deling, sorted by key
 *   quality  findings of the back-test: who was left out, what was withheld
 *   base     the one base that the tables hold
 *   texts    words of series (code.serie.*) and models (code.modell.*), in English
 * A figure that is not defined is printed as ".". Owned by the caller (g_free).
 */
char *sp_backtest_page(const SpTables *tables, const SpQuality *quality, int base,
                       const SpTexts *texts);

#endif
