/** How much a national figure moves from one year to the next: what is assumed and what the years
 * before the base show, each by its precision. The one rule for all sizes of national shocks.
 * docs/methods/uncertainty.md#sizes. */
#ifndef SP_TRANSFORMS_PROJECT_STEPS_H
#define SP_TRANSFORMS_PROJECT_STEPS_H

#include <glib.h>

/** What is assumed counts as so many changes seen (antatt). */
#define SP_STEP_ASSUMED_CHANGES 2.0

/**
 * Standard deviation of a yearly step: sqrt((m assumed^2 + sum of (change - their mean)^2) /
 * (m + n - 1)), m = SP_STEP_ASSUMED_CHANGES; with fewer than two changes what is assumed.
 *
 *   assumed  log a year, > 0
 *   figure   [n_years] levels, oldest first; 0 or less where the year has none. Changes between
 *            years in a row are seen, in logs
 */
double sp_step_sd(double assumed, gsize n_years, const double figure[]);

#endif
