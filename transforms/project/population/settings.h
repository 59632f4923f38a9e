/** The settings of the population projection, for every transform that steps or draws people. */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_SETTINGS_H
#define SP_TRANSFORMS_PROJECT_POPULATION_SETTINGS_H

#include "core/config.h"
#include "transforms/project/population/draws.h"
#include "transforms/project/population/population.h"
#include "transforms/project/scenario.h"

/** Declared keys of what a scenario may say otherwise of people. */
#define SP_POPULATION_PATH_KEYS                                                                    \
    "project.fertility_level", "project.mortality_level", "project.mortality_fall",                \
        "project.foreign_migration", "project.domestic_migration"

/** Declared keys of the path, and of draws: for the lists of those who step or draw people. */
#define SP_POPULATION_KEYS                                                                         \
    "project.base", "project.horizon", "project.history_years", "project.local_weight",            \
        "project.migration_damping", "project.boy_share", "project.population",                    \
        "project.reconcile", "project.reconcile_keeps", SP_POPULATION_PATH_KEYS
#define SP_POPULATION_DRAW_KEYS                                                                    \
    "project.draws", "project.seed", "project.group_correlation", "project.fertility_sd",          \
        "project.mortality_wander", "project.interval_bands"

/** Those of the path, and the same with those of draws after them. */
#define SP_N_STRINGS(...) (sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))
enum {
    SP_N_POPULATION_KEYS = SP_N_STRINGS(SP_POPULATION_KEYS),
    SP_N_POPULATION_DRAW_KEYS = SP_N_STRINGS(SP_POPULATION_KEYS, SP_POPULATION_DRAW_KEYS),
};
extern const char *const sp_population_keys[SP_N_POPULATION_DRAW_KEYS];

/** Base, horizon and all choices (project.h lists them); what the table `scenario` among `in` says
 * wins (transforms/project/scenario.h). SP_ERROR_CONFIG names key and remedy;
 * SP_ERROR_NO_INPUT as sp_history_newest. */
gboolean sp_population_settings_read(const SpTables *in, const SpSettings *settings,
                                     SpPopulationOptions *options, GError **error);

/** The scenario among `in` over the settings SP_POPULATION_PATH_KEYS, for those who need no base:
 * the population's is 0. Errors as above. */
gboolean sp_population_scenario_read(const SpTables *in, const SpSettings *settings,
                                     SpScenario *scenario, GError **error);

/** How many draws, of which seed, with which guesses. */
typedef struct {
    gsize n_draws; /* 0: none are made */
    guint64 seed;
    SpShockOptions shocks;
    const char *bands; /* lists of age bands, parted by '+'; borrowed from the settings */
} SpDrawOptions;

/** The key of the population's draws: whoever computes from people uses this one. */
SpRandom sp_draw_key(const SpDrawOptions *options);

gboolean sp_draw_settings_read(const SpSettings *settings, SpDrawOptions *options, GError **error);

#endif
