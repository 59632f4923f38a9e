/**
 * Confidence limits of a share, 0-1. Formulas and sources:
 * docs/methods/variation.md#confidence-limits.
 *
 *   count       those with the property, 0 to n
 *   n           all of them; without anybody (0) both limits are missing
 *   confidence  above 0 and below 1, such as 0.95
 */
#ifndef SP_TRANSFORMS_VARY_LIMITS_BINOMIAL_H
#define SP_TRANSFORMS_VARY_LIMITS_BINOMIAL_H

#include "transforms/vary/limits/interval.h"

/** Exact (Clopper and Pearson 1934). The lower limit of nobody is 0, the upper limit of all is
 * 1. */
SpInterval sp_limits_binomial_exact(double count, double n, double confidence);

/** Wilson's score limits (1927), which are inside 0-1 for every count. */
SpInterval sp_limits_binomial_wilson(double count, double n, double confidence);

#endif
