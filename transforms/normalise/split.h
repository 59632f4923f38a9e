/** How the figures of a divided kommune are shared between its parts. */
#ifndef SP_TRANSFORMS_NORMALISE_SPLIT_H
#define SP_TRANSFORMS_NORMALISE_SPLIT_H

#include "transforms/normalise/routes.h"
#include "transforms/normalise/weights.h"

typedef struct SpSplit SpSplit;

/**
 * The weights of the parts of `route` (one with a split day).
 *
 * A part that is all that its new kommune is made of weighs by that kommune's population on the
 * first date in `weights` from the split on, by sex and age. Where a part was joined with whole
 * kommuner at the same time (Tysfjord into Narvik, 2020), their own population on the last date
 * before is subtracted, which is too noisy by age: such a split has one weight for all cells.
 *
 * NULL, without an error, when `weights` (which may be NULL) does not hold what that needs.
 */
SpSplit *sp_split_new(const SpRegions *regions, const SpRoute *route, SpWeights *weights);
void sp_split_free(SpSplit *split);
gsize sp_split_size(const SpSplit *split);

/**
 * weights [sp_split_size] of the parts in the order of the route for one cell; `kjonn` and `alder`
 * as in sp_persons_count, NULL for all. When nobody of that sex and age lives in any part, all ages
 * of the sex count, then everybody. Never all 0.
 */
void sp_split_weights(const SpSplit *split, const char *kjonn, const char *alder, double weights[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSplit, sp_split_free)

#endif
