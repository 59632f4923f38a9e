/** Formulas evaluated so far: several indicators share the same population. */
#ifndef SP_TRANSFORMS_VARY_GRIDS_H
#define SP_TRANSFORMS_VARY_GRIDS_H

#include "transforms/vary/grid.h"

typedef struct SpGrids SpGrids;

/** `in` is borrowed for its life. The caller frees. */
SpGrids *sp_grids_new(const SpTables *in);
void sp_grids_free(SpGrids *grids);

/** The grid of a formula, made on first use. Borrowed. NULL with the errors of sp_grid_new. */
const SpGrid *sp_grids_find(SpGrids *grids, const SpFormula *formula, GError **error);
/** Says that a table is read beside the formulas, if it is there: it marks the result too. */
void sp_grids_note(SpGrids *grids, const char *table);
/** Gives `table` the marks of all tables that were evaluated or noted and the newest of their
 * editions. */
void sp_grids_mark(const SpGrids *grids, SpTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpGrids, sp_grids_free)

#endif
