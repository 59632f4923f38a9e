/**
 * The shares of model/shares.h for figures that are no counts of persons: årsverk, amounts, means.
 * Need, constraint and what neither explains, by least squares, cross-validated alike; what of it
 * is chance is told only where the caller knows the variance that chance gives each figure
 * (årsverk: from position sizes, or from the years of the kommune itself). Decomposition:
 * docs/methods/variation.md#shares.
 */
#ifndef SP_TRANSFORMS_VARY_MODEL_SHARES_LINEAR_H
#define SP_TRANSFORMS_VARY_MODEL_SHARES_LINEAR_H

#include "core/real.h"
#include "transforms/vary/model/fit.h"

typedef struct {
    gsize n;
    const double *value;    /* [n] what is compared: a rate, or its logarithm */
    const double *weight;   /* [n] > 0: how much an area tells; NULL: all 1 */
    const double *variance; /* [n] > 0, that chance gives `value`; NULL: not known */
    const double *size;     /* [n] by which areas are put in parts: population */
    gsize n_need;
    gsize n_constraint;
    const double *x; /* [n * (n_need + n_constraint)] area by area */
} SpLinearSharesData;

/** Shares are 0-1 and sum to 1; missing, all, when `fit` is not SP_FIT_GOOD or no figure differs
 * from another. */
typedef struct {
    SpFit fit;
    SpReal need, constraint;
    SpReal random;      /* of an area of typical size; SP_NOT_APPLICABLE where the variance is not
                         * known: chance is then in
                 * unexplained */
    SpReal unexplained; /* exact 0 where chance is more than what the covariates leave; random then
                      * takes all that is left */
    SpReal unexplained_low, unexplained_high; /* 95 % */
    double *predicted; /* [n] by models fitted without the area; NULL unless SP_FIT_GOOD */
} SpLinearShares;

/** SP_FIT_TOO_FEW when there are fewer than 3 areas a part. Owned by the caller. */
SpLinearShares *sp_linear_shares_new(const SpLinearSharesData *data);
void sp_linear_shares_free(SpLinearShares *shares);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLinearShares, sp_linear_shares_free)

#endif
