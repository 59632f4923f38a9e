/** A formula's cells asked otherwise than by the formula itself: by their årsverk, since a
 * register's owner may hide cells of few (KS: ten of PAI) whatever else of the cell is counted; and
 * as they may be seen, since a cell may be hidden for the sake of others. */
#ifndef SP_TRANSFORMS_VARY_TWIN_H
#define SP_TRANSFORMS_VARY_TWIN_H

#include "transforms/vary/grid.h"

/** Before the name of a sensitive table: the same table as it may be seen (protect/shown.h). */
#define SP_SHOWN_PREFIX "vist_"

typedef struct SpTwin SpTwin;

/** *twin is the same formula with the measure `aarsverk` in the place of its own; NULL where it is
 * of årsverk itself, or one of its tables is not sensitive or has none. `in` is borrowed for its
 * life. Errors of sp_grid_new. */
gboolean sp_twin_of_work(const SpFormula *formula, const SpTables *in, SpTwin **twin,
                         GError **error);

/** *twin is the same formula of the tables as they may be seen; NULL where none of its tables is
 * among those. `in` and errors as above. */
gboolean sp_twin_of_shown(const SpFormula *formula, const SpTables *in, SpTwin **twin,
                          GError **error);

/** The country's figure, as sp_grid_country; untouched where there is no twin (NULL). */
gboolean sp_twin_country(const SpTwin *twin, const char *period, SpReal *figure, GError **error);

void sp_twin_free(SpTwin *twin);

/** As sp_grid_pick. */
gboolean sp_twin_pick(const SpTwin *twin, const char *period, const GPtrArray *regions,
                      SpReal figures[], GError **error);

#endif
