/**
 * How unlikely a count is where areas truly differ: the law of the headline's random intercept
 * itself (transforms/vary/spread/headline.h), so that limits and spread are one model. Counts are
 * Poisson (parts of n: binomial) around exp(middle + u), or the share whose log odds are middle +
 * u, u normal with mean 0. Tails are mid-p, as those of chance alone (funnel/mid_p.h).
 * Source: docs/methods/variation.md#overdispersion.
 */
#ifndef SP_TRANSFORMS_VARY_FUNNEL_WIDE_H
#define SP_TRANSFORMS_VARY_FUNNEL_WIDE_H

#include "transforms/vary/funnel/mid_p.h"

typedef struct {
    double middle; /* of an area whose effect is 0: log of the mean, log odds of a part */
    double sd;     /* of the effects, >= 0 */
    double n;      /* the whole of a part, at least 2; 0 for counts that are part of nothing */
} SpWide;

/** Between whole counts the law is continued (below 1 and above n - 1 by a straight line). Missing
 * for a count below 0 or above n, and for a law that is not finite. The smaller tail is right to
 * 1e-6 of itself; of sd below a tenth of what chance gives (a tenth, where fewer than one is
 * expected) the law is that of a tenth: 1 % more variance. */
SpTails sp_wide_tails(const SpWide *law, double count);

/** The count whose lower tail is `tail` (above 0, below 1), to 1e-4 of a standard deviation; 0
 * where nobody is less unlikely than that, n where all are. Missing as the tails are. */
SpReal sp_wide_limit(const SpWide *law, double tail);

#endif
