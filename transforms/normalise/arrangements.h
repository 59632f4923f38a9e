/**
 * Rows about two kommuner: who commutes from where to where, and who provides a service for whom.
 */
#ifndef SP_TRANSFORMS_NORMALISE_ARRANGEMENTS_H
#define SP_TRANSFORMS_NORMALISE_ARRANGEMENTS_H

#include "core/layout.h"
#include "transforms/normalise/restate.h"

/** The layout's second column of role region; NULL when it has one or none. */
const SpLayoutColumn *sp_arrangements_second(const SpLayout *layout);

/**
 * The facts with both region columns on the target division: restated by the one, then by the other
 * (restate.h). A figure of a divided kommune is thus shared by population at either end, and
 * flagged modelled.
 *
 * With the layout's links_until a row whose two kommuner have become one is left out, which is
 * noted (`link_inside`): the arrangement is the kommune's own affair now.
 */
SpTable *sp_arrangements_restate(const SpTable *facts, const SpLayout *layout,
                                 const SpTarget *target, SpQuality *quality, GError **error);

/**
 * Arrangements as they stand in the source, before restating: `region` takes part, the second
 * region provides, from the period's first day to the day in the column links_until (included;
 * empty: still). Those of one service (the other key columns) that hold on one day may not come
 * back to where they began.
 *
 * SP_ERROR_DATA names the kommuner of the circle, the service and the day; a last day that is no
 * day or is before the first.
 */
gboolean sp_arrangements_check(const SpTable *facts, const SpLayout *layout, GError **error);

#endif
