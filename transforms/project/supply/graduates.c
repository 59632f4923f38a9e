/* The pipeline of an education. */
#include "transforms/project/supply/graduates.h"

#include <math.h>

double sp_graduates(const SpTiming *timing, const SpYearly *admissions, int year)
{
    double sum = 0.0, all = 0.0;
    for (guint k = 0; k < SP_N_TIMINGS; k++) {
        gint64 at = (gint64)year - timing->years - k - admissions->first;
        all += timing->timing[k];
        if (at >= 0 && at < (gint64)admissions->n) {
            sum += timing->timing[k] * admissions->persons[at];
        }
    }
    return all > 0.0 ? timing->completion * sum / all : 0.0;
}

double sp_graduates_completion(const SpTiming *timing, const SpYearly *admissions,
                               const SpYearly *completed, double fallback)
{
    SpTiming all = *timing;
    double finished = 0.0, possible = 0.0;
    all.completion = 1.0;
    for (gsize i = 0; i < completed->n; i++) {
        if (!isnan(completed->persons[i])) {
            finished += completed->persons[i];
            possible += sp_graduates(&all, admissions, completed->first + (int)i);
        }
    }
    return possible > 0.0 ? MIN(1.0, finished / possible) : fallback;
}
