/** Where newcomers to a profession come to live. docs/methods/supply.md#placement. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_PLACEMENT_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_PLACEMENT_H

#include <glib.h>

/**
 * Shares of a nation's newcomers by labour-market region: where the young of the profession live,
 * drawn towards where the young of its parent group do (beta.h over regions), raked to the nation.
 *
 *   own    [n]  persons of the profession who are young, >= 0
 *   parent [n]  persons of the parent group who are young, >= 0; where there are none at all, every
 *               region counts alike
 *   share  [n]  filled, sum 1
 */
void sp_placement(gsize n, const double own[], const double parent[], double share[]);

#endif
