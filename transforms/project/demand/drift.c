/* National drift. */
#include "transforms/project/demand/drift.h"

#include <math.h>

SpDrift sp_drift_estimate(const SpDriftPrior *prior, guint n_intervals, double slope)
{
    double long_run = 1.0 / (prior->sd * prior->sd);
    double newest = n_intervals / (prior->step_sd * prior->step_sd);
    return (SpDrift){
        .mean = (long_run * prior->mean + newest * slope) / (long_run + newest),
        .variance = 1.0 / (long_run + newest),
        .innovation = prior->step_sd * prior->step_sd,
        .damping = prior->damping,
    };
}

double sp_drift_slope(double before, double after, guint years)
{
    return log(after / before) / years;
}

SpDrift sp_drift_choose(const SpDrift *estimated, const SpSize *drift, const SpSize *damping)
{
    SpDrift chosen = *estimated;
    if (drift->kind != SP_SIZE_ESTIMATED) {
        chosen.mean = drift->kind == SP_SIZE_NUMBER ? drift->number : 0.0;
    }
    if (damping->kind != SP_SIZE_ESTIMATED) {
        chosen.damping = damping->kind == SP_SIZE_NUMBER ? damping->number : 1.0;
    }
    return chosen;
}

double sp_drift_sum(const SpDrift *drift, guint years)
{
    double sum = 0, left = 1;
    for (guint i = 0; i < years; i++) {
        left *= drift->damping;
        sum += left;
    }
    return sum;
}

double sp_drift_variance(const SpDrift *drift, guint years)
{
    double sum = sp_drift_sum(drift, years);
    return drift->variance * sum * sum + drift->innovation * years;
}
