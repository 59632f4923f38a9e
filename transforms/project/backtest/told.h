/** The forecasts themselves: the table `treffsikkerhet_prognose` (docs/tables.md). */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_TOLD_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_TOLD_H

#include "transforms/project/backtest/run.h"

/** Empty. */
SpTable *sp_told_table_new(void);

/**
 * Adds every kommune's forecasts of a run, left out or not; no row where a model tells nothing.
 *
 *   target  the only year, or 0 for all
 */
void sp_told_add(const SpBacktestRun *run, int target, SpTable *table);

#endif
