/**
 * A trend's probability where levels wander: each year's figure is the last one's with a step, as
 * figures of kommuner are held to move (docs/methods/demand.md). A series without a trend that
 * wanders ends far from where it began, which tests of independent points take for a trend: of
 * eight points every third. docs/methods/variation.md#trend.
 */
#ifndef SP_TRANSFORMS_VARY_TREND_WALK_H
#define SP_TRANSFORMS_VARY_TREND_WALK_H

#include "core/real.h"

/**
 * Random walk with drift: steps independent and normal, their variance as the time between points.
 * The drift, (y[n-1] - y[0]) / (time[n-1] - time[0]), over its standard error by the steps,
 * two-sided by Student's t on n - 2.
 *
 *   time [n] rising, all different; y [n] finite
 *
 * Missing when n < 3 or all figures are equal; 0 when all points lie on one rising or falling line.
 */
SpReal sp_trend_walk(gsize n, const double time[], const double y[]);

#endif
