/** Hidden cells that the sums they are in hold within narrow limits. */
#ifndef SP_TRANSFORMS_PROTECT_NARROW_H
#define SP_TRANSFORMS_PROTECT_NARROW_H

#include "transforms/protect/relations.h"

typedef struct SpNarrow SpNarrow;

typedef struct {
    double
        width; /* of counts: a hidden cell must be able to take so many beside its least, the 0 that
                     it is seen not to be among them; above 0 */
    double threshold; /* persons: a cell that is hidden for the sake of others, and is seen to have
                         so many, must only not be known exactly */
} SpLeast;

/**
 * Of one of the layer's counts (cells.h; NULL: what the layer counts) among the cells of `of_group`
 * (guint32). All is borrowed for its life.
 */
SpNarrow *sp_narrow_new(const SpRelations *relations, const SpCells *cells, const SpCount *counted,
                        const GArray *of_group, const SpLeast *least);
void sp_narrow_free(SpNarrow *narrow);

/**
 * Bounds of all hidden cells, none below 1 that has somebody in it (0 where zeros are hidden), from
 * one sum to the next until nothing changes. For each cell whose bounds are too close a shown cell
 * is hidden (SP_HIDDEN_CLOSE): of the sums it is in, directly or through hidden ones, the one
 * wanted least (sp_cells_is_wanted_less), else such a one of the other parts. Returns how many were
 * hidden.
 */
gsize sp_narrow_hide(SpNarrow *narrow, SpCells *cells);

/**
 * Once that has nothing more to hide: what the sums near a cell tell together, by linear programmes
 * of those counts whose bounds are within three widths; hides likewise. What is hidden does not
 * depend on the threads.
 */
gsize sp_narrow_hide_together(SpNarrow *narrow, SpCells *cells, guint n_threads);

/** Hidden cells that are still too close: all that bears on them is hidden. */
gsize sp_narrow_n_left(const SpNarrow *narrow);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpNarrow, sp_narrow_free)

#endif
