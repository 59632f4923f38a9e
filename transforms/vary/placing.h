/** Where each kommune stands among the others: rows of table `plassering`. */
#ifndef SP_TRANSFORMS_VARY_PLACING_H
#define SP_TRANSFORMS_VARY_PLACING_H

#include "core/table.h"
#include "transforms/vary/areas.h"

/** An empty table `plassering`. */
SpTable *sp_placing_new(void);

/**
 * Appends one row for each row of `areas`.
 *   shrunk  [areas->n] ratios by sp_shrink_marshall; not read where persons are not counted
 * Binomial limits for shares, of n persons with the chance forventet / nevner; Poisson limits
 * around forventet for counts per population. Not applicable where persons are not counted.
 */
void sp_placing_add(SpTable *table, const SpAreas *areas, const SpReal shrunk[]);

#endif
