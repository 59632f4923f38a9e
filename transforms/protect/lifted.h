/** Cells of a part of a larger table (nested.h) that, together with known cells of the part, tell
 * of the cells above. */
#ifndef SP_TRANSFORMS_PROTECT_LIFTED_H
#define SP_TRANSFORMS_PROTECT_LIFTED_H

#include "transforms/protect/elimination.h"

typedef struct {
    guint32 cell;   /* of the part */
    SpSparse above; /* its rows are cells above: the cell is their sum, less a combination of known
                       cells of the part that were met before it. Empty: it follows from those */
} SpLifted;

/**
 * Known cells first, then the others, each by number: those that follow from all cells above and
 * the known cells before it, and are not above themselves. Others of the part are nothing that
 * somebody could find out who knew all that is above. Known ones that follow from known ones alone,
 * and cells of no inner cells, are left out.
 *
 *   is_above, is_known [n_cells of the design]
 *
 * SpLifted; the caller unrefs the array, which owns their columns.
 */
GArray *sp_lifted_find(const SpDesign *design, const gboolean is_above[],
                       const gboolean is_known[]);

/** Sums of cells above become sums of what these are made of: of place[i] (below n_places) for
 * their inner cells i [n_inner of the design], each once however many inner cells are there. */
void sp_lifted_place(GArray *lifted, const SpDesign *design, const guint32 place[], gsize n_places);

#endif
