/** How much kommuner differ, and where each stands: tables `variasjon` and `plassering`
 * (docs/tables.md). */
#ifndef SP_TRANSFORMS_VARY_VARIATION_H
#define SP_TRANSFORMS_VARY_VARIATION_H

#include "core/quality.h"
#include "core/table.h"
#include "transforms/vary/control.h"

typedef struct {
    double scv_minimum_expected; /* persons: kommuner expecting fewer are left out of the SCV */
    guint scv_minimum_kommuner;  /* of fewer that are not left out it is missing */
    guint headline_minimum_kommuner;
    double least_shown; /* unit of teller: where a source is sensitive, figures up to this may come
                           to be hidden, and nobody's prediction without own figures rests on
                           them */
    SpControlForm control;
    guint replicates; /* of the bootstrap; 0: none */
    guint64 seed;     /* of its draws, which are named by indicator and period below it */
    guint n_threads;  /* 0 as 1 */
} SpVariationForm;

typedef struct {
    const SpTable *values;       /* table indikatorverdi */
    const SpTable *regions;      /* table region: the kommuner are its rows with slag kommune */
    const SpTable *neighbours;   /* which of them are neighbours: transforms/vary/neighbours.h */
    const GPtrArray *indicators; /* SpIndicator*, by sp_indicators_read */
    SpVariationForm form;
} SpVariationInput;

/** Attribute of table region: the groups whose kommuner are alike, which uten_egne_tall learns
 * from. */
#define SP_VARY_ALIKE "kostragruppe"

/**
 * Adds to `out`, both sorted by key, the same bytes on any number of threads:
 *   variasjon   one row an indicator and period: transforms/vary/variation_row.h. n_utelatt is the
 *               kommuner of `regions` that do not enter: missing, suppressed, too few persons for a
 *               share, or nobody to count
 *   plassering  one row an indicator, period and kommune: transforms/vary/placing.h
 * Measures that are not defined are missing. Indicators without a denominator are in neither table.
 *
 * Findings: method_refused (indicator and method, and why), expected_below_one (chi-square over
 * kommuner where the count has a variance below one), headline_not_fitted (and why),
 * grouping_unknown (an attribute that table region does not have, and what is then missing),
 * neighbours_unknown, kommune_not_in_region. SP_ERROR_CONFIG of the list of neighbours;
 * SP_ERROR_DATA when a column is not there or an indicator is not in the catalogue.
 */
gboolean sp_variation(const SpVariationInput *input, SpTables *out, SpQuality *quality,
                      GError **error);

#endif
