/* Limits of a share: exact and Wilson's. */
#include "transforms/vary/limits/binomial.h"

#include "transforms/vary/limits/quantile.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const SpInterval none = {.low = {.status = SP_MISSING}, .high = {.status = SP_MISSING}};

SpInterval sp_limits_binomial_wilson(double count, double n, double confidence)
{
    if (!(n > 0.0)) {
        return none;
    }
    const double z = gsl_cdf_ugaussian_Qinv((1.0 - confidence) / 2.0);
    const double middle = 2.0 * count + z * z;
    const double reach = z * sqrt(z * z + 4.0 * count * (1.0 - count / n));
    const double whole = 2.0 * (n + z * z);
    /* At the ends the two terms are equal, and rounding must not leave a limit beside 0 or 1. */
    return (SpInterval){
        .low = sp_real(count > 0.0 ? (middle - reach) / whole : 0.0),
        .high = sp_real(count < n ? (middle + reach) / whole : 1.0),
    };
}

SpInterval sp_limits_binomial_exact(double count, double n, double confidence)
{
    const double tail = (1.0 - confidence) / 2.0;
    const SpInterval near = sp_limits_binomial_wilson(count, n, confidence);
    if (!(n > 0.0)) {
        return none;
    }
    return (SpInterval){
        .low = sp_real(
            count > 0.0 ? sp_quantile_beta_low(tail, count, n - count + 1.0, near.low.value) : 0.0),
        .high = sp_real(
            count < n ? sp_quantile_beta_high(tail, count + 1.0, n - count, near.high.value) : 1.0),
    };
}
