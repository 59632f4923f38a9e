/* Marshall's global empirical Bayes. */
#include "transforms/vary/shrink/marshall.h"

/* Between-area variance: the weighted spread of the ratios less what chance gives. A negative
 * difference is no variance. */
static double between_variance(gsize n, const double observed[], const double expected[],
                               const double variance[], double b)
{
    double weights = 0.0;
    double spread = 0.0;
    double chance = 0.0; /* b times this: the chance variances of the ratios, weighted by E */
    for (gsize i = 0; i < n; i++) {
        if (expected[i] > 0.0) {
            const double distance = observed[i] / expected[i] - b;
            weights += expected[i];
            spread += expected[i] * distance * distance;
            chance += variance[i] / expected[i];
        }
    }
    return MAX(0.0, spread / weights - b * chance / weights);
}

SpMarshall sp_shrink_marshall(gsize n, const double observed[], const double expected[],
                              const double variance[], SpReal shrunk[])
{
    double sum_observed = 0.0;
    double sum_expected = 0.0;
    for (gsize i = 0; i < n; i++) {
        shrunk[i] = sp_real_none(SP_MISSING);
        if (expected[i] > 0.0) {
            sum_observed += observed[i];
            sum_expected += expected[i];
        }
    }
    if (sum_expected <= 0.0) {
        return (SpMarshall){.a = sp_real_none(SP_MISSING), .b = sp_real_none(SP_MISSING)};
    }
    const double b = sum_observed / sum_expected;
    const double a = between_variance(n, observed, expected, variance, b);
    for (gsize i = 0; i < n; i++) {
        if (expected[i] > 0.0) {
            /* a = 0 is its own case: with b = 0 too (nobody observed anywhere) the formula is 0 /
             * 0. */
            const double chance = b * (variance[i] / expected[i]) / expected[i];
            const double weight = a > 0.0 ? a / (a + chance) : 0.0;
            shrunk[i] = sp_real(b + weight * (observed[i] / expected[i] - b));
        }
    }
    return (SpMarshall){.a = sp_real(a), .b = sp_real(b)};
}
