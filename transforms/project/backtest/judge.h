/** The rows of a run: accuracy, the parts of errors, and the forecasts themselves. */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_JUDGE_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_JUDGE_H

#include "transforms/project/backtest/judge_table.h"
#include "transforms/project/backtest/run.h"

/** Empty tables treffsikkerhet, treffsikkerhet_deling and treffsikkerhet_prognose (docs/tables.md). */
SpTable *sp_accuracy_table_new(void);
SpTable *sp_parts_table_new(void);
SpTable *sp_told_table_new(void);

/**
 * Adds the rows of a run. Measures are over kommuner that have both figures and are not left out;
 * those against another forecast over kommuner that have it too. What is not defined is not
 * applicable; an area and year without a kommune has no row.
 *
 *   target  the only year, or 0 for all
 */
void sp_accuracy_add(const SpBacktestRun *run, int target, SpTable *table);
/** Of series with a chain, for the country and fylker: docs/methods/backtest.md#parts. */
void sp_parts_add(const SpBacktestRun *run, int target, SpTable *table);
/** Every kommune's forecasts, left out or not. */
void sp_told_add(const SpBacktestRun *run, int target, SpTable *table);

#endif
