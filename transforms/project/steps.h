/** How much a national figure moves from one year to the next: what is assumed and what the years
 * before the base show, each by its precision. The one rule for all sizes of national shocks.
 * docs/methods/uncertainty.md#sizes. */
#ifndef SP_TRANSFORMS_PROJECT_STEPS_H
#define SP_TRANSFORMS_PROJECT_STEPS_H

#include <glib.h>

/** What is assumed counts as so many changes seen (antatt). */
#define SP_STEP_ASSUMED_CHANGES 2.0

/** Variance of the mean of n years in a row of what fades to `kept` of itself a year later, over
 * that of one year; 1 / n when nothing is kept. */
double sp_fading_in_mean(double kept, gsize n);

/**
 * Standard deviation in the long run of what fades back to its mean: sqrt((m assumed^2 + sum of
 * (value - their mean)^2) / (m + n (1 - sp_fading_in_mean))), m = SP_STEP_ASSUMED_CHANGES, since
 * years that are alike lie closer to their own mean than to the long run's; with fewer than two
 * values what is assumed. With nothing kept it is that of yearly steps, and the divisor m + n - 1.
 * `chance` is what of the sum of squares is not the figure's own, such as counting: it is taken
 * away, and no less than none is left.
 */
double sp_fading_sd(double assumed, double kept, gsize n, const double value[], double chance);

#endif
