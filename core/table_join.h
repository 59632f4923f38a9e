/** Left join of a table with a keyed table. */
#ifndef SP_CORE_TABLE_JOIN_H
#define SP_CORE_TABLE_JOIN_H

#include "core/table.h"

/**
 * Every row of `left`, with the columns of `right` that `left` does not have appended. Rows match
 * on all key columns of `right`, which must be code columns of `left` too (SP_ERROR_DATA
 * otherwise). Without a match codes are "" and figures missing. `right` must be unique in its key
 * (SP_ERROR_DATA). Name and edition are left's; marks are or-ed.
 */
SpTable *sp_table_join(const SpTable *left, const SpTable *right, GError **error);

#endif
