/** A formula evaluated over its table: a figure for each region and period. */
#ifndef SP_TRANSFORMS_VARY_GRID_H
#define SP_TRANSFORMS_VARY_GRID_H

#include "transforms/vary/formula.h"

typedef struct SpGrid SpGrid;

/**
 * `table` is borrowed for the life of the grid; it needs code columns region and period. Errors:
 * SP_ERROR_DATA when a column is not there; SP_ERROR_CONFIG when figures that are not additive
 * would have to be summed (distinct persons do not add up), or when a sum would hold the total of
 * `kjonn` (0) beside its parts. Both say what to write in the formula.
 */
SpGrid *sp_grid_new(const SpFormula *formula, const SpTable *table, GError **error);
void sp_grid_free(SpGrid *grid);

/** The figure; missing when the table has no row for it. */
SpReal sp_grid_find(const SpGrid *grid, const char *region, const char *period);

/** Region and period codes of the rows that entered, in byte order: char*, borrowed from the grid.
 */
const GPtrArray *sp_grid_regions(const SpGrid *grid);
const GPtrArray *sp_grid_periods(const SpGrid *grid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpGrid, sp_grid_free)

#endif
