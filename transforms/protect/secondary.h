/** Secondary suppression of all cells of a layer together, fylke by fylke. */
#ifndef SP_TRANSFORMS_PROTECT_SECONDARY_H
#define SP_TRANSFORMS_PROTECT_SECONDARY_H

#include "transforms/protect/cells.h"

typedef struct {
    double width; /* counts: sums leave so much room to each hidden figure (narrow.h); 0: as much
                        as they leave */
    double threshold; /* persons: fewer are hidden */
    guint n_threads;  /* what is hidden does not depend on it */
} SpSecondary;

/**
 * Gives cells the reasons SP_HIDDEN_SUM and SP_HIDDEN_CLOSE until no hidden cell is a linear
 * combination of shown ones, and sums followed one by one leave each of them room. Fylker and what
 * they are parts of are decided first, then each fylke's kommuner; what is wanted more is kept
 * longer (sp_cells_is_wanted_less). Regions must be a tree: a kommune in two sums is
 * SP_ERROR_CONFIG. *n_left is how many have less room, since all that bears on them is hidden
 * already. Published cells stay as they are, nothing is hidden by them, and cells that they give
 * away are published, too. docs/methods/disclosure.md#parts.
 */
gboolean sp_secondary_hide(SpCells *cells, const SpSecondary *how, gsize *n_left, GError **error);

#endif
