/**
 * Significance in a funnel as Public Health England's method package (PHEindicatormethods) gives
 * it: where a ratio's own confidence limits (PHE's rule, transforms/vary/limits/indirect.h) leave
 * out 1. To be held against others' figures; our own signals are by mid-p.
 */
#ifndef SP_TRANSFORMS_VARY_FUNNEL_PHE_H
#define SP_TRANSFORMS_VARY_FUNNEL_PHE_H

#include "transforms/vary/limits/interval.h"

typedef enum {
    SP_PHE_NOT_SIGNIFICANT,
    SP_PHE_LOW_025, /* outside the limits with 2.5 % on each side; and so on */
    SP_PHE_LOW_001, /* 0.1 % */
    SP_PHE_HIGH_025,
    SP_PHE_HIGH_001,
} SpPheClass;

/** Not significant when `expected` is not above 0. */
SpPheClass sp_phe_class(double observed, double expected);

/**
 * The funnel's ratios observed / expected for a count: with the ratio `low` the count lies on the
 * lower control limit of what is expected, with `high` on the upper one. `high` is missing for a
 * count of 0.
 */
SpInterval sp_phe_ratio_limits(double observed, double confidence);

#endif
