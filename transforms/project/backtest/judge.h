/** How near the forecasts of a run came: the table `treffsikkerhet` (docs/tables.md). */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_JUDGE_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_JUDGE_H

#include "transforms/project/backtest/run.h"

/** Empty. */
SpTable *sp_accuracy_table_new(void);

/**
 * Adds the rows of a run. Measures are over kommuner that have both figures and are not left out;
 * those against another forecast over kommuner that have it too. What is not defined is not
 * applicable; an area and year without a kommune has no row.
 *
 *   target  the only year, or 0 for all
 */
void sp_accuracy_add(const SpBacktestRun *run, int target, SpTable *table);

#endif
