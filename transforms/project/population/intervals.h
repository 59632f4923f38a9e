/**
 * The population with intervals: quantiles of the draws of kommuner and of the regions above them,
 * whose sums are formed draw by draw. docs/methods/population.md#intervals.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_INTERVALS_H
#define SP_TRANSFORMS_PROJECT_POPULATION_INTERVALS_H

#include "transforms/project/population/draws.h"

/** What is drawn for; all borrowed. */
typedef struct {
    const SpPopulationModel *model;
    const SpPersons *expected; /* [n_regions][n_days] */
    const SpPopulationDraws *draws;
    const SpTable *regions;     /* `region`: region, slag, fylke · kostragruppe and sentralitet may
                                   be absent */
    const SpTable *bands;       /* `aldersgrupper`: liste, kode, fra, til */
    const char *lists;          /* of bands, parted by '+' */
    const SpTable *folkemengde; /* gives classifications and edition */
} SpIntervalInput;

/**
 * The table `framskriving_befolkning_intervall`: region, kjonn (0), alder (band), period (1 January
 * of each day drawn) · innbyggere (persons, expected; the fact on the base day), p05, p10, p25,
 * p50, p75, p90, p95 (whole persons). Regions are the kommuner of the model, their fylker, the
 * country "0", KOSTRA groups and centrality classes. Flag m after the base.
 *
 * A kommune that cannot be projected, or has no row on the base day, gives itself and the regions
 * above it the strongest of such statuses. Sorted by key.
 *
 * SP_ERROR_CONFIG when a list has no band; SP_ERROR_DATA on a missing column or ages that are none.
 */
SpTable *sp_population_intervals(const SpIntervalInput *input, GError **error);

#endif
