/** How much kommuner differ, and where each stands: tables `variasjon` and `plassering`
 * (docs/tables.md). */
#ifndef SP_TRANSFORMS_VARY_VARIATION_H
#define SP_TRANSFORMS_VARY_VARIATION_H

#include "core/quality.h"
#include "core/table.h"

typedef struct {
    const SpTable *values;       /* table indikatorverdi */
    const SpTable *regions;      /* table region: the kommuner are its rows with slag kommune */
    const GPtrArray *indicators; /* SpIndicator*, by sp_indicators_read */
    double scv_minimum_expected; /* persons: kommuner expecting fewer are left out of the SCV */
} SpVariationInput;

/**
 * Adds to `out`, both sorted by key:
 *   variasjon   one row an indicator and period. Quotients and coefficients of variation for every
 *               indicator; SCV, chi-square, Marshall's a and b and andel_utenfor_998 where it
 *               has_chance, not applicable otherwise. n_utelatt is the kommuner of `regions` that
 *               do not enter: missing, suppressed, too few persons for a share, or nobody to
 *               count. scv_andel_utelatt and andel_utenfor_998 (kommuner outside their 99.8 %
 *               limits) are 0-1
 *   plassering  one row an indicator, period and kommune. ratio = teller / forventet and krympet
 *               (its shrunk form, flag m) are ratios; the limits are in the unit of verdi: where
 *               verdi would lie in 95 and 99.8 of 100 kommuner of this size if only chance made it
 *               differ from the expected. Cut to what is possible (0, and `per` for shares). signal
 *               is "", "over_95", "over_998", "under_95" or "under_998"
 * Measures that are not defined are missing. Indicators without a denominator are in neither table.
 *
 * Findings: method_refused (indicator and method, and why), expected_below_one (chi-square over
 * kommuner where the count has a variance below one), kommune_not_in_region. SP_ERROR_DATA when a
 * column is not there or an indicator is not in the catalogue.
 */
gboolean sp_variation(const SpVariationInput *input, SpTables *out, SpQuality *quality,
                      GError **error);

#endif
