/**
 * What kommuner share in a draw: the country's deaths, moves and births, and what is not known of
 * fylker, centrality classes and labour-market regions. Sizes are estimated from years before the
 * base. docs/methods/population.md#intervals.
 *
 * Draws stand in blocks of SP_DRAW_LANES, the innermost index, so that loops over draws are plain
 * loops of fixed length over memory in order; the last block may have more than are asked for.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_SHOCKS_H
#define SP_TRANSFORMS_PROJECT_POPULATION_SHOCKS_H

#include "core/normal.h"
#include "transforms/project/population/draws.h"

enum {
    SP_DRAW_LANES = 128,
    SP_N_OLD_GROUPS = SP_N_MIGRATION_GROUPS - SP_OLD_GROUP,
    SP_LEAST_CHANGES = 5, /* of national migration; with fewer nothing is told of it */
};

/** The shocks of one block of draws in one year. */
typedef struct {
    /* Of the log of death rates, by band. */
    float death[SP_N_DEATH_BANDS][SP_DRAW_LANES];
    /* Of the country's net share below 67, on the mean of the ages. */
    float migration[SP_DRAW_LANES];
    /* What is left of kommuner's overall deviation below 67 by the draw's own damping, less the
     * mean of all draws. */
    float unfaded[SP_DRAW_LANES];
    /* Of the country's net share from 67, by group. */
    float old[SP_N_OLD_GROUPS][SP_DRAW_LANES];
    /* Factor of the births, mean 1. */
    float births[SP_DRAW_LANES];
} SpNationShock;

/** What is drawn of one unit of a level above the kommuner, one block. */
typedef struct {
    float lasting[SP_N_MIGRATION_GROUPS][SP_DRAW_LANES]; /* its deviation less the believed one */
} SpUnitShock;

typedef struct {
    gsize n_units;
    SpUnitShock *lasting;              /* [n_units][n_blocks] */
    float (*yearly)[SP_DRAW_LANES];    /* [n_units][n_blocks][n_years] standard normal */
    float size[SP_N_MIGRATION_GROUPS]; /* of the yearly noise: omega */
} SpLevelShock;

typedef struct {
    gsize n_blocks, n_years; /* n_days - 1 */
    SpNormals normals;
    SpNationShock *nation;                 /* [n_blocks][n_years] */
    SpLevelShock levels[SP_LEVEL_KOMMUNE]; /* those above the kommuner */
    float profile[SP_N_MIGRATION_GROUPS]; /* national moves of a group over their mean; 0 from 67 */
    /* [n_years][SP_N_START_AGES] What the lasting shocks of national moves add to the mean of a
     * cohort that is a product of years; taken off again. */
    double (*drift)[SP_N_START_AGES];
    /* Kommuner's overall deviation, mean over the persons of a group on the base day: their own sum
     * to nothing beside it. */
    double overall[SP_N_MIGRATION_GROUPS];
    double migration_sd;   /* of the yearly change of the country's net share below 67 */
    double migration_kept; /* what is left of its shock a year later, 0-1 */
    double migration_back; /* sd of what the newest year lay off the mean: it goes back */
    double wander;         /* of death rates (wander.h) */
    double fertility_sd;   /* of the yearly change of log births per woman */
} SpShocks;

/** Arguments as sp_population_draws_new. */
SpShocks *sp_shocks_new(const SpPopulationModel *model, gsize n_days, const SpPersons expected[],
                        SpRandom random, gsize n_draws, const SpShockOptions *options);
void sp_shocks_free(SpShocks *shocks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpShocks, sp_shocks_free)

#endif
