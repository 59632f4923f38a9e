/** Where each kommune stands among the others: rows of table `plassering`. */
#ifndef SP_TRANSFORMS_VARY_PLACING_H
#define SP_TRANSFORMS_VARY_PLACING_H

#include "transforms/vary/borrow.h"
#include "transforms/vary/control.h"

/** An empty table `plassering`. */
SpTable *sp_placing_new(void);

/**
 * Appends one row for each row of `areas`.
 *
 *   control, borrowed [n_rows]  by sp_control and sp_borrow
 *
 * Where verdi is no number, ratio is none either, with its status. `vurdering` is the judgement.
 */
void sp_placing_add(SpTable *table, const SpAreas *areas, const SpControl control[],
                    const SpBorrowed borrowed[]);

#endif
