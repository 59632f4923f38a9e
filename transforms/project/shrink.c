/* Empirical Bayes by moments. */
#include "transforms/project/shrink.h"

#include "transforms/project/steps.h"

#include <math.h>

enum { MAX_ROUNDS = 200 };
static const double least_tau2 = 1e-9;
/* Where the noise fit starts: all of it falls with size, as that of counts does. With two years of
 * history there may be a second solution in which none does; the start decides for the first. */
static const double start_omega2 = 0.0, start_sigma2 = 1.0;
static const double close_enough = 1e-10; /* relative change that ends the rounds */

/* One unit's years in four numbers. */
typedef struct {
    guint n;
    double mean;     /* of the deviations */
    double square;   /* sum of squared deviations */
    double exposure; /* mean */
} Summary;

static Summary summarise(gsize n_years, const double deviation[], const double exposure[])
{
    Summary summary = {0};
    for (gsize year = 0; year < n_years; year++) {
        if (exposure[year] > 0.0) {
            summary.n++;
            summary.mean += deviation[year];
            summary.square += deviation[year] * deviation[year];
            summary.exposure += exposure[year];
        }
    }
    if (summary.n > 0) {
        summary.mean /= summary.n;
        summary.exposure /= summary.n;
    }
    return summary;
}

/* Variance of the unit's mean deviation around its true one. */
static double noise(const SpShrink *shrink, const Summary *unit)
{
    return (shrink->omega2 + shrink->sigma2 / unit->exposure) / unit->n;
}

/* Weighted least squares of the within-unit variances on 1 / exposure, no coefficient below 0. */
static void fit_noise_once(gsize n, const Summary units[], double weight_omega2,
                           double weight_sigma2, SpShrink *shrink)
{
    double w = 0, wx = 0, wxx = 0, wv = 0, wxv = 0;
    for (gsize i = 0; i < n; i++) {
        if (units[i].n < 2) {
            continue;
        }
        double freedom = units[i].n - 1;
        double v = (units[i].square - units[i].n * units[i].mean * units[i].mean) / freedom;
        double x = 1 / units[i].exposure;
        double fit = weight_omega2 + weight_sigma2 * x;
        double weight = freedom / (fit * fit);
        w += weight;
        wx += weight * x;
        wxx += weight * x * x;
        wv += weight * v;
        wxv += weight * x * v;
    }
    double determinant = w * wxx - wx * wx;
    /* Units of one size cannot tell the two apart: all is then taken as noise that falls with size.
     */
    if (determinant > 1e-12 * w * wxx) {
        shrink->omega2 = (wxx * wv - wx * wxv) / determinant;
        shrink->sigma2 = (w * wxv - wx * wv) / determinant;
    } else {
        shrink->omega2 = 0.0;
        shrink->sigma2 = wxv / wxx;
    }
    if (shrink->omega2 < 0.0) {
        shrink->omega2 = 0.0;
        shrink->sigma2 = wxv / wxx;
    } else if (shrink->sigma2 < 0.0) {
        shrink->sigma2 = 0.0;
        shrink->omega2 = wv / w;
    }
    shrink->sigma2 = MAX(shrink->sigma2, 0.0);
    shrink->omega2 = MAX(shrink->omega2, 0.0);
}

/* Half steps from the second round on: whole ones can swing for ever between two solutions, one on
 * a bound and one off it. */
static gboolean fit_noise(gsize n, const Summary units[], SpShrink *shrink)
{
    double omega2 = start_omega2, sigma2 = start_sigma2;
    for (guint round = 0; round < MAX_ROUNDS; round++) {
        fit_noise_once(n, units, omega2, sigma2, shrink);
        if (shrink->omega2 + shrink->sigma2 <= 0.0) {
            return TRUE; /* no noise at all: nothing to weigh by */
        }
        double change = fabs(shrink->omega2 - omega2) + fabs(shrink->sigma2 - sigma2);
        if (change <= close_enough * (shrink->omega2 + shrink->sigma2)) {
            return TRUE;
        }
        double step = round == 0 ? 1.0 : 0.5;
        omega2 += step * (shrink->omega2 - omega2);
        sigma2 += step * (shrink->sigma2 - sigma2);
    }
    return FALSE;
}

/* Estimate of one unit's squared true deviation: products of different years hold no noise; of one
 * year it is taken off. */
static double squared_deviation(const SpShrink *shrink, const Summary *unit)
{
    double total = unit->n * unit->mean;
    return unit->n > 1 ? (total * total - unit->square) / (unit->n * (unit->n - 1.0))
                       : unit->square - noise(shrink, unit);
}

/* Squared deviations of units with years enough, each weighed by how well it is known. */
typedef struct {
    double sum, weights;
} Weighed;

static Weighed weigh(gsize n, const Summary units[], guint least_years, const SpShrink *shrink)
{
    Weighed all = {0};
    for (gsize i = 0; i < n; i++) {
        if (units[i].n >= least_years) {
            double spread = shrink->tau2 + noise(shrink, &units[i]);
            all.weights += 1 / (spread * spread);
            all.sum += squared_deviation(shrink, &units[i]) / (spread * spread);
        }
    }
    return all;
}

/* What is assumed is as many units whose true deviation was seen without noise. It weighs more the
 * smaller the estimate is, so that whole steps could swing past it; half steps cannot. */
static gboolean fit_between(gsize n, const Summary units[], guint least_years, double assumed,
                            SpShrink *shrink)
{
    double start = 0.0;
    guint n_used = 0;
    for (gsize i = 0; i < n; i++) {
        if (units[i].n >= least_years) {
            start += squared_deviation(shrink, &units[i]);
            n_used++;
        }
    }
    shrink->tau2 = MAX(assumed > 0.0 ? assumed * assumed : start / MAX(n_used, 1), least_tau2);
    for (guint round = 0; n_used > 0 && round < MAX_ROUNDS; round++) {
        Weighed all = weigh(n, units, least_years, shrink);
        if (assumed > 0.0) {
            double weight = SP_STEP_ASSUMED_CHANGES / (shrink->tau2 * shrink->tau2);
            all.weights += weight;
            all.sum += weight * assumed * assumed;
        }
        double tau2 = MAX(all.sum / all.weights, least_tau2);
        tau2 = assumed > 0.0 ? (tau2 + shrink->tau2) / 2 : tau2;
        /* The square of a mean of variance `spread` has variance 2 spread^2. */
        shrink->tau2_error = sqrt(2 / all.weights);
        double change = fabs(tau2 - shrink->tau2);
        shrink->tau2 = tau2;
        if (change <= close_enough * tau2) {
            return TRUE;
        }
    }
    return n_used == 0;
}

void sp_shrink_fit_assumed(gsize n_units, gsize n_years, const double deviation[],
                           const double exposure[], double assumed, SpShrink *shrink)
{
    g_autofree Summary *units = g_new(Summary, MAX(n_units, 1));
    guint most_years = 0;
    for (gsize i = 0; i < n_units; i++) {
        units[i] = summarise(n_years, deviation + i * n_years, exposure + i * n_years);
        most_years = MAX(most_years, units[i].n);
    }
    *shrink = (SpShrink){.tau2 = least_tau2, .omega2 = start_omega2, .sigma2 = start_sigma2};
    gboolean has_noise = most_years < 2 || fit_noise(n_units, units, shrink);
    gboolean has_spread = fit_between(n_units, units, CLAMP(most_years, 1, 2), assumed, shrink);
    shrink->is_settled = has_noise && has_spread;
}

void sp_shrink_fit(gsize n_units, gsize n_years, const double deviation[], const double exposure[],
                   SpShrink *shrink)
{
    sp_shrink_fit_assumed(n_units, n_years, deviation, exposure, 0.0, shrink);
}

double sp_shrink_mean(const SpShrink *shrink, double weight, gsize n_years,
                      const double deviation[], const double exposure[], double *variance)
{
    Summary unit = summarise(n_years, deviation, exposure);
    double tau2 = weight * shrink->tau2;
    double believed = unit.n > 0 && tau2 > 0.0 ? tau2 / (tau2 + noise(shrink, &unit)) : 0.0;
    if (variance != NULL) {
        *variance = unit.n > 0 ? believed * noise(shrink, &unit) : tau2;
    }
    return believed * unit.mean;
}
