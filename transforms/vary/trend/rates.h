/** Trends of counts over a population: Cochran-Armitage's test and the log-linear Poisson model.
 * docs/methods/variation.md#trend. */
#ifndef SP_TRANSFORMS_VARY_TREND_RATES_H
#define SP_TRANSFORMS_VARY_TREND_RATES_H

#include "core/real.h"
#include "transforms/vary/model/fit.h"

typedef struct {
    SpReal chi2; /* one degree of freedom */
    SpReal p;    /* that persons' chance alone gives as steep a line */
    /* Change of the share per unit of time, 0-1: the line that the test is about. */
    SpReal difference;
    SpReal dispersion; /* of the years around it: Pearson's chi-square over n - 2 */
    /* As p, of years that move by more than persons' chance: chi2 over the dispersion, where that
     * is above 1, by F on 1 and n - 2. */
    SpReal p_wide;
} SpArmitage;

/**
 * Does the share of those with the property rise or fall? As R's prop.trend.test.
 *
 *   time     [n] scores; differences alone count
 *   observed [n] persons with the property, of population [n] > 0
 *
 * Missing when n < 2, when all or none have it, or when all times are equal; dispersion and p_wide
 * when n < 3 too.
 */
SpArmitage sp_trend_armitage(gsize n, const double time[], const double observed[],
                             const double population[]);

/** Missing when `fit` is not SP_FIT_GOOD. */
typedef struct {
    SpFit fit;
    SpReal slope;  /* of the log rate per unit of time */
    SpReal se;     /* by Poisson's variance */
    SpReal change; /* of the rate per unit of time, relative: exp(slope) - 1, 0.05 is 5 % more a
                 * year */
    SpReal change_low,
        change_high;   /* 95 %; wider by the square root of the dispersion where that is above 1 */
    SpReal dispersion; /* Pearson's chi-square over its degrees of freedom */
} SpLogLinear;

/** As above; population > 0 may be an expected count. */
SpLogLinear sp_trend_log_linear(gsize n, const double time[], const double observed[],
                                const double population[]);

#endif
