/**
 * What an area's ratio would be taken to be without its own figure ("uten egne tall"): the ratio of
 * the others, and how much areas truly differ from it. It is what may stand in the place of a
 * hidden figure.
 *
 * Only areas whose figure is shown are learnt from. To leave out the area's own figure alone would
 * not do: where the sum of all is published, the ratio of the others gives the one that is missing
 * in it.
 */
#ifndef SP_TRANSFORMS_VARY_SHRINK_LEAVE_OUT_H
#define SP_TRANSFORMS_VARY_SHRINK_LEAVE_OUT_H

#include "core/real.h"
#include "transforms/vary/shrink/counts.h"

typedef struct {
    SpReal ratio;    /* sum O / sum E of the others */
    SpReal variance; /* of the true ratios between areas, Marshall's, floored at 0 */
} SpPrediction;

/**
 *   is_shown   [n]  the area's count is not hidden and will not be
 *   group      [n]  number of the area's group, below n_groups; NULL, 0: learn from all. An area
 *              learns from its own group alone
 *   prediction [n]  written by this function: for every area, also one that is hidden or has no
 *                   expected count
 *
 * Missing when fewer than two others are shown: one alone tells nothing of how much areas differ.
 */
void sp_shrink_leave_out(const SpCounts *counts, const gboolean is_shown[], const guint group[],
                         guint n_groups, SpPrediction prediction[]);

#endif
