/** People of the population's draws for the draws of personnel: one future of the population feeds
 * both need and supply. */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_PEOPLE_H
#define SP_TRANSFORMS_PROJECT_DRAWS_PEOPLE_H

#include "transforms/project/draws/plan.h"
#include "transforms/project/population/draws.h"

typedef struct SpDrawsPopulation SpDrawsPopulation;

/**
 *   draws      borrowed; of as many days and draws as the plan
 *   history    of the model that the draws were made from
 *   kommuner   [n] codes; one that the history does not know has nobody in every draw
 *   groups     how people are summed: those of the paths of demand; borrowed
 *   n_threads  of sp_draws_run: each has working memory of its own
 */
SpDrawsPopulation *sp_draws_population_new(const SpPopulationDraws *draws, const SpHistory *history,
                                           const char *const kommuner[], gsize n,
                                           const SpPersonGroups *groups, guint n_threads);
void sp_draws_population_free(SpDrawsPopulation *population);

/** The plan's `people`, with an SpDrawsPopulation as its data. */
void sp_draws_population_people(gpointer population, guint thread, gsize kommune, float persons[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDrawsPopulation, sp_draws_population_free)

#endif
