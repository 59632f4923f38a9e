/** The order of sacrifice: which cells of a layer are kept longest where one of several must be
 * hidden for the sake of others. */
#ifndef SP_TRANSFORMS_PROTECT_WISH_H
#define SP_TRANSFORMS_PROTECT_WISH_H

#include "transforms/protect/cells.h"

/**
 * Gives the codes of a layer's cells their weights. A cell has those of all its codes together; the
 * heavier one is kept longer, and of two of one weight that of the larger figure.
 *
 *   rows  code columns layer, column, codes, weight (config/skjermingsrekkefolge.csv): `codes` are
 *         those of a nested column, one | between two; of the region a level (landet, fylke,
 *         kommune) is all regions of it; none: what is part of no other code, the sum of all. NULL,
 *         or no row of the layer: cells are wanted by their figures alone
 *
 * SP_ERROR_CONFIG for a column by which the layer has no sums, and a weight that is no number.
 */
gboolean sp_wish_read(const SpTable *rows, const char *layer, SpCells *cells, GError **error);

#endif
