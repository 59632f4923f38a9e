/** Small count rounding: no published count is small, and all tables still add up. */
#ifndef SP_TRANSFORMS_PROTECT_ROUNDING_H
#define SP_TRANSFORMS_PROTECT_ROUNDING_H

#include "core/real.h"
#include "transforms/protect/design.h"

/** Bases and counts within which all arithmetic is exact. */
#define SP_ROUNDING_MAX_BASE 1000
#define SP_ROUNDING_MAX_COUNT G_GINT64_CONSTANT(1000000000000)

/**
 * Rounds the inner counts behind published sums of 1 to base - 1, each to 0 or `base`, until no
 * such sum is left; all other inner counts stay as they are. As many become `base` as keep the sum
 * of all that are rounded nearest to what it was (half a base up), chosen to change the published
 * sums as little as may be, by their squared changes: one by one the inner count that leaves the
 * least, then exchanges of two while one leaves less. What rounding makes small is rounded anew
 * together with the rest. Nothing is drawn: of inner counts that do equally well the first is
 * taken, so that the same table always becomes the same.
 *
 *   design           every coefficient 1
 *   inner     [n_inner] persons, or other units that are counted
 *   rounded   [n_inner] written by this function
 *   published [n_cells] sums of `rounded`; written by this function
 *
 * A base of 1 changes nothing. Errors: SP_ERROR_DATA for a base that is not 1 …
 * SP_ROUNDING_MAX_BASE, a count that is not 0 … SP_ROUNDING_MAX_COUNT or another coefficient;
 * nothing is written then. Time grows as the square of the number of counts that are rounded:
 * seconds for some ten thousand.
 * Source: Langsrud and Heldal, An algorithm for small count rounding of tabular data (PSD 2018);
 * SSB's SmallCountRounding (R), which draws the order and rounds what became small by itself.
 */
gboolean sp_rounding(const SpDesign *design, const gint64 inner[], gint64 base, gint64 rounded[],
                     gint64 published[], GError **error);

/** The largest |rounded - original|; 0 of none. */
gint64 sp_rounding_max_difference(gsize n, const gint64 original[], const gint64 rounded[]);

/**
 * Hellinger utility, 1 where nothing is changed: 1 - HD / √(sum of originals), where HD is
 * √(½ Σ (√original - √rounded)²). Counts are 0 or more. Of originals that sum to 0
 * SP_NOT_APPLICABLE. Source: HDutility of SmallCountRounding.
 */
SpReal sp_rounding_utility(gsize n, const gint64 original[], const gint64 rounded[]);

#endif
