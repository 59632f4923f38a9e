/** Where each kommune stands among the others: rows of table `plassering`. */
#ifndef SP_TRANSFORMS_VARY_PLACING_H
#define SP_TRANSFORMS_VARY_PLACING_H

#include "core/table.h"
#include "transforms/vary/areas.h"

/** An empty table `plassering`. */
SpTable *sp_placing_new(void);

/**
 * Appends one row for each row of `areas`.
 *   shrunk  [areas->n] ratios by sp_shrink_marshall; not read where the indicator has no chance
 * Binomial limits for shares, of n persons with the chance forventet / nevner; Poisson limits
 * around forventet for counts per population; not applicable without chance. Where verdi is no
 * number, ratio and krympet are none either, with its status, and there is no signal; the limits
 * need no figure of the kommune's own. The flags of all that a figure is made from are or-ed.
 *
 * Returns the share (0-1) of the kommuner that enter whose teller is outside the 99.8 % limits;
 * those without limits are in neither part of it. Missing when none has limits, not applicable
 * without chance.
 */
SpReal sp_placing_add(SpTable *table, const SpAreas *areas, const SpReal shrunk[]);

#endif
