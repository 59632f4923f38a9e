/**
 * The shares of model/shares.h for figures that are no counts of persons: årsverk, amounts, means.
 * Need, constraint and what neither explains, by least squares, cross-validated alike; what of it
 * is chance is told only where the caller knows the variance that chance gives each figure
 * (årsverk: from position sizes, or from the years of the kommune itself). Decomposition:
 * docs/methods/variation.md#shares.
 */
#ifndef SP_TRANSFORMS_VARY_MODEL_SHARES_LINEAR_H
#define SP_TRANSFORMS_VARY_MODEL_SHARES_LINEAR_H

#include "transforms/vary/model/shares.h"

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

/**
 * As sp_shares_new, SP_FIT_TOO_FEW alike, but
 *   median ratios, pcv  not applicable
 *   random              of an area of typical size; not applicable where the variance is not known:
 *                       chance is then in unexplained
 *   unexplained         exact 0 where chance is more than what the covariates leave; random then
 *                       takes all that is left
 *   predicted           in the unit of `value`
 * Owned by the caller.
 */
SpShares *sp_linear_shares_new(const SpLinearSharesData *data);

#endif
