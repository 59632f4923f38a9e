/**
 * How unlikely a count is by chance alone, by mid-p: half of the count's own probability belongs to
 * each side. Where counts are small the share of false alarms is then near what it is said to be,
 * where exact tails give far fewer. Source: docs/methods/variation.md#signals.
 *
 *   count  >= 0; between whole counts (of a kommune that was divided) the tails are interpolated
 */
#ifndef SP_TRANSFORMS_VARY_FUNNEL_MID_P_H
#define SP_TRANSFORMS_VARY_FUNNEL_MID_P_H

#include "core/real.h"

/** They sum to 1. Each is exact to 12 digits of its own, however small, and 0 from about 1e-30
 * down.
 */
typedef struct {
    SpReal lower; /* P(fewer) + P(as many) / 2 */
    SpReal upper; /* P(more) + P(as many) / 2 */
} SpTails;

/** Missing, both, where the funnel has no limits (transforms/vary/funnel/limits.h), and for a count
 * above n. */
SpTails sp_mid_p_binomial(double count, guint32 n, double theta);
SpTails sp_mid_p_poisson(double count, double mean);

/** Two-sided: twice the smaller tail, 1 at most. */
SpReal sp_mid_p_both(const SpTails *tails);

#endif
