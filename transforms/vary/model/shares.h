/**
 * What differs between areas, in four shares that add up: need (what covariates of need explain),
 * constraint (what covariates of size, centrality and distance explain besides), random (what
 * chance alone gives), and unexplained, where variation that nobody wants must be sought.
 * Cross-validated: an area is predicted by models fitted without it. Decomposition and sources:
 * docs/methods/variation.md#shares.
 */
#ifndef SP_TRANSFORMS_VARY_MODEL_SHARES_H
#define SP_TRANSFORMS_VARY_MODEL_SHARES_H

#include "core/real.h"
#include "transforms/vary/model/glm.h"

/** Parts that areas are put in for cross-validation. */
enum { SP_SHARES_FOLDS = 10 };

typedef struct {
    SpGlmFamily family;     /* Poisson or binomial */
    gsize n;                /* areas */
    const double *observed; /* [n] persons */
    const double *trials;   /* [n] persons they come from; binomial only */
    const double *offset;   /* [n] as in SpGlmData: age is adjusted for here */
    gsize n_need;           /* covariates of need, */
    gsize n_constraint;     /* then those of constraint */
    const double *x;        /* [n * (n_need + n_constraint)] area by area */
} SpSharesData;

/**
 * Shares are 0-1 and sum to 1. They are missing, all, when `fit` is not SP_FIT_GOOD or there is
 * neither chance nor any difference between areas.
 */
typedef struct {
    SpFit fit;
    SpReal need, constraint, random, unexplained;
    SpReal unexplained_low, unexplained_high; /* 95 % */
    SpReal median_before; /* median rate ratio (binomial: odds ratio) between areas as they are */
    SpReal median_need;   /* and between areas alike in need, */
    SpReal median_after;  /* and in constraint too */
    SpReal median_after_low, median_after_high; /* 95 %, by profile likelihood: 1 where what is left
                           may be chance alone; the upper one missing where counts are too small */
    SpReal
        pcv; /* proportional change in variance, 0-1: 1 - (sd after / sd before)^2; missing when sd
              * before is 0 */
    double *predicted_need; /* [n] persons expected of an area with its need, by models fitted
                               without it; NULL unless SP_FIT_GOOD */
    double *predicted; /* [n] and with its constraints too. observed / predicted is the residual
                               ratio. Where covariates predict worse than none they are not used */
} SpShares;

/** SP_FIT_TOO_FEW when there are fewer than 3 areas a fold or a fold's fit has too few areas. Owned
 * by the caller. */
SpShares *sp_shares_new(const SpSharesData *data);
/** No shares: why, and what the median ratios (and pcv) are. */
SpShares *sp_shares_missing(SpFit fit, SpStatus medians);
void sp_shares_free(SpShares *shares);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpShares, sp_shares_free)

#endif
