/** A formula evaluated over the facts: a figure for each region and period. */
#ifndef SP_TRANSFORMS_VARY_GRID_H
#define SP_TRANSFORMS_VARY_GRID_H

#include "transforms/vary/formula.h"

typedef struct SpGrid SpGrid;

/**
 * `formula` and its tables, which must be among `in`, are borrowed for the life of the grid; each
 * table needs code columns region and period. Errors: SP_ERROR_DATA when a column is not there;
 * SP_ERROR_CONFIG when a sum would hold what does not add up (distinct persons), a total beside its
 * parts (`kjonn` 0, a band of `alder`) or a key column that the formula does not name. They say
 * what to write in the formula.
 */
SpGrid *sp_grid_new(const SpFormula *formula, const SpTables *in, GError **error);
void sp_grid_free(SpGrid *grid);

/**
 * The figures of `regions` (char*) beside a period of the indicator (formula.h, "when"), written to
 * `figures` [regions]; missing where a term has no row (unless "or 0"). Terms are added by
 * sp_real_add: not applicable ones are skipped, suppressed, missing and pending propagate.
 * SP_ERROR_DATA when `period` is none and a term is wanted by its time; SP_ERROR_CONFIG when
 * quarters of figures that do not add up would make a year.
 */
gboolean sp_grid_pick(const SpGrid *grid, const char *period, const GPtrArray *regions,
                      SpReal figures[], GError **error);

/**
 * The country's figure beside a period: its own row where a term's table has one; else, where the
 * measure adds up, the sum over kommuner of the table; else missing. Terms are added as above.
 *
 *   is_own  FALSE where the table of some term has no row of the country, or is sensitive: what is
 *           counted here is no source's published figure
 * Errors as above.
 */
gboolean sp_grid_country(const SpGrid *grid, const char *period, SpReal *figure, gboolean *is_own,
                         GError **error);

/** Adds the regions of the rows that entered to a list (char*, borrowed from the facts), each once
 * over all calls with the same `seen`. */
void sp_grid_add_regions(const SpGrid *grid, GPtrArray *regions, GHashTable *seen);
/** The indicator's periods by the first term, in byte order: those with a figure that is applicable
 * (char*, borrowed from the grid). */
const GPtrArray *sp_grid_periods(const SpGrid *grid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpGrid, sp_grid_free)

#endif
