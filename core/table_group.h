/** Sums over groups of rows. */
#ifndef SP_CORE_TABLE_GROUP_H
#define SP_CORE_TABLE_GROUP_H

#include "core/table.h"

/**
 * Sums the additive measures of a table over all rows that share the codes of `by` [n] (which
 * become the key, in that order). Measures that are not additive are left out of the result:
 * distinct persons, rates and means are recomputed or not at all. Sums follow sp_real_sum in row
 * order. The result is sorted by key; it keeps edition and marks. SP_ERROR_DATA when a `by` column
 * is not there. With n = 0 all rows make one.
 */
SpTable *sp_table_group(const SpTable *table, const char *name, const char *const by[], gsize n,
                        GError **error);

/**
 * Rewrites the codes of a column through a function before grouping: it is called once for each
 * code that stands in a row, in order of first appearance. `map` returns the new code (borrowed
 * until the next call), or NULL to drop the rows of the code. Returns a new table, rows in the same
 * order; equal keys are not merged (group after it). SP_ERROR_DATA when the column is not there.
 */
SpTable *sp_table_map_codes(const SpTable *table, const char *column,
                            const char *(*map)(const char *code, gpointer data), gpointer data,
                            GError **error);

#endif
