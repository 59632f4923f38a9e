/**
 * Quantiles of the gamma and beta distributions, found on GSL's distribution functions. (GSL's own
 * inverses go astray: in version 2.7 the 97.5 % quantile of a gamma distribution of shape 25 000 is
 * 22 % too high, and beta's end as no number from 1 000 up.)
 *
 *   tail  above 0 and below 0.5: how much of the distribution lies beyond the quantile
 *
 * Relative to the quantile the result is right to about 1e-12; it is a NaN where GSL's distribution
 * function is one.
 */
#ifndef SP_TRANSFORMS_VARY_LIMITS_QUANTILE_H
#define SP_TRANSFORMS_VARY_LIMITS_QUANTILE_H

#include <glib.h>

/** Scale 1. The lower one for shape > 0, the upper one for shape >= 1. */
double sp_quantile_gamma_low(double tail, double shape);
double sp_quantile_gamma_high(double tail, double shape);

/** Beta (a, b) with a + b - 1 = n >= 1 trials, for b >= 1 the lower one, for a >= 1 the upper one;
 * `start` is a first guess between 0 and 1. */
double sp_quantile_beta_low(double tail, double a, double b, double start);
double sp_quantile_beta_high(double tail, double a, double b, double start);

#endif
