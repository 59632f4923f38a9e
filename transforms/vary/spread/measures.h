/**
 * Measures of variation between areas (kommuner), on plain arrays. Formulas, sources and undefined
 * cases: docs/methods/variation.md.
 *
 * Shapes: every array is [n], one element an area, same order in all. Values are finite, weights,
 * expected counts and variances >= 0. A measure that is not defined for these areas is SP_MISSING,
 * never 0 or infinity. An exact 0 (all areas alike) is SP_ZERO.
 */
#ifndef SP_TRANSFORMS_VARY_SPREAD_MEASURES_H
#define SP_TRANSFORMS_VARY_SPREAD_MEASURES_H

#include "core/real.h"

/**
 * The `rank`-th largest value over the `rank`-th smallest: rank 1 is the extremal quotient, 2 and 3
 * are SKDE's FT2 and FT3. Missing when n < 2 * rank (the same area would stand on both sides) or
 * when the smaller of the two is not above 0.
 */
SpReal sp_measure_quotient(gsize n, const double value[], gsize rank);

/** Coefficient of variation: standard deviation (n - 1) over the mean. Missing when n < 2 or the
 * mean is 0. */
SpReal sp_measure_cv(gsize n, const double value[]);

/** Weighted: sqrt(sum w (x - m)^2 / sum w) / m, m = sum w x / sum w. Missing when n < 2, sum w is 0
 * or m is 0. */
SpReal sp_measure_cv_weighted(gsize n, const double value[], const double weight[]);

/** The value that a share (0-1) of the areas lies below, between neighbours by proportion (R's type
 * 7). Missing when n is 0. */
SpReal sp_measure_quantile(gsize n, const double value[], double share);

typedef struct {
    SpReal value; /* negative when the areas vary less than chance would make them: a figure, not an
                     error */
    gsize n_used; /* areas that entered */
    SpReal share_left_out; /* (n - n_used) / n, 0-1; missing when n is 0 */
} SpScv;

/**
 * Systematic component of variation (McPherson et al. 1982): mean of ((O - E)^2 - V) / E^2, where V
 * takes away what chance alone would give. Only areas with E >= `minimum_expected` enter, and never
 * one with E = 0. Missing when no area enters. SKDE prints it times 100.
 *
 *   observed  persons
 *   expected  persons expected at the reference's rates
 *   variance  V, the variance that chance gives the count: E if it is Poisson (pass `expected`
 *             itself: McPherson's formula), E (1 - E / n) if it is binomial
 */
SpScv sp_measure_scv(gsize n, const double observed[], const double expected[],
                     const double variance[], double minimum_expected);

typedef struct {
    SpReal value;
    SpReal df;     /* degrees of freedom */
    SpReal p;      /* chance of a value as large or larger when only chance makes areas differ; 0
                      when it is below the smallest double */
    gsize n_small; /* areas that entered with V < 1: the chi-square distribution fits badly */
} SpChi2;

/**
 * sum (O - E)^2 / V over areas with V > 0, V as for the SCV. Degrees of freedom: areas that
 * entered, less one if `is_scaled` (the expected counts were scaled to sum to the observed ones).
 * Missing, all three, when no degree of freedom is left.
 */
SpChi2 sp_measure_chi2(gsize n, const double observed[], const double expected[],
                       const double variance[], gboolean is_scaled);

typedef struct {
    SpReal value;    /* T = sum E * sum O (O - 1) / E over areas with E > 0 */
    SpReal mean;     /* of T when only chance makes areas differ */
    SpReal variance; /* likewise */
} SpPotthoff;

/** Potthoff and Whittinghill's test (1966) of Poisson counts: large T, more variation than chance
 * gives. Missing, all three, when fewer than two persons were observed. */
SpPotthoff sp_measure_potthoff(gsize n, const double observed[], const double expected[]);

#endif
