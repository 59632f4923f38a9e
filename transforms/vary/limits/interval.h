/** A confidence interval, two-sided. */
#ifndef SP_TRANSFORMS_VARY_LIMITS_INTERVAL_H
#define SP_TRANSFORMS_VARY_LIMITS_INTERVAL_H

#include "core/real.h"

/** The normal quantile of 0.975: limits of 95 % are so many standard errors away. */
#define SP_Z_95 1.959963984540054

/** Each limit may be missing without the other. */
typedef struct {
    SpReal low;
    SpReal high;
} SpInterval;

#endif
