/** The population: every piece of the country by sex and age on each 1 January, and what happened
 * in between. */
#ifndef SP_SIMULATE_PEOPLE_H
#define SP_SIMULATE_PEOPLE_H

#include "pipeline/simulate/chance.h"
#include "pipeline/simulate/geography.h"
#include "pipeline/simulate/parameters.h"

enum { SP_SIM_N_AGES = 106, SP_SIM_N_CELLS = 2 * SP_SIM_N_AGES };

/** Events of a piece in a year. 1 January + births - deaths + in - out = next 1 January, to the
 * person. */
typedef struct {
    guint32 births;
    guint32 deaths;
    guint32 moved_in; /* from another piece */
    guint32 moved_out;
    guint32 immigrated;
    guint32 emigrated;
} SpSimEvents;

typedef struct {
    guint n_years; /* 1 Januaries, from SP_SIM_FIRST_YEAR; events are of the first n_years - 1 */
    guint n_pieces;
    guint32 *persons; /* [(year * n_pieces + piece) * SP_SIM_N_CELLS + sex * SP_SIM_N_AGES + age];
                            sex 0 men, 1 women; 105 is 105 and older */
    SpSimEvents *events; /* [year * n_pieces + piece] */
    guint32
        *deaths; /* [year * SP_SIM_N_CELLS + sex * SP_SIM_N_AGES + age on 1 January] the nation's,
                            newborn at age 0 with those who were 0 */
    guint32 *mothers; /* [year * SP_SIM_N_AGES + age] births in the nation */
} SpSimPeople;

/** pyramid [SP_SIM_N_CELLS]: the nation on the first day, any scale, men first. */
SpSimPeople *sp_sim_people_new(SpRandom random, const SpSimParameters *parameters,
                               const SpSimGeography *geography, const double pyramid[],
                               guint n_years);
void sp_sim_people_free(SpSimPeople *people);

/** Persons of a piece on 1 January of year number `year`: [SP_SIM_N_CELLS]. */
const guint32 *sp_sim_people_at(const SpSimPeople *people, guint year, guint piece);
/** Death rate of the model, per person-year. */
double sp_sim_death_rate(const SpSimParameters *parameters, guint sex, guint age, guint year);
/** Births a woman and year of the model. */
double sp_sim_fertility(const SpSimParameters *parameters, guint age);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSimPeople, sp_sim_people_free)

#endif
