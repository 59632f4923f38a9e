/*
 * Quantiles by Newton's method on the logarithm of the probability beyond them.
 *
 * That logarithm is a concave function of the quantile, so a step from the outer side never crosses
 * the root and a step from the inner side crosses it once: there is no need for a bracket.
 */
#include "transforms/vary/limits/quantile.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

enum { MAX_STEPS = 200 };

typedef struct {
    double (*beyond)(double x, double a, double b);
    double (*density)(double x, double a, double b);
    double a;
    double b;
    double largest; /* end of the distribution; it begins at 0 */
    double side;    /* 1: `beyond` rises with x; -1: it falls */
} Tail;

static double solve(const Tail *tail, double share, double start)
{
    double x = start;
    for (gsize i = 0; i < MAX_STEPS; i++) {
        const double beyond = tail->beyond(x, tail->a, tail->b);
        const double density = tail->density(x, tail->a, tail->b);
        double next = x - tail->side * beyond / density * log(beyond / share);
        if (!(next > 0.0)) {
            next = x / 2.0;
        } else if (next >= tail->largest) {
            next = (x + tail->largest) / 2.0;
        }
        if (isnan(beyond) || fabs(next - x) <= 1e-14 * x) {
            return isnan(beyond) ? beyond : next;
        }
        x = next;
    }
    return x;
}

/* Wilson and Hilferty's approximation. */
static double cube(double shape, double z)
{
    const double root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * sqrt(shape));
    return shape * root * root * root;
}

double sp_quantile_gamma_low(double tail, double shape)
{
    const Tail low = {gsl_cdf_gamma_P, gsl_ran_gamma_pdf, shape, 1.0, INFINITY, 1.0};
    /* Of few, the first term of the series is nearer; it lies outside the quantile. */
    const double series = exp((log(tail) + lgamma(shape + 1.0)) / shape);
    return solve(&low, tail, MAX(series, cube(shape, -gsl_cdf_ugaussian_Qinv(tail))));
}

double sp_quantile_gamma_high(double tail, double shape)
{
    const Tail high = {gsl_cdf_gamma_Q, gsl_ran_gamma_pdf, shape, 1.0, INFINITY, -1.0};
    return solve(&high, tail, cube(shape, gsl_cdf_ugaussian_Qinv(tail)));
}

double sp_quantile_beta_low(double tail, double a, double b, double start)
{
    const Tail low = {gsl_cdf_beta_P, gsl_ran_beta_pdf, a, b, 1.0, 1.0};
    return solve(&low, tail, start);
}

double sp_quantile_beta_high(double tail, double a, double b, double start)
{
    const Tail high = {gsl_cdf_beta_Q, gsl_ran_beta_pdf, a, b, 1.0, -1.0};
    return solve(&high, tail, start);
}
