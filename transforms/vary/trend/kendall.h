/**
 * Trends by the order of figures: Mann-Kendall's test, Kendall's tau-b and Sen's slope. They assume
 * independent points: of periods that overlap (moving means, several years pooled) only those that
 * lie apart may enter (decision C4). Formulas and sources: docs/methods/variation.md#trend.
 */
#ifndef SP_TRANSFORMS_VARY_TREND_KENDALL_H
#define SP_TRANSFORMS_VARY_TREND_KENDALL_H

#include "core/real.h"

/** All missing when n < 3; z and p when all figures are equal. */
typedef struct {
    SpReal s;        /* pairs that rise less pairs that fall */
    SpReal variance; /* of s without a trend, corrected for ties */
    SpReal z;        /* with continuity correction */
    SpReal p;        /* two-sided: exact for n <= 10 without ties, else normal */
    SpReal tau_b;    /* -1 to 1; missing when all figures are equal */
} SpKendall;

/** y [n] finite, in order of time. */
SpKendall sp_trend_kendall(gsize n, const double y[]);

/** Kendall's S alone: pairs of figures that rise less pairs that fall. */
double sp_trend_s(gsize n, const double y[]);

/** Missing when n < 2; the limits also where there are too few pairs of points for them. */
typedef struct {
    SpReal slope;     /* median of the slopes of all pairs of points, units of y per unit of time */
    SpReal low, high; /* 95 %, by the variance of s: Gilbert 1987, ch. 16.4.2 */
} SpSen;

/** time [n] rising, all different; y [n] finite. */
SpSen sp_trend_sen(gsize n, const double time[], const double y[]);

/**
 * The newest period, the newest of those that end before it begins, and so on: the points that
 * share no data.
 *
 *   first, last [n]  the first and last year (or day) of each period's data, both included, in
 *                    order of `last`
 *   chosen      [n]  places of those that lie apart, rising; the first so many are written
 *
 * Returns how many.
 */
gsize sp_trend_apart(gsize n, const double first[], const double last[], gsize chosen[]);

#endif
