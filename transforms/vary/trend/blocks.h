/**
 * A trend's probability where neighbouring points are alike: blocks of the series are laid out
 * anew, so that runs of years above or below the others stay together (circular blocks: Politis &
 * Romano 1992; for Mann-Kendall's S: Önöz & Bayazit, Hydrol Process 2012;26:3552-60). Without it
 * years that follow each other look like trends. docs/methods/variation.md#trend.
 */
#ifndef SP_TRANSFORMS_VARY_TREND_BLOCKS_H
#define SP_TRANSFORMS_VARY_TREND_BLOCKS_H

#include "core/random.h"
#include "core/real.h"

/**
 * Share of the replicates whose S is at least as far from 0 as the series' own, the series itself
 * counted with them: two-sided.
 *
 *   y      [n] finite, in order of time, evenly spaced
 *   length points a block: at least as many as share data, more where years follow each other; 0:
 *   the square root of n, rounded up key    made for this series
 *
 * Missing when n < 12 or all figures are equal.
 */
SpReal sp_trend_blocks(gsize n, const double y[], gsize length, SpRandom key, guint replicates);

#endif
