/** Lineage of framskriving_gap, framskriving_aarsaker and framskriving_balanse. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_GAP_EXPLAIN_H
#define SP_TRANSFORMS_PROJECT_BALANCE_GAP_EXPLAIN_H

#include "core/transform.h"

/** As SpTransform's, for cells of these tables; SP_ERROR_NO_INPUT for others. */
gboolean sp_gap_explain(const SpTables *in, const SpCell *cell, SpExplanation *explanation,
                        GError **error);

#endif
