/** Counts of a layer that are rounded in the place of being hidden. */
#ifndef SP_TRANSFORMS_PROTECT_ROUNDED_H
#define SP_TRANSFORMS_PROTECT_ROUNDED_H

#include "transforms/protect/cells.h"

/**
 * Of each told cell what is published of its count: no figure from 1 to base - 1 (rounding.h), and
 * every sum that came to its parts still does, over all that the layer counts, told or not. A sum
 * of persons who are in several of its parts is no sum here, row by row: it is rounded by itself.
 *
 *   layer  of one table, whose counts are whole numbers
 *   cells  before any is hidden for the sake of others
 *
 * gint64 [cells] (g_array_unref), 0 where a cell is not told. SP_ERROR_CONFIG for another layer or
 * base; SP_ERROR_DATA for a count that is no whole number from 0 up.
 */
GArray *sp_rounded_counts(const SpLayer *layer, const SpCells *cells, double base, GError **error);

#endif
