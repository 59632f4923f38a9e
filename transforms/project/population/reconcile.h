/** Kommuner brought to a round's totals. docs/methods/population.md#totals. */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_RECONCILE_H
#define SP_TRANSFORMS_PROJECT_POPULATION_RECONCILE_H

#include "transforms/project/population/population.h"

/**
 * Brings one day's kommuner to the totals by sex and age of each fylke or of the country, as the
 * options of the model say: each cell times what its area lacks (sp_rake). An area that holds a
 * kommune without figures, or has no totals that day, is left as it is.
 *
 *   persons  [n_regions][n_days], the day changed
 * Returns how many areas had totals that could not be met.
 */
guint sp_population_reconcile(const SpPopulationModel *model, gsize n_days, gsize day,
                              SpPersons persons[]);

#endif
