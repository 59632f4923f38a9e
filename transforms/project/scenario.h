/**
 * A scenario: all that may be chosen about a projection, from an INI file (config/scenarios, or a
 * statistician's own). What a file does not say is as in the reference.
 *
 *   [scenario]    draws = yes|no (default no: expected paths alone),
 *                 population = yes|no (default yes: persons by single age are kept)
 *   [population]  fertility, mortality, foreign_migration, domestic_migration = a factor, points
 *                 YEAR:FACTOR, or a word of config/framskriving/befolkningsbane.csv (low, medium,
 *                 high); mortality_fall = 0-5; source = own | ssb[:ALTERNATIVE][@ROUND]
 *   [demand]      use_drift, intensity_drift = estimated | none | log a year (-0.2 to 0.2);
 *                 drift_damping, ageing = estimated | none | 0-1; healthy_ageing = none |
 *                 equal_mortality | life_expectancy; healthy_ageing_from = 67-100; family_care =
 *                 none | constant; family_care_aarsverk, formal_care_aarsverk =
 *                 0-1000000; old_use_fall = 0-0.1 a year; convergence = 0-1;
 *                 standard_growth = -0.1 to 0.1 a year; composition = estimated | constant | trend;
 *                 law_floor = 0-5
 *   [supply]      profile = spline | poly5; inflow = FACTOR or FACTOR, YEAR ("1.1, 2028"), 0-10;
 *                 capacity = constant | population; foreign, further_education = none | recent |
 *                 FACTOR, 0-10; exit_delay_years = 0-10; work_60p = 0-2; internal_moves = yes | no
 *   [balance]     base = balanced | observed; base_gap = none | nav | vacancy
 *
 * Transforms are given a scenario as a table among their inputs, `scenario`: seksjon, noekkel ·
 * (verdi, sted), where `sted` is file and line, for errors. Method: docs/methods/scenarios.md.
 */
#ifndef SP_TRANSFORMS_PROJECT_SCENARIO_H
#define SP_TRANSFORMS_PROJECT_SCENARIO_H

#include "transforms/project/balance/options.h"
#include "transforms/project/demand/options.h"
#include "transforms/project/population/population.h"
#include "transforms/project/supply/options.h"

typedef struct {
    gboolean has_draws;        /* intervals are asked for */
    gboolean keeps_population; /* persons by single age are part of the result */
    SpPopulationOptions population;
    SpDemandOptions demand;
    SpSupplyOptions supply;
    SpBalanceOptions balance;
} SpScenario;

/** The reference, without draws; the population as given, or with base and horizon 0 (NULL). */
void sp_scenario_init(SpScenario *scenario, const SpPopulationOptions *population);

/**
 * The table `scenario` of a text. `origin` names the file. SP_ERROR_CONFIG as sp_config_parse.
 * Unknown keys and wrong values are told by sp_scenario_apply.
 */
SpTable *sp_scenario_table(const char *origin, const char *text, GError **error);

/**
 * Lays a scenario over `scenario`, which holds what stands if it says nothing.
 *
 *   table  `scenario`
 *   words  `befolkningsbane`: stoerrelse, ord, bane; NULL if no words are known
 *
 * SP_ERROR_CONFIG names file and line of each fault (the first ten), and the sections, keys or
 * values there are; `scenario` is then unspecified.
 */
gboolean sp_scenario_apply(const SpTable *table, const SpTable *words, SpScenario *scenario,
                           GError **error);

/** The same from a transform's inputs, tables `scenario` and `befolkningsbane`; without the first
 * nothing changes. */
gboolean sp_scenario_read(const SpTables *in, SpScenario *scenario, GError **error);

/**
 * What a scenario says in vain: keys that act beside another alone, and a scenario that changes
 * nothing at all. `origin` names its file.
 *
 * A sentence each [char *], which begins with file and line; owned by the caller.
 */
GPtrArray *sp_scenario_idle(const SpTables *in, const SpScenario *scenario, const char *origin);

/** Where the table `scenario` says a key: "FILE: line 4". NULL when it does not. */
const char *sp_scenario_place(const SpTables *in, const char *section, const char *key);

/** A table of facts that a scenario is about: nothing stands in for it, as for what all scenarios
 * share. */
typedef struct {
    const char *table;
    const char *section, *key; /* what asks for it */
} SpScenarioNeed;

/** The first that is not among a transform's inputs; NULL: none. */
const SpScenarioNeed *sp_scenario_lacks(const SpScenario *scenario, const SpTables *in);

/** A table that is made on the way is part of the result, and not for later steps alone. */
gboolean sp_scenario_keeps(const SpScenario *scenario, const char *table);

#endif
