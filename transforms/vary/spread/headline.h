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

/** An area that expects nobody, or of a part all, takes no part. */
typedef struct {
    gsize n;
    const double *observed; /* [n] persons, as chance deals them out */
    const double *expected; /* [n] at the reference's rates */
    const double *whole;    /* [n] of parts, binomial: of so many; NULL for counts, Poisson */
} SpHeadlineAreas;

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

SpHeadline sp_headline(const SpHeadlineAreas *areas);

/** What the same model says of the area in the middle. */
typedef struct {
    SpFit fit;     /* centre and sd are 1 and 0 unless it is good */
    double centre; /* of the area whose effect is 0: ratio to the expected (of parts, of odds) */
    double sd;     /* of the effects: of the logarithm of the ratio */
} SpTypical;

/** As sp_headline, without intervals. */
SpTypical sp_headline_typical(const SpHeadlineAreas *areas);

#endif
