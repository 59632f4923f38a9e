/** Kommuner that do better than their need and constraints predict (table `lykkes`), and how many
 * could be told of (`lykkes_grunnlag`, docs/tables.md). Method:
 * docs/methods/variation.md#succeed. */
#ifndef SP_TRANSFORMS_VARY_SUCCEED_H
#define SP_TRANSFORMS_VARY_SUCCEED_H

#include "transforms/vary/control.h"
#include "transforms/vary/covariates.h"

typedef struct {
    const char *const *themes;   /* NULL-terminated: of the catalogue's column `theme` */
    double period_minimum_share; /* 0-1, see sp_times_new */
    SpControlForm control;       /* false discoveries borne among those found */
    gsize minimum_kommuner;      /* of fewer nothing is predicted, and nobody found */
    double minimum;      /* least deviation after shrinkage, relative to the prediction; above 0 */
    gsize earlier;       /* periods before the newest that confirm */
    gsize confirmations; /* of them that must */
} SpSuccessRules;

/**
 * Tables lykkes and lykkes_grunnlag, added to `out`. Indicators are those of `themes` with a
 * direction that is good and a chance that is known.
 *
 * lykkes: one row an indicator and kommune that is found in the newest period and confirmed in
 * earlier ones. Found: q (against the prediction, over all kommuner of the nation) is at most what
 * is borne, and the shrunk ratio lies at least `minimum` to the good side of what the kommuner have
 * together. Confirmed: in so many of the earlier periods, which share no data with each other or
 * the newest and have no break between, the figure lies beyond the 95 % limit on the good side,
 * each held against a model of its own period.
 *   verdi, ventet       unit of the indicator; ventet is what a kommune of this need and these
 *                       constraints has, by a model made without it
 *   forhold, krympet    teller over the prediction, raw and shrunk
 *   p, q                0-1, in the newest period
 *   n_proevd, n_bekreftet  earlier periods it was held against, and those that confirm
 * Kommuner counted with a host have no row of their own; the host has. Flags as sp_control's.
 *
 * lykkes_grunnlag: one row an indicator (success_basis.h), so that a kommune that is not told of is
 * not taken for one that was tried and did no better.
 *
 * Findings: success_not_confirmed, found but not confirmed, how many of an indicator;
 * success_untested, an indicator with fewer earlier periods than must confirm; method_refused,
 * subject "ID PERIOD lykkes", no model of the newest period.
 */
gboolean sp_success(const SpCountry *country, const SpCovariates *covariates,
                    const SpSuccessRules *rules, SpTables *out, SpQuality *quality, GError **error);

/** TRUE of the indicators that have rows. */
gboolean sp_success_takes(const SpSuccessRules *rules, const SpIndicator *indicator);

#endif
