/** Who works where in the simulated country. */
#ifndef SP_SIMULATE_COMMUTING_H
#define SP_SIMULATE_COMMUTING_H

#include "pipeline/simulate/geography.h"
#include "pipeline/simulate/parameters.h"

/**
 * Employed persons by kommune of residence and of work, in expectation; borders of fylker are no
 * hindrance. Of `size · sysselsatte` in u, v has the share of its weight
 *
 *   v != u   size[v] · e^(-distance / km), times `region` when both lie in one basin
 *   v == u   size[u] · egen + egen_fast
 *
 * [n_kommuner][n_kommuner] persons, from the first to the second, > 0 but for what underflows; a
 * row sums to the employed. Owned by the caller (g_free). Numbers: [pendling] of
 * config/simulate/modell.ini.
 */
double *sp_sim_commuting_expected(const SpSimGeography *geography,
                                  const SpSimParameters *parameters);

/**
 * Where those who work in a piece live, in expectation, whatever they do: its kommune's commuters,
 * and within a kommune as its people do. [n_pieces][n_pieces] shares, from work to home; a row sums
 * to 1 (where nobody is expected to work, who does lives there).
 * Owned by the caller (g_free).
 */
double *sp_sim_commuting_homes(const SpSimGeography *geography, const SpSimParameters *parameters);

#endif
