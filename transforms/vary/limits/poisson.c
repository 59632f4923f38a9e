/* Limits of a Poisson count: exact and Byar's. */
#include "transforms/vary/limits/poisson.h"

#include "transforms/vary/limits/quantile.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

SpInterval sp_limits_poisson_exact(double count, double confidence)
{
    const double tail = (1.0 - confidence) / 2.0;
    return (SpInterval){
        .low = sp_real(count > 0.0 ? sp_quantile_gamma_low(tail, count) : 0.0),
        .high = sp_real(sp_quantile_gamma_high(tail, count + 1.0)),
    };
}

/* Wilson and Hilferty's cube of a normal quantile. */
static double cube(double count, double z)
{
    const double root = 1.0 - 1.0 / (9.0 * count) + z / (3.0 * sqrt(count));
    return count * root * root * root;
}

SpInterval sp_limits_poisson_byar(double count, double confidence)
{
    const double z = gsl_cdf_ugaussian_Qinv((1.0 - confidence) / 2.0);
    const double low = count > 0.0 ? cube(count, -z) : -1.0;
    return (SpInterval){
        .low = low >= 0.0 ? sp_real(low) : sp_real_none(SP_MISSING),
        .high = sp_real(cube(count + 1.0, z)),
    };
}
