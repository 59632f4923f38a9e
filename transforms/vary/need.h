/** What need and constraint predict of each kommune of an indicator and period. Method:
 * docs/methods/variation.md#shares. */
#ifndef SP_TRANSFORMS_VARY_NEED_H
#define SP_TRANSFORMS_VARY_NEED_H

#include "transforms/vary/covariates.h"
#include "transforms/vary/model/shares.h"
#include "transforms/vary/model/shares_linear.h"

/** The setting of the least kommuner that shares, and what need predicts, are made of. */
#define SP_SHARES_KOMMUNER "vary.shares_minimum_kommuner"

/** The kommuner of a model, and their covariates: those that differ, standardised. */
typedef struct {
    const SpAreas *areas; /* borrowed */
    gsize n;
    gsize *k; /* [n] places among the areas that enter: those that chance moves, with all
                 covariates known */
    gsize p, n_need;
    const char **id; /* [p] need first; borrowed from the covariates */
    double *x;       /* [n * p] kommune by kommune */
} SpNeed;

/** `areas` has chance. Covariates are the need of the indicator's theme and the constraints, the
 * newest by the period's end; the indicator itself is none, nor is one that is the same in all
 * these kommuner. The caller frees. */
SpNeed *sp_need_new(const SpCountry *country, const SpCovariates *covariates, const SpAreas *areas);
void sp_need_free(SpNeed *need);

/** The model of counts in whole units as chance deals them out, persons or positions: what need and
 * constraint predict, and the four shares of persons. Poisson, parts binomial. SP_FIT_TOO_FEW of
 * fewer kommuner than `minimum`: of few, covariates explain less than they do and the limits hold
 * too seldom. Owned by the caller. */
SpShares *sp_need_counts(const SpNeed *need, gsize minimum);

/** The four shares. Of persons those of the counts. Of årsverk: of ratios to the expected, by least
 * squares. Each weighs by all that moves it, the true differences and its chance: weighed by what
 * is expected the largest few kommuner would be the variation. Nothing is predicted of årsverk so:
 * a line of ratios may run to nothing, and what is held against next to nothing has ratios without
 * end (docs/methods/variation.md#residual). `minimum` as above. Owned by the caller. */
SpShares *sp_need_shares(const SpNeed *need, gsize minimum);

/**
 *   found     [need->n] predicted or predicted_need of sp_need_counts; NULL where it has no fit
 *   predicted [n_rows of the areas]  written: the count, in the unit of teller, that a kommune of
 *             this need (and these constraints) has, by a model fitted without it. Flag m. Missing
 *             where the kommune is not of the model, there was no fit, or what it gives is not
 *             above 0 (of parts: not below the whole)
 */
void sp_need_predict(const SpNeed *need, const double found[], SpReal predicted[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpNeed, sp_need_free)

#endif
