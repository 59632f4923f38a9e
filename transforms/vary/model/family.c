/* Poisson, binomial and negative binomial. */
#include "transforms/vary/model/family.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

SpFamilyPoint sp_family_point(const SpGlmData *data, double alpha, gsize i, double eta)
{
    SpFamilyPoint point;
    if (data->family == SP_GLM_BINOMIAL) {
        /* Whichever tail is small is computed as such, so that neither share becomes an exact 0. */
        const double small = exp(-fabs(eta));
        const double less = small / (1.0 + small);
        const double more = 1.0 / (1.0 + small);
        point.mean = data->trials[i] * (eta > 0.0 ? more : less);
        point.slope = data->trials[i] * less * more;
        point.variance = point.slope;
        return point;
    }
    point.mean = exp(eta);
    point.slope = point.mean;
    point.variance = point.mean * (1.0 + alpha * point.mean);
    return point;
}

double sp_family_start(const SpGlmData *data, gsize i)
{
    const double observed = data->observed[i];
    if (data->family == SP_GLM_BINOMIAL) {
        return log((observed + 0.5) / (data->trials[i] - observed + 0.5));
    }
    return log(observed + 0.1);
}

/* y log (y / mean), 0 for y = 0. */
static double part(double y, double mean)
{
    return y > 0.0 ? y * log(y / mean) : 0.0;
}

double sp_family_deviance(const SpGlmData *data, double alpha, gsize i, double mean)
{
    const double y = data->observed[i];
    switch (data->family) {
    case SP_GLM_BINOMIAL:
        return 2.0 * (part(y, mean) + part(data->trials[i] - y, data->trials[i] - mean));
    case SP_GLM_NEGATIVE_BINOMIAL:
        if (alpha > 0.0) {
            const double other = y + 1.0 / alpha;
            return 2.0 * (part(y, mean) - other * log1p((y - mean) / (mean + 1.0 / alpha)));
        }
        break;
    case SP_GLM_POISSON:
        break;
    }
    return 2.0 * (part(y, mean) - (y - mean));
}

double sp_family_log_likelihood(const SpGlmData *data, double alpha, gsize i, double mean)
{
    const double y = data->observed[i];
    const double from_y = -gsl_sf_lngamma(y + 1.0);
    if (data->family == SP_GLM_BINOMIAL) {
        const double n = data->trials[i];
        const double yes = y > 0.0 ? y * log(mean / n) : 0.0;
        const double no = n > y ? (n - y) * log1p(-mean / n) : 0.0;
        return gsl_sf_lngamma(n + 1.0) - gsl_sf_lngamma(n - y + 1.0) + from_y + yes + no;
    }
    if (data->family == SP_GLM_NEGATIVE_BINOMIAL && alpha > 0.0) {
        const double size = 1.0 / alpha;
        const double times = y > 0.0 ? y * log(mean / (size + mean)) : 0.0;
        return gsl_sf_lngamma(y + size) - gsl_sf_lngamma(size) + from_y + times -
               size * log1p(alpha * mean);
    }
    return from_y + (y > 0.0 ? y * log(mean) : 0.0) - mean;
}
