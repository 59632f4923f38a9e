/* What is not known of the expected path. */
#include "transforms/project/demand/variance.h"

#include "transforms/project/demand/drift.h"

#include <math.h>

static double square(double x)
{
    return x * x;
}

SpDemandVariance sp_demand_need_variance(const SpDemandPaths *paths, gsize kommune, gsize area,
                                         gsize profession, gsize day)
{
    gsize place = kommune * paths->n_areas + area;
    gsize cell = place * paths->n_professions + profession;
    const SpDrift *share = &paths->share_drift[area * paths->n_professions + profession];
    return (SpDemandVariance){
        .local = square(paths->staff_sd[place * paths->n_days + day]) +
                 square(paths->share_sd[cell * paths->n_days + day]),
        .nation = sp_drift_variance(&paths->need_drift[area], (guint)day) +
                  sp_drift_variance(share, (guint)day),
        .count = log1p(paths->count_variance[cell]),
    };
}

SpDemandVariance sp_demand_use_variance(const SpDemandPaths *paths, gsize kommune, gsize service,
                                        gsize day)
{
    const SpDemandNoise *noise = &paths->use_noise[service];
    double users = sp_demand_users(paths, SP_NEED_TODAY, kommune, service)[day];
    gsize cell = (kommune * paths->n_services + service) * paths->n_days + day;
    return (SpDemandVariance){
        .local = square(paths->use_sd[cell]),
        .nation = sp_drift_variance(&paths->use_drift[service], (guint)day),
        .count = users > 0.0 ? log1p(noise->v0 + noise->v1 / users) : 0.0,
    };
}
