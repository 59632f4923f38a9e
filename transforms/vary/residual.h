/** Each kommune's figure over what its need and constraints predict: where variation that nobody
 * wants may be looked for (table `uforklart`, docs/tables.md). Method:
 * docs/methods/variation.md#residual. */
#ifndef SP_TRANSFORMS_VARY_RESIDUAL_H
#define SP_TRANSFORMS_VARY_RESIDUAL_H

#include "transforms/vary/control_form.h"
#include "transforms/vary/need.h"

/**
 * Adds a row a kommune of the model to a table of sp_residual_columns.
 *   verdi                  unit of the indicator
 *   ventet_behov, ventet   what a kommune of this need, and of these constraints too, has: by
 *                          models made without it, so that it may be shown where verdi may not
 *   forhold                teller over ventet's
 *   krympet_behov, krympet teller over ventet_behov's and ventet's, drawn towards the ratio of all
 *                          (Marshall)
 *   krympet_nedre, _oevre  95 %, not below 0
 *   p, q, signal, vurdering  who stands out: sp_control's p_od, q_od, discovery_od and judgement
 *                          of the figures held against `ventet`
 * Kommuner counted with a host have no row of their own. Flag m on what is modelled. Nothing is
 * added where the model, sp_need_counts, has no fit.
 */
void sp_residual_add(SpTable *table, const SpNeed *need, const SpShares *shares,
                     const SpControlForm *form);

/** An empty table `uforklart`, columns without marks and edition. */
const SpColumn *sp_residual_columns(gsize *n_columns);

#endif
