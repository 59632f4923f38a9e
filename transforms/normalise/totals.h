/** The mass balance of restating: what it may not change. */
#ifndef SP_TRANSFORMS_NORMALISE_TOTALS_H
#define SP_TRANSFORMS_NORMALISE_TOTALS_H

#include "core/quality.h"
#include "transforms/normalise/restate_plan.h"

/**
 * Holds the sums over all kommuner of `restated` against those of the plan's facts, for each
 * combination of the other keys (sex, age, period ...) and each additive measure: equal within 1e-9
 * of the sum, so to the person up to 10^9 persons, and of the same status. A sum that lost a part
 * of a split without weights is left aside. Notes `total_checked` by measure.
 *
 * SP_ERROR_BUG names table, measure, keys and both sums.
 */
gboolean sp_restate_check_totals(const SpRestatePlan *plan, const SpTable *restated,
                                 SpQuality *quality, GError **error);

#endif
