/** Sums over the rows that a source has, where no row means none: a layout's `levels`. */
#ifndef SP_TRANSFORMS_NORMALISE_LEVELS_H
#define SP_TRANSFORMS_NORMALISE_LEVELS_H

#include "core/cell.h"
#include "core/layout.h"
#include "core/table.h"

/**
 *   facts   on the target division, keys unique
 *   maps    the code lists that levels name
 *   result  the cross product of all columns' levels, sorted; a copy if no column has any
 *
 * Additive measures of a sum follow sp_real_sum over its rows; others are missing; attributes
 * are those that all its rows share, else "".
 * A group's list (from: a code, to: its group) may hold a code several times: groups may overlap.
 * The fylke of a kommune is that of its code; rows that are of a fylke already stand for it, but
 * only in a table without kommuner: else they would count twice. The country is "0".
 *
 * SP_ERROR_DATA when a sum meets a row that the source has for it.
 */
SpTable *sp_normalise_levels(const SpTable *facts, const SpLayout *layout, const SpTables *maps,
                             GError **error);

/** TRUE when a cell of the layout's table is such a sum, by the form of its codes. */
gboolean sp_normalise_is_level(const SpLayout *layout, const SpCell *cell);
/** The cells it sums, as one with `*` for what is summed. */
void sp_normalise_explain_level(const SpLayout *layout, const SpCell *cell,
                                SpExplanation *explanation);

#endif
