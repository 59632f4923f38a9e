/** The audit's first question: do the published parts add up to the published wholes? */
#ifndef SP_TRANSFORMS_AUDIT_SUMS_H
#define SP_TRANSFORMS_AUDIT_SUMS_H

#include "core/table.h"

/**
 * Checks every additive measure of a published table with a key column `region`, within the
 * rounding of published figures (nine significant digits a part), wherever the table holds whole
 * and parts with numbers:
 *
 *   a fylke's figure must be the sum (sp_real_sum) of its kommuner; a kommune belongs to the fylke
 *   of its first two digits
 *   the country's must be the sum of all fylker of the table, where it is our own sum: code 0k
 *   always, code 0 if `has_own_sums` and there is no 0k (a figure that the source publishes itself
 *   need not be a sum). A table with one fylke, as in that fylke's package, says nothing of the
 *   country
 *
 * Knows nothing but the table. Each break adds one sentence (char*) to `breaks`. Tables without
 * `region` or without additive measures have nothing to check. Returns the number of sums checked.
 */
gsize sp_audit_sums(const SpTable *table, gboolean has_own_sums, GPtrArray *breaks);

#endif
