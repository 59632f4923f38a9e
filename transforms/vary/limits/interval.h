/** A confidence interval, two-sided. */
#ifndef SP_TRANSFORMS_VARY_LIMITS_INTERVAL_H
#define SP_TRANSFORMS_VARY_LIMITS_INTERVAL_H

#include "core/real.h"

/** Each limit may be missing without the other. */
typedef struct {
    SpReal low;
    SpReal high;
} SpInterval;

#endif
