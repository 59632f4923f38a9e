/** Hidden cells that the sums they are in hold within narrow limits. */
#ifndef SP_TRANSFORMS_PROTECT_NARROW_H
#define SP_TRANSFORMS_PROTECT_NARROW_H

#include "transforms/protect/cells.h"

typedef struct SpNarrow SpNarrow;

/**
 * The sums of a count among the cells of `of_group` (guint32), which are borrowed for its life.
 *
 *   counted    one of the layer's counts (cells.h), NULL: what the layer counts
 *   width      counts: a hidden cell must be able to take so many beside its least, the 0 that it
 *              is seen not to be among them; above 0
 *   threshold  persons: a cell that is hidden for the sake of others, and is seen to have so many,
 *              must only not be known exactly
 *
 * Where the parts come to `width` or more beside their whole, since persons are counted in several
 * of them, each part is known to be no more than the whole and nothing else; else as good as their
 * sum is known.
 */
SpNarrow *sp_narrow_new(const SpCells *cells, const SpCount *counted, const GArray *of_group,
                        double width, double threshold);
void sp_narrow_free(SpNarrow *narrow);

/**
 * Bounds of all hidden cells, none below 1 that has somebody in it (0 where zeros are hidden), from
 * one sum to the next until nothing changes. For each cell whose bounds are too close a shown cell
 * is hidden (SP_HIDDEN_CLOSE): the smallest sum it is in, directly or through hidden ones, else the
 * smallest of the other parts. Returns how many were hidden; what is told by several sums together,
 * and by none of them after another, is not looked for.
 */
gsize sp_narrow_hide(SpNarrow *narrow, SpCells *cells);

/** Hidden cells that are still too close: all that bears on them is hidden. */
gsize sp_narrow_n_left(const SpNarrow *narrow);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpNarrow, sp_narrow_free)

#endif
