/** PAI's leavers without those of kommuner that may not be seen. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_LEAVERS_SEEN_H
#define SP_TRANSFORMS_PROJECT_BALANCE_LEAVERS_SEEN_H

#include "core/table.h"

/**
 *   table  SP_TABLE_LEAVERS (turnover.h)
 *   shown  the same as it may be seen (protect/shown.h)
 *
 * A copy of `table` in which staff and leavers of an interval are suppressed, at all ages, where
 * `shown` does not tell those of all ages and both sexes of the same profession and region. The
 * country's are as they were, since its rates are told to three decimals; but its persons and
 * årsverk of a day, which make position sizes, are suppressed where `shown` does not tell them.
 * SP_ERROR_DATA when a column is not there. The caller frees.
 */
SpTable *sp_leavers_seen(const SpTable *table, const SpTable *shown, GError **error);

#endif
