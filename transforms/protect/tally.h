/** How many cells are hidden, and why: the table `skjult` (shown.h). */
#ifndef SP_TRANSFORMS_PROTECT_TALLY_H
#define SP_TRANSFORMS_PROTECT_TALLY_H

#include "core/cell.h"
#include "transforms/protect/cells.h"

/** Of no rows; the caller frees. */
SpTable *sp_tally_new(void);

/** Adds the rows of a layer's table, the one in `place`: cells that are told, with
 * somebody in them, by reason. Of a
 * layer that hides no figure (is_hiding FALSE) no cell is hidden. */
void sp_tally_add(SpTable *tally, const SpLayer *layer, const SpCells *cells, guint place,
                  gboolean is_hiding);

/** A cell of the table (contract: `explain` in core/transform.h): every figure of the table that it
 * counts, which is among `in`. SP_ERROR_NO_INPUT when that is not there. */
gboolean sp_tally_explain(const SpTables *in, const SpCell *cell, SpExplanation *explanation,
                          GError **error);

#endif
