/** How a shock goes from year to year. docs/methods/uncertainty.md#walks. */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_WALK_H
#define SP_TRANSFORMS_PROJECT_DRAWS_WALK_H

#include <glib.h>

/**
 * x[0] = 0, x[t] = kept x[t - 1] + step z[t] with z standard normal: a first-order autoregression;
 * with `kept` 1 a random walk.
 */
typedef struct {
    double step; /* standard deviation of a year's news, log */
    double kept; /* what is left of x a year later, 0-1 */
} SpWalk;

/** Standard deviation of x[years]: step sqrt((1 - kept^(2 years)) / (1 - kept^2)), or step
 * sqrt(years) when kept is 1 (keys mc.* of the design's test vector). */
double sp_walk_sd(SpWalk walk, gsize years);

/** The walk whose standard deviation tends to `sd` in the long run (kept < 1). */
SpWalk sp_walk_around(double sd, double kept);

/**
 * The step that brings a walk of standard deviation `before` to one of `after`: news is added where
 * it rises; where it falls all that is there shrinks. With `before` 0 it is a first draw.
 */
SpWalk sp_walk_between(double before, double after);

#endif
