/* From a kommune of the plan to its number in the population. */
#include "transforms/project/draws/people.h"

#include <string.h>

struct SpDrawsPopulation {
    const SpPopulationDraws *draws;
    const SpPersonGroups *groups;
    gsize *number; /* [u] in the history, SP_NO_KOMMUNE */
    SpPopulationScratch **scratch;
    guint n_threads;
};

SpDrawsPopulation *sp_draws_population_new(const SpPopulationDraws *draws, const SpHistory *history,
                                           const char *const kommuner[], gsize n,
                                           const SpPersonGroups *groups, guint n_threads)
{
    SpDrawsPopulation *population = g_new0(SpDrawsPopulation, 1);
    population->draws = draws;
    population->groups = groups;
    population->number = g_new(gsize, n);
    for (gsize i = 0; i < n; i++) {
        gsize place = sp_codes_place(history->codes, history->n_regions, kommuner[i]);
        population->number[i] = place < history->n_regions ? place : SP_NO_KOMMUNE;
    }
    population->n_threads = n_threads;
    population->scratch = g_new(SpPopulationScratch *, n_threads);
    for (guint i = 0; i < n_threads; i++) {
        population->scratch[i] = sp_population_scratch_new(draws);
    }
    return population;
}

void sp_draws_population_free(SpDrawsPopulation *population)
{
    if (population != NULL) {
        for (guint i = 0; i < population->n_threads; i++) {
            sp_population_scratch_free(population->scratch[i]);
        }
        g_free(population->scratch);
        g_free(population->number);
        g_free(population);
    }
}

void sp_draws_population_people(gpointer data, guint thread, gsize kommune, float persons[])
{
    const SpDrawsPopulation *population = data;
    gsize number = population->number[kommune];
    if (number == SP_NO_KOMMUNE) {
        gsize size = population->groups->n_groups * sp_population_draws_n_days(population->draws) *
                     sp_population_draws_n_draws(population->draws);
        memset(persons, 0, size * sizeof *persons);
        return;
    }
    sp_population_draw(population->draws, number, population->groups, population->scratch[thread],
                       persons);
}
