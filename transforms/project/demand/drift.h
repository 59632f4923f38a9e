/** How a national level moves: what the long run says and what the newest years say, each by its
 * precision. docs/methods/demand.md#drift. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_DRIFT_H
#define SP_TRANSFORMS_PROJECT_DEMAND_DRIFT_H

#include "transforms/project/demand/options.h"
#include "transforms/project/demand/paths.h"

/** What is known beside the newest years (config/framskriving/utvikling.csv). */
typedef struct {
    double mean;    /* log a year */
    double sd;      /* of the mean, log a year; > 0 */
    double step_sd; /* of a yearly movement around the path, log; > 0 */
    double damping; /* of a drift a year later, 0-1 */
} SpDriftPrior;

/**
 * Mean and variance of the drift when the newest years moved by `slope` a year over `n_intervals`
 * years: their precision is n / step_sd^2, that of the prior 1 / sd^2.
 */
SpDrift sp_drift_estimate(const SpDriftPrior *prior, guint n_intervals, double slope);

/** Mean log change a year from one level to another, both > 0. */
double sp_drift_slope(double before, double after, guint years);

/** As the scenario says: none is 0 with the same steps, a number stands as it is. */
SpDrift sp_drift_choose(const SpDrift *estimated, const SpSize *drift, const SpSize *damping);

/** Sum of a drift of 1 over `years`: damping + ... + damping^years. */
double sp_drift_sum(const SpDrift *drift, guint years);

/** Variance of the log level `years` on: slope error and steps. */
double sp_drift_variance(const SpDrift *drift, guint years);

#endif
