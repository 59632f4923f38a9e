/** Secondary suppression of all cells of a layer together, fylke by fylke. */
#ifndef SP_TRANSFORMS_PROTECT_SECONDARY_H
#define SP_TRANSFORMS_PROTECT_SECONDARY_H

#include "transforms/protect/cells.h"

typedef struct {
    double width;    /* counts: a hidden part of a shown sum may be any of so many, and none, as far
                        as that sum tells; 0: sums may be as narrow as they are */
    guint n_threads; /* what is hidden does not depend on it */
} SpSecondary;

/**
 * Gives cells the reasons SP_HIDDEN_SUM and SP_HIDDEN_CLOSE until no hidden cell is a linear
 * combination of shown ones, and no shown sum has hidden parts that it holds within narrow limits.
 * Fylker and what they are parts of are decided first, then each fylke's kommuner; the larger
 * figure is kept longer. Regions must be a tree: a kommune in two sums is SP_ERROR_CONFIG.
 * docs/methods/disclosure.md#parts.
 */
gboolean sp_secondary_hide(SpCells *cells, const SpSecondary *how, GError **error);

#endif
