/** What is known of how use and staffing grow beside the newest years, from the table `utvikling`
 * (config/framskriving/utvikling.csv). */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_GROWTH_H
#define SP_TRANSFORMS_PROJECT_DEMAND_GROWTH_H

#include "core/table.h"
#include "transforms/project/demand/series.h"

typedef struct {
    /* "bruk" users of a service, "aarsverk" of an area, "andel" the share of a profession in it;
     * borrowed from the table */
    const char *kind;
    /* The service, area or profession, "*" for those without a row of their own; borrowed. */
    const char *name;
    SpDemandSeriesPrior prior;
} SpGrowth;

/**
 * Rows of the table in its order; owned by the caller (g_array_unref).
 *
 *   table  code columns slag, navn; measures drift (log a year), drift_sd, steg_sd (> 0), dempning,
 *          aldring, beholdt (0-1), aldring_sd (> 0); the last three are of sums: a row of kind
 *          andel may have them blank, and they are 0 there
 * SP_ERROR_DATA names row, column and remedy: another kind, a figure that is missing or outside its
 * limits, two rows for one name, a kind without "*".
 */
GArray *sp_growth_new(const SpTable *table, GError **error);

/** The row of a name, else that of "*". */
const SpGrowth *sp_growth_find(const GArray *growth, const char *kind, const char *name);

#endif
