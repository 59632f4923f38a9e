/** What errors are made of: the table `treffsikkerhet_deling` (docs/tables.md). */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_PARTS_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_PARTS_H

#include "transforms/project/backtest/run.h"

/** Empty. */
SpTable *sp_parts_table_new(void);

/**
 * Adds the parts of a run's errors, of series with a chain, for the country and fylker:
 * docs/methods/backtest.md#parts. Sums are over kommuner that have every level and are not left
 * out; where a level is 0 there is no row.
 *
 *   target  the only year, or 0 for all
 */
void sp_parts_add(const SpBacktestRun *run, int target, SpTable *table);

#endif
