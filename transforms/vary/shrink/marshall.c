/* Marshall's global empirical Bayes. */
#include "transforms/vary/shrink/marshall.h"

#include "transforms/vary/limits/interval.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

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

static double chance_of(const SpCounts *counts, double b, gsize i)
{
    return b * (counts->variance[i] / counts->expected[i]) / counts->expected[i];
}

/* Squared standard errors of a and b, as of normal ratios: each squared distance has twice the
 * square of its own variance. */
typedef struct {
    double a, b;
} Errors;

static Errors errors_of(const SpMarshall *marshall, const SpCounts *counts)
{
    double weights = 0.0;
    Errors errors = {0.0, 0.0};
    for (gsize i = 0; i < counts->n; i++) {
        if (counts->expected[i] > 0.0) {
            const double e = counts->expected[i];
            const double total = marshall->a.value + chance_of(counts, marshall->b.value, i);
            weights += e;
            errors.a += 2.0 * e * e * total * total;
            errors.b += e * e * total;
        }
    }
    errors.a /= weights > 0.0 ? weights * weights : 1.0;
    errors.b /= weights > 0.0 ? weights * weights : 1.0;
    return errors;
}

/* The mean of a variance that is known so well and is not below 0: above 0 where the best guess is
 * 0. */
static double usual_variance(double a, double error)
{
    const double from_zero = a / error;
    return a + error * gsl_ran_ugaussian_pdf(from_zero) / gsl_cdf_ugaussian_P(from_zero);
}

void sp_shrink_marshall_reach(const SpMarshall *marshall, const SpCounts *counts, SpReal reach[])
{
    const Errors errors = errors_of(marshall, counts);
    const double a = errors.a > 0.0 ? usual_variance(marshall->a.value, sqrt(errors.a)) : 0.0;
    for (gsize i = 0; i < counts->n; i++) {
        reach[i] = sp_real_none(SP_MISSING);
        if (counts->expected[i] > 0.0 && errors.a > 0.0) {
            const double c = chance_of(counts, marshall->b.value, i);
            const double drawn = c / (a + c);
            const double off = counts->observed[i] / counts->expected[i] - marshall->b.value;
            const double by_a = drawn * off / (a + c);
            reach[i] = sp_real(SP_Z_95 *
                               sqrt(a * drawn + by_a * by_a * errors.a + drawn * drawn * errors.b));
        }
    }
}
