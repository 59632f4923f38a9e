/** Lineage of the tables of balance. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_EXPLAIN_H
#define SP_TRANSFORMS_PROJECT_BALANCE_EXPLAIN_H

#include "core/transform.h"

/**
 * `explain` of sp_transform_balance. The method of a gap, of a need of recruitment and of a change
 * of cost begins with the parts that it is the sum of, where it is a number. Tables are made again
 * from `in`, so errors are those of making them.
 */
gboolean sp_balance_explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                            SpExplanation *explanation, GError **error);

#endif
