/**
 * Exact control limits of a funnel, interpolated between counts (Spiegelhalter 2005,
 * docs/methods/variation.md#funnel).
 *
 * For a probability p: r is the smallest count with F(r) >= p, and the limit is r - (F(r) - p) /
 * f(r), with F and f the distribution function and the probabilities of the count. The limit is on
 * the scale of the *count*: the caller divides by the population or the expected count. It may be
 * below 0: clamping belongs where limits are shown, since a clamped limit can no longer be told
 * from a limit that is 0.
 *
 *   p     [n_p]  ascending, each in [1e-6, 1 - 1e-6]
 *   limit [n_p]  counts, written by these functions
 */
#ifndef SP_TRANSFORMS_VARY_FUNNEL_LIMITS_H
#define SP_TRANSFORMS_VARY_FUNNEL_LIMITS_H

#include "core/real.h"

/** The count of those with the property among `n` persons when each has it with probability
 * `theta`. Missing when n is 0 or theta is not above 0 and at most 1 - 1e-6: there is no funnel
 * around a sure thing. */
void sp_funnel_binomial(guint32 n, double theta, gsize n_p, const double p[], SpReal limit[]);

/** The count when `mean` > 0 is expected. Missing when mean is not above 0 or above 1e9 (no kommune
 * is that large). */
void sp_funnel_poisson(double mean, gsize n_p, const double p[], SpReal limit[]);

#endif
