/**
 * The headline measure of variation (decision C1): standard deviation of the areas' own effects in
 * a random-intercept model, and the median ratio between two areas that follows from it, with
 * likelihood intervals. Chance is not in it, and neither is the size of the areas:
 * docs/methods/variation.md#headline.
 */
#ifndef SP_TRANSFORMS_VARY_SPREAD_HEADLINE_H
#define SP_TRANSFORMS_VARY_SPREAD_HEADLINE_H

#include "core/real.h"
#include "transforms/vary/model/fit.h"

/** Figures are missing when `fit` is not SP_FIT_GOOD, which then is the reason. */
typedef struct {
    SpFit fit;
    gsize n_used; /* areas with something expected */
    SpReal
        sd; /* on the scale of log rate ratios (shares: log odds ratios); exact 0 where areas differ
                     no more than chance makes them */
    SpReal sd_low,
        sd_high; /* 95 % by profile likelihood; sd_low is 0 where 0 is within it; sd_high, and the
                               ratio's, missing where the counts are too small to tell */
    SpReal median_ratio; /* rates (shares: odds) of two areas drawn at random, the larger over the
                       * smaller; >= 1 */
    SpReal median_ratio_low, median_ratio_high;
} SpHeadline;

/** What the same model says of the area in the middle. */
typedef struct {
    SpFit fit;     /* centre and sd are 1 and 0 unless it is good */
    double centre; /* ratio to the expected of the area whose effect is 0 */
    double sd;     /* of the effects: of the logarithm of the ratio */
} SpTypical;

/** As sp_headline_counts, without intervals. */
SpTypical sp_headline_typical(gsize n, const double observed[], const double expected[]);

/** Counts that chance makes Poisson: observed and expected [n] persons. An area that expects nobody
 * takes no part. */
SpHeadline sp_headline_counts(gsize n, const double observed[], const double expected[]);

/** Shares, binomial: of `population` [n] persons `observed` have the property, `expected` at the
 * reference's rates. An area whose expected share is not between 0 and 1 takes no part. */
SpHeadline sp_headline_shares(gsize n, const double observed[], const double expected[],
                              const double population[]);

#endif
