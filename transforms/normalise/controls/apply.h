/** Controls on facts: kernels fed by the rules of config/kontroller.csv. */
#ifndef SP_TRANSFORMS_NORMALISE_CONTROLS_APPLY_H
#define SP_TRANSFORMS_NORMALISE_CONTROLS_APPLY_H

#include "core/table.h"
#include "transforms/normalise/controls/judge.h"

/**
 * The empty table `kontroll`: dataset, tabell, maal, kontroll, mot, celle, region, period ·
 * (utfall) · verdi, nedre, oevre. A row is a kommune outside the limits (utfall `utenfor`) or among
 * the largest (`listet`), or of the control sums a stratum (`pass`, `warn`, `stop`; the country is
 * 0k). What is inside has no row.
 */
SpTable *sp_controls_table(void);

/** What a dataset is held against. */
typedef struct {
    const SpTable *rules; /* config/kontroller.csv, of all datasets */
    const char *dataset;
    const SpTable *regions; /* the table `region` of the target division, for strata */
} SpControls;

/** SP_ERROR_CONFIG as sp_control_rules_of, and for a rule for a table that the dataset does not
 * make. */
gboolean sp_controls_check(const SpControls *controls, const SpTables *facts, GError **error);

/**
 * Applies the rules of a dataset to one table of its facts, those that name it, and adds to
 * `kontroll`.
 *
 * Each rule with limits is judged once over all its strata: finding `control`, subject "hb MEASURE"
 * (with the measure or period it is held against). SP_ERROR_CONFIG as sp_control_rules_of and
 * sp_control_units_new.
 */
gboolean sp_controls_apply(const SpControls *controls, const SpTable *facts, SpTable *kontroll,
                           SpJudge *judge, GError **error);

#endif
