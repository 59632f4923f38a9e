/** Which figures their source will revise. */
#ifndef SP_TRANSFORMS_NORMALISE_PROVISIONAL_H
#define SP_TRANSFORMS_NORMALISE_PROVISIONAL_H

#include "core/layout.h"
#include "core/table.h"

/**
 * Flags numbers of `table` (our codes; its edition is that of the source) as provisional: those of
 * periods from the layout's provisional_from on, and those that were published before its
 * final_from of their period's year. SSB publishes KOSTRA unrevised in March and revised in June,
 * and nothing in an answer tells the two apart but the day of the table's last change.
 * SP_ERROR_DATA when a layout with final_from meets a table without edition.
 */
gboolean sp_flag_provisional(const SpLayout *layout, SpTable *table, GError **error);

#endif
