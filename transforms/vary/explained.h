/** What of the differences between kommuner is need, what is constraint, what is chance, and what
 * none of these explains (table `variasjon_andeler`, docs/tables.md). Method:
 * docs/methods/variation.md#shares. */
#ifndef SP_TRANSFORMS_VARY_EXPLAINED_H
#define SP_TRANSFORMS_VARY_EXPLAINED_H

#include "transforms/vary/control_form.h"
#include "transforms/vary/covariates.h"

typedef struct {
    double period_minimum_share; /* 0-1, see sp_country_newest */
    SpControlForm control;       /* of uforklart */
    gsize minimum_kommuner;      /* of fewer there are no shares and no residuals */
} SpExplainedRules;

/**
 * Table `variasjon_andeler`: one row an indicator that has_chance and period (years pooled left
 * out), by sp_shares_new for persons (Poisson, shares binomial) and sp_linear_shares_new for
 * årsverk. Its kommuner are those that enter, where chance moves the count, whose covariates are
 * all known, and of parts those with no more than the whole (sp_areas_is_possible); n_utelatt the
 * other kommuner of the country. Covariates are the need of the indicator's theme and all
 * constraints, the newest by the period's end; the indicator itself is none, and neither is one
 * that is the same in all these kommuner.
 *   behov, rammevilkaar  ids of the covariates that were in
 *   andel_…              0-1, sum to 1; missing where no model could be fitted, or of too few
 *   mrr_…, pcv           not applicable for årsverk
 *
 * And table `uforklart` (transforms/vary/residual.h) of each indicator's newest period that enough
 * have (sp_country_newest).
 *
 * Findings: method_refused, subject "ID variasjon_andeler" where the size of chance is not known,
 * "ID PERIOD variasjon_andeler" (of uforklart: its name) where the model could not be fitted, each
 * with the reason.
 */
gboolean sp_explained(const SpCountry *country, const SpCovariates *covariates,
                      const SpExplainedRules *rules, SpTables *out, SpQuality *quality,
                      GError **error);

#endif
