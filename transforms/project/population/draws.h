/**
 * Draws of the population around its expected path: one draw feeds everything that is computed
 * from people, so that supply and demand see the same future.
 *
 * A draw is a function of the key, its number, and names of what is drawn (component, level, code,
 * year): the same whatever is drawn besides, in any order and on any number of threads. Shocks and
 * their sizes: docs/methods/population.md#intervals.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_DRAWS_H
#define SP_TRANSFORMS_PROJECT_POPULATION_DRAWS_H

#include "core/random.h"
#include "transforms/project/population/population.h"

enum { SP_NO_GROUP = 255 }; /* a sex and age that the caller does not ask for */

/** How the caller wants people summed. */
typedef struct {
    guint n_groups;                   /* below SP_NO_GROUP */
    guint8 of[SP_N_SEXES][SP_N_AGES]; /* the group of a sex and age, or SP_NO_GROUP */
} SpPersonGroups;

/** What the past cannot tell. */
typedef struct {
    double correlation;  /* of a kommune's noise, yearly and lasting, between age groups, 0-1 */
    double fertility_sd; /* of the yearly change of log fertility where the table `fruktbarhet` has
                            too few years to tell; 0.03 is 3 % */
    double wander;       /* of death rates, as sp_mortality_wander gives: what is assumed beside the
                            few forecasts that the past can judge */
} SpShockOptions;

/** Those of config/statpakke.conf. */
void sp_shock_options_init(SpShockOptions *options);

typedef struct SpPopulationDraws SpPopulationDraws;

/**
 * Everything that kommuner share is drawn here: the country's, the fylker's and the classes'
 * shocks.
 *
 *   model     borrowed for the life of the draws
 *   expected  [n_regions][n_days] the path the draws lie around (sp_population_project); copied
 *   random    key of the component; the same key gives the same draws
 *   n_draws   at least 1
 */
SpPopulationDraws *sp_population_draws_new(const SpPopulationModel *model, gsize n_days,
                                           const SpPersons expected[], SpRandom random,
                                           gsize n_draws, const SpShockOptions *options);
void sp_population_draws_free(SpPopulationDraws *draws);

gsize sp_population_draws_n_days(const SpPopulationDraws *draws);
gsize sp_population_draws_n_draws(const SpPopulationDraws *draws);

/** Working memory of one thread, about 300 kB. */
typedef struct SpPopulationScratch SpPopulationScratch;
SpPopulationScratch *sp_population_scratch_new(const SpPopulationDraws *draws);
void sp_population_scratch_free(SpPopulationScratch *scratch);

/**
 * Persons of one kommune in groups of sex and age, in every draw. Several threads may draw at once,
 * each with a scratch of its own; nothing is allocated.
 *
 *   region    number in model->history
 *   out       [n_groups][n_days][n_draws] persons >= 0, the base day first (it is known: all draws
 *             are the facts); overwritten. 0 throughout for a kommune that cannot be projected.
 *
 * Sums over kommuner, formed draw by draw, are the draws of fylker, classes and the country.
 */
void sp_population_draw(const SpPopulationDraws *draws, gsize region, const SpPersonGroups *groups,
                        SpPopulationScratch *scratch, float out[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPopulationDraws, sp_population_draws_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPopulationScratch, sp_population_scratch_free)

#endif
