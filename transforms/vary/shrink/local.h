/**
 * Marshall's local empirical Bayes: each area's ratio drawn towards that of its group or its
 * neighbourhood, by their variance. Formula: docs/methods/variation.md#shrinkage.
 *
 *   shrunk [n]  ratios, written by these functions
 *
 * `shrunk` is missing for an area that takes no part, and for one that has nobody to borrow from
 * (alone in its group, or without a neighbour that takes part): its own ratio, unshrunk, would pass
 * for a shrunk one.
 */
#ifndef SP_TRANSFORMS_VARY_SHRINK_LOCAL_H
#define SP_TRANSFORMS_VARY_SHRINK_LOCAL_H

#include "core/real.h"
#include "transforms/vary/links.h"
#include "transforms/vary/shrink/counts.h"

/** group [n]: number of the area's group, below n_groups. */
void sp_shrink_in_groups(const SpCounts *counts, const guint group[], guint n_groups,
                         SpReal shrunk[]);

/** Each area with its neighbours. */
void sp_shrink_among_neighbours(const SpCounts *counts, gsize n_links, const SpLink links[],
                                SpReal shrunk[]);

#endif
