/** Indicators and their variation between kommuner. */
#ifndef SP_TRANSFORMS_VARY_VARY_H
#define SP_TRANSFORMS_VARY_VARY_H

#include "core/transform.h"

/**
 * in: `indikator` (config/indicators.csv as code columns) and the facts that its formulas name ·
 * out: indikatorverdi (docs/tables.md).
 *
 * Settings: shares of fewer are missing, and pooled over four years where that is enough:
 *   vary.share_minimum_persons   (default 25)
 *   vary.share_minimum_aarsverk  of årsverk among årsverk (default 10)
 * Method: docs/methods/variation.md.
 */
extern const SpTransform sp_transform_indicators;

/**
 * in: indikatorverdi, indikator, region · out: variasjon, plassering (docs/tables.md).
 *
 * Settings:
 *   vary.scv_minimum_expected  kommuner expecting fewer persons are left out of the SCV (default 5)
 *   vary.least_shown           of sensitive sources: nobody's prediction rests on smaller figures
 *                              (default 10)
 *   vary.false_discovery       share of false signals among signals that is borne (default 0.05)
 *   vary.pulled_in             share of scores pulled in at each end (default 0.1)
 *   vary.bootstrap_replicates  (default 1000; 0: no intervals by bootstrap)
 *   vary.seed                  of the bootstrap (default 1)
 * Method: docs/methods/variation.md.
 */
extern const SpTransform sp_transform_variation;

#endif
