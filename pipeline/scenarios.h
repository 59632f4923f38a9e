/** The units of the stage project that are a scenario each: which there are, and how one is
 * made. */
#ifndef SP_PIPELINE_SCENARIOS_H
#define SP_PIPELINE_SCENARIOS_H

#include "pipeline/stage.h"
#include "transforms/project/balance/balance.h"
#include "transforms/project/draws/transform.h"
#include "transforms/project/project.h"
#include "transforms/project/supply/transform.h"

/** The setting that names them, the reference first. */
#define SP_SCENARIOS_KEY "project.scenarios"

/** Their files, NAME.ini, below the configuration data. */
#define SP_SCENARIO_FOLDER "scenarios"

/** Settings that name the datasets of a scenario; the rest are the transforms'. */
#define SP_INPUTS_KEY "project.inputs"
#define SP_INPUTS_IF_FETCHED_KEY "project.inputs_if_fetched"
#define SP_SCENARIO_INPUT_KEYS SP_INPUTS_KEY, SP_INPUTS_IF_FETCHED_KEY

/** What makes a scenario, one after another: each reads what those before it made, and may make a
 * table again. */
#define SP_SCENARIO_CHAIN                                                                          \
    &sp_transform_population, &sp_transform_population_intervals, &sp_transform_demand,            \
        &sp_transform_supply, &sp_transform_balance, &sp_transform_chosen_years,                   \
        &sp_transform_draws

/** --scenario: one of the reader's own, for a trial. */
extern const GOptionEntry sp_scenario_options[];

/**
 * The configured scenarios, then the reader's own. Owned by the caller (g_strfreev).
 * SP_ERROR_CONFIG when the first is not the reference or one is no name; SP_ERROR_USAGE when the
 * reader's own has an official name or a unit's, or there is no trial for it.
 */
char **sp_scenario_names(const SpContext *context, GError **error);

/**
 * Reads the reader's own, so that a dry run tells what is wrong in it too; TRUE when there is none.
 * Warns of what changes nothing: keys without effect, a change that comes after the horizon.
 * SP_ERROR_NO_INPUT when the file is not there, SP_ERROR_USAGE when --unit leaves it out,
 * SP_ERROR_CONFIG as sp_scenario_read.
 */
gboolean sp_scenario_check_own(const SpContext *context, GError **error);

/** `inputs`, `check` and `make` of a scenario's unit. */
gboolean sp_scenario_inputs(SpUnit *unit, GError **error);
gboolean sp_scenario_check(SpUnit *unit, GError **error);
gboolean sp_scenario_make(SpUnit *unit, GError **error);
/** SpStage's `recall`. What a scenario does not keep, and `table` or its lineage asks for, is made
 * again. */
gboolean sp_scenario_recall(SpUnit *unit, const char *table, SpTables *in, GError **error);

#endif
