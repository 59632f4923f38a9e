/** One period of an indicator held against what need and constraint predict there. Method:
 * docs/methods/variation.md#succeed. */
#ifndef SP_TRANSFORMS_VARY_JUDGED_H
#define SP_TRANSFORMS_VARY_JUDGED_H

#include "transforms/vary/borrow.h"
#include "transforms/vary/control.h"
#include "transforms/vary/covariates.h"
#include "transforms/vary/model/fit.h"

typedef struct {
    SpAreas *against;      /* counts as expected by the model, made without the kommune itself */
    SpControl *control;    /* [n_rows of them] */
    SpReal *shrunk;        /* [n_rows] */
    SpReal together;       /* the ratio that all have to the prediction */
    gsize n, n_covariates; /* kommuner and covariates of the model */
    SpFit fit;
} SpJudged;

/** `areas` has chance; its texts are borrowed. The caller frees. */
SpJudged *sp_judged_new(const SpCountry *country, const SpCovariates *covariates,
                        const SpAreas *areas, const SpControlForm *form, gsize minimum_kommuner);
void sp_judged_free(SpJudged *judged);

/** The row of a kommune; FALSE when it has none. */
gboolean sp_judged_find(const SpJudged *judged, const char *kommune, gsize *row);

/** TRUE where the kommune has a figure and a prediction, so that it may be told of. */
gboolean sp_judged_is_known(const SpJudged *judged, gsize row);

/** TRUE of one on the good side: of discoveries, with a shrunk ratio at least `minimum` (relative)
 * from what all have together. */
gboolean sp_judged_is_found(const SpJudged *judged, gsize row, double minimum);
/** TRUE beyond the 95 % limit on the good side. */
gboolean sp_judged_is_beyond(const SpJudged *judged, gsize row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpJudged, sp_judged_free)

#endif
