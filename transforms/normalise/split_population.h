/** The population that later datasets need to weigh the parts of divided kommuner, taken from the
 * source's own figures before they are restated. */
#ifndef SP_TRANSFORMS_NORMALISE_SPLIT_POPULATION_H
#define SP_TRANSFORMS_NORMALISE_SPLIT_POPULATION_H

#include "core/layout.h"
#include "core/regions.h"
#include "core/table.h"

/** Name of the table, in the unit of the population. */
#define SP_SPLIT_POPULATION "folkemengde_deling"

/**
 * sp_split_population:
 * Rows of a population on the codes valid on its own dates, for weights.h. The restated population
 * will not do: where a part was joined with other kommuner on the same day, it no longer tells how
 * many lived in those before.
 *
 *   population  sp_weights_fit, its codes not yet restated
 *   result      of each day until `target` on which a kommune was divided: on the first date of the
 *               population from then its parts, and on the last date before it the kommuner that
 *               went (partly) into one of them; where the population has them. Columns, edition and
 *               marks those of `population`, the name SP_SPLIT_POPULATION
 */
SpTable *sp_split_population(const SpTable *population, const SpRegions *regions, SpDay target);

/** The same of the source's own table, by its layout. Errors of sp_normalise_codes. */
SpTable *sp_split_population_raw(const SpTable *raw, const SpLayout *layout, const SpTables *maps,
                                 const SpRegions *regions, SpDay target, GError **error);

#endif
