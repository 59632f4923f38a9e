/** The årsverk behind a count: a register's owner may hide cells of few årsverk (KS: ten of PAI),
 * whatever else of the cell is counted. */
#ifndef SP_TRANSFORMS_VARY_WORK_H
#define SP_TRANSFORMS_VARY_WORK_H

#include "transforms/vary/grid.h"

typedef struct SpWork SpWork;

/** *work is the same formula with the measure `aarsverk` in the place of its own; NULL where it is
 * of årsverk itself, or one of its tables is not sensitive or has none. `in` is borrowed for its
 * life. Errors of sp_grid_new. */
gboolean sp_work_new(const SpFormula *formula, const SpTables *in, SpWork **work, GError **error);
void sp_work_free(SpWork *work);

/** As sp_grid_pick. */
gboolean sp_work_pick(const SpWork *work, const char *period, const GPtrArray *regions,
                      SpReal figures[], GError **error);

#endif
