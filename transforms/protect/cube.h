/** Cells of a table with several dimensions, and which of them differ in one alone. */
#ifndef SP_TRANSFORMS_PROTECT_CUBE_H
#define SP_TRANSFORMS_PROTECT_CUBE_H

#include <glib.h>

/** Codes are numbers of a dictionary, as core/table has them. Cells need not be there for every
 * combination, and sums over a dimension are codes of it beside those they are the sum of. */
typedef struct {
    gsize n_cells;
    gsize n_dims;
    const guint32 *n_codes; /* [n_dims] */
    const guint32 *const
        *code; /* [n_dims][n_cells] below n_codes; no two cells have all the same */
} SpCube;

/**
 * Strata along a dimension: cells of one stratum have the same codes in all other dimensions.
 *
 *   stratum [n_cells] 0 … number of strata - 1, by the other codes; written by this function
 *
 * Returns the number of strata.
 */
gsize sp_cube_strata(const SpCube *cube, gsize along, guint32 stratum[]);

#endif
