/** From bands of ages to single ages. docs/methods/supply.md#ungrouping. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_UNGROUP_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_UNGROUP_H

#include <glib.h>

typedef struct {
    guint first; /* places in the array over age, both included */
    guint last;
} SpWorkBand;

/**
 * The smoothest curve (least sum of squared second differences) that is never negative and has the
 * bands' totals. Where it would be negative it is 0, and the rest is found again.
 *
 *   bands   [n_bands] that do not overlap; ages in no band get 0
 *   totals  [n_bands] persons >= 0; a total of 0 gives zeros
 *   single  [n_ages] filled; each band sums to its total, to 1e-12 of it
 */
void sp_ungroup(gsize n_ages, const SpWorkBand bands[], const double totals[], gsize n_bands,
                double single[]);

#endif
