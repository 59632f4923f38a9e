/** The audit's first question: do the published parts add up to the published wholes? */
#ifndef SP_TRANSFORMS_AUDIT_SUMS_H
#define SP_TRANSFORMS_AUDIT_SUMS_H

#include "core/table.h"

/**
 * Checks every additive measure of a published table with a key column `region`: the fylke's figure
 * must be the sum (sp_real_sum) of its kommuner, wherever the table holds both with numbers, within
 * the rounding of published figures (nine significant digits a part). Knows nothing but the table:
 * a kommune belongs to the fylke of its first two digits. Each break adds one sentence (char*) to
 * `breaks`. Tables without `region` or without additive measures have nothing to check. Returns the
 * number of sums checked.
 */
gsize sp_audit_sums(const SpTable *table, GPtrArray *breaks);

#endif
