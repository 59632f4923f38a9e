/** Indicators and their variation between kommuner. */
#ifndef SP_TRANSFORMS_VARY_VARY_H
#define SP_TRANSFORMS_VARY_VARY_H

#include "core/transform.h"

/**
 * in: `indikator` (config/indicators.csv as code columns) and the facts that its formulas name ·
 * out: indikatorverdi (docs/tables.md).
 *
 * Settings: shares of fewer are missing, and pooled over four years where that is enough:
 *   vary.share_minimum_persons   persons among persons
 *   vary.share_minimum_aarsverk  årsverk among årsverk
 *   vary.most_hidden             0-1: nothing is expected where the hidden would have more
 * of sensitive sources, what is suppressed before anything is made of it:
 *   protect.threshold            persons
 *   protect.least_aarsverk       årsverk
 * and
 *   vary.samples                 tables of facts that hold a draw of the persons alone: figures
 *                                made of them have flag u, here and in all tables below
 * Method: docs/methods/variation.md.
 */
extern const SpTransform sp_transform_indicators;

/**
 * in: region, sted where it is there, and midtpunkter (config/midtpunkter.csv) · out: avstand
 * (transforms/vary/distances.h), which formulas may name; nothing without sted. No settings.
 */
extern const SpTransform sp_transform_distances;

/**
 * in: indikatorverdi, indikator, region, naboer (config/naboer.csv: transforms/vary/neighbours.h) ·
 * out: variasjon, plassering (docs/tables.md).
 *
 * Settings:
 *   vary.scv_minimum_expected  kommuner expecting fewer persons are left out of the SCV
 *   vary.scv_minimum_kommuner  of fewer that are not left out the SCV is missing
 *   vary.headline_minimum_kommuner  of fewer sd_mellom and medianforhold are missing
 *   vary.least_shown           of sensitive sources: nobody's prediction rests on smaller figures
 *   vary.false_discovery       share of false signals among signals that is borne
 *   vary.pulled_in             each tail's share that is pulled in before the spread is measured
 *   vary.od_minimum_kommuner   of fewer nobody is told to stand out among kommuner
 *   vary.bootstrap_replicates  draws; 0: no intervals by bootstrap
 *   vary.seed                  of the draws, a whole number from 0 on
 * Method: docs/methods/variation.md.
 */
extern const SpTransform sp_transform_variation;

/**
 * in: indikatorverdi, indikator, region · out: sammenlikningskommuner (docs/tables.md).
 *
 * Settings, here and in the next:
 *   vary.comparators           the nearest that are told of each kommune
 *   vary.comparator_groups     groups around medoids
 *   vary.comparators_by        need, constraint: the covariates that distance is measured by
 *   vary.comparators_theme     whose need: of this theme of the catalogue; empty: of all
 *   vary.comparator_weights    what a covariate counts in the distance, ID:WEIGHT; others 1. Those
 *                              below 1 count as one together
 *   vary.covariate_classes     covariates that are a class of table `region`, ID:ATTRIBUTE
 *   vary.period_minimum_share  a period counts that so many of the kommuner have, 0-1
 * Method: docs/methods/variation.md#comparators.
 */
extern const SpTransform sp_transform_comparators;

/**
 * in: the same · out: sammenlikning.
 *
 * Settings: those above, and vary.comparison_minimum_members, the kommuner that a mean is of at
 * least.
 */
extern const SpTransform sp_transform_comparison;

/**
 * in: the same · out: utvikling.
 *
 * Settings:
 *   vary.period_minimum_share     as above
 *   vary.trend_members_share      a fylke or country has a series when so many of its kommuner have
 *                                 every period, 0-1
 *   vary.trend_minimum_points     points that a trend is of at least
 *   vary.false_discovery          share of false alarms borne among changes told, 0-1
 *   vary.bootstrap_replicates     of blocks; 0: none
 *   vary.seed                     of their random numbers
 * Method: docs/methods/variation.md#development.
 */
extern const SpTransform sp_transform_development;

/**
 * in: the same · out: variasjon_andeler, uforklart.
 *
 * Settings: vary.covariate_classes, vary.period_minimum_share, and vary.false_discovery,
 * vary.pulled_in and vary.od_minimum_kommuner as above, and
 *   vary.shares_minimum_kommuner  of fewer there are no shares and no residuals
 * Method: docs/methods/variation.md#shares.
 */
extern const SpTransform sp_transform_shares;

/**
 * in: the same · out: lykkes, lykkes_grunnlag.
 *
 * Settings: vary.covariate_classes, vary.period_minimum_share, vary.shares_minimum_kommuner and
 * vary.false_discovery as above, and
 *   vary.success_themes         themes of the catalogue that tell of recruitment, stability or
 *                               competence
 *   vary.success_minimum        least deviation from the prediction after shrinkage, relative
 *   vary.success_earlier        periods before the newest that confirm it
 *   vary.success_confirmations  of them that must
 * Method: docs/methods/variation.md#succeed.
 */
extern const SpTransform sp_transform_success;

#endif
