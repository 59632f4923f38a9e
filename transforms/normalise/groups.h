/** Sums over groups of codes, beside the codes themselves. */
#ifndef SP_TRANSFORMS_NORMALISE_GROUPS_H
#define SP_TRANSFORMS_NORMALISE_GROUPS_H

#include "core/layout.h"
#include "core/table.h"

/**
 * The facts with rows for the groups of every column of the layout that names `groups`: for each
 * group, the sums (sp_real_sum) of the rows whose code is one of its members, by all other keys. A key
 * without any member's row has no row of the group; a member without a row adds nothing. Groups may
 * overlap, and hold codes of different years (KOSTRA's 254 until 2023, 257 and 258 from 2024), so that
 * the group's series goes on where its members' end. Takes `facts`, whose measures are additive (core/layout.c);
 * attributes of a group's rows are "". Sorted by key when something was added.
 *
 * SP_ERROR_CONFIG when the list is not in `maps`, or a group has the code of a row.
 */
SpTable *sp_normalise_groups(SpTable *facts, const SpLayout *layout, const SpTables *maps,
                             GError **error);

#endif
