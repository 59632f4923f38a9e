/**
 * Demographic demand: expected users of a service when use by age and sex stays as it is. One
 * scenario (konstant bruk), not the neutral truth: docs/methods/demand.md.
 */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_H
#define SP_TRANSFORMS_PROJECT_DEMAND_H

#include "core/table.h"

/**
 * The table `framskriving_behov`: region, tjeneste, period · brukere (persons, expected), indeks
 * (ratio, 1 in the first period). Regions are the kommuner of `population`, their fylker and the
 * country "0": an index of a sum is no sum of indices, so regions above are computed from the
 * summed population. Sorted by key, flag m.
 *
 *   population  `framskriving_befolkning`; rows of other regions than kommuner are passed over
 *   regions     `region`
 *   use         `bruk`
 * A missing or suppressed person, at an age and sex that uses the service, gives the same status
 * (the strongest; core/real.h) to the region's figure and to those above. An index over a base of 0
 * users is not applicable. Errors: SP_ERROR_DATA as sp_use_new and sp_places_new, and when no row
 * of population has persons by sex and age.
 */
SpTable *sp_demand_table(const SpTable *population, const SpTable *regions, const SpTable *use,
                         GError **error);

/** The first period of a projection, the base of its indices; NULL if the table has no row.
 * Borrowed from the table. */
const char *sp_demand_base(const SpTable *population);

#endif
