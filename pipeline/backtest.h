/** What a back-test reads, for the unit of the stage project and for the verb. */
#ifndef SP_PIPELINE_BACKTEST_H
#define SP_PIPELINE_BACKTEST_H

#include "pipeline/scenarios.h"
#include "pipeline/stage.h"

/** The unit of the stage project. */
#define SP_BACKTEST_UNIT "treffsikkerhet"
/** Settings that name datasets, of the back-test alone and all; the rest are
 * sp_transform_backtest's. */
#define SP_BACKTEST_INPUTS_KEY "project.backtest_inputs"
#define SP_BACKTEST_INPUT_KEYS SP_SCENARIO_INPUT_KEYS, SP_BACKTEST_INPUTS_KEY
/** Declares the facts: those of scenarios, and those of project.backtest_inputs that are among
 * fetch.datasets (once, if a dataset is in both lists). */
gboolean sp_backtest_need_facts(SpUnit *unit, GError **error);
/** Their tables: those that scenarios read too are shared with them, the others are read for this
 * caller alone. */
gboolean sp_backtest_read_facts(SpUnit *unit, SpTables *into, GError **error);

/** `inputs` and `make` of the unit. */
gboolean sp_backtest_inputs(SpUnit *unit, GError **error);
gboolean sp_backtest_make(SpUnit *unit, GError **error);
/** SpStage's `recall`. */
gboolean sp_backtest_recall(SpUnit *unit, const char *table, SpTables *in, GError **error);

#endif
