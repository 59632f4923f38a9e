/**
 * Confidence limits of the mean of a Poisson count, in the unit of the count. Formulas and sources:
 * docs/methods/variation.md#confidence-limits.
 *
 *   count       >= 0, whole or (of a kommune that was divided) broken
 *   confidence  above 0 and below 1, such as 0.95
 */
#ifndef SP_TRANSFORMS_VARY_LIMITS_POISSON_H
#define SP_TRANSFORMS_VARY_LIMITS_POISSON_H

#include "transforms/vary/limits/interval.h"

/** Exact (Garwood 1936). The lower limit of 0 is 0. */
SpInterval sp_limits_poisson_exact(double count, double confidence);

/** Byar's approximation (Breslow and Day 1987). The lower limit is missing where the formula has
 * none: for a count of 0, or where it would be below 0. */
SpInterval sp_limits_poisson_byar(double count, double confidence);

#endif
