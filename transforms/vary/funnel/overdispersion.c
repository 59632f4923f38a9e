/* Overdispersion of a funnel, multiplicative and additive. */
#include "transforms/vary/funnel/overdispersion.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

static gboolean is_used(SpScale scale, double observed, double size)
{
    return size > 0.0 && (scale != SP_SCALE_RATIO_LOG || observed > 0.0) &&
           (scale != SP_SCALE_SHARE_ARCSINE || observed <= size);
}

static double transform(SpScale scale, double figure)
{
    switch (scale) {
    case SP_SCALE_RATIO_LOG:
        return log(figure);
    case SP_SCALE_RATIO_SQRT:
        return sqrt(figure);
    case SP_SCALE_SHARE_ARCSINE:
        break;
    }
    return asin(sqrt(figure));
}

static double chance_sd(SpScale scale, double size)
{
    return scale == SP_SCALE_RATIO_LOG ? 1.0 / sqrt(size) : 0.5 / sqrt(size);
}

/* Ratios are held against 1, shares against the share of all. */
static double find_target(SpScale scale, gsize n, const double observed[], const double size[])
{
    double sum_observed = 0.0;
    double sum_size = 0.0;
    for (gsize i = 0; i < n; i++) {
        if (is_used(scale, observed[i], size[i])) {
            sum_observed += observed[i];
            sum_size += size[i];
        }
    }
    const double share = sum_size > 0.0 ? sum_observed / sum_size : 0.0;
    return transform(scale, scale == SP_SCALE_SHARE_ARCSINE ? share : 1.0);
}

static void set_scores(SpOverdispersion *all, gsize n, const double observed[], const double size[],
                       SpDispersed area[])
{
    const SpReal none = sp_real_none(SP_MISSING);
    for (gsize i = 0; i < n; i++) {
        area[i] = (SpDispersed){.y = none,
                                .s = none,
                                .z = none,
                                .z_pulled_in = none,
                                .z_additive = none,
                                .z_multiplicative = none};
        if (is_used(all->scale, observed[i], size[i])) {
            const double y = transform(all->scale, observed[i] / size[i]);
            const double s = chance_sd(all->scale, size[i]);
            area[i].y = sp_real(y);
            area[i].s = sp_real(s);
            area[i].z = sp_real((y - all->target) / s);
            all->n_used++;
        }
    }
}

/* Pulls values in to their quantiles at `share` from each end; the mean square of what they
 * become. */
static double pull_in(gsize n, double share, double value[])
{
    g_autofree double *sorted = g_memdup2(value, n * sizeof *value);
    gsl_sort(sorted, 1, n);
    const double low = gsl_stats_quantile_from_sorted_data(sorted, 1, n, share);
    const double high = gsl_stats_quantile_from_sorted_data(sorted, 1, n, 1.0 - share);
    double squares = 0.0;
    for (gsize i = 0; i < n; i++) {
        value[i] = CLAMP(value[i], low, high);
        squares += value[i] * value[i];
    }
    return squares / (double)n;
}

/* DerSimonian and Laird's moment, with phi pulled in. */
static double tau2_of_phi(gsize n, const SpDispersed area[], gsize n_used, double phi)
{
    const double k = (double)n_used;
    double weights = 0.0;
    double squares = 0.0;
    for (gsize i = 0; i < n; i++) {
        if (sp_real_is_number(area[i].s)) {
            const double weight = 1.0 / (area[i].s.value * area[i].s.value);
            weights += weight;
            squares += weight * weight;
        }
    }
    return MAX(0.0, (k * phi - (k - 1.0)) / (weights - squares / weights));
}

static void find_dispersion(const SpDispersionForm *form, gsize n, SpDispersed area[],
                            SpOverdispersion *all)
{
    g_autofree double *z = g_new0(double, n);
    gsize k = 0;
    for (gsize i = 0; i < n; i++) {
        if (sp_real_is_number(area[i].z)) {
            z[k++] = area[i].z.value;
        }
    }
    const double phi = pull_in(k, form->pulled_in, z);
    k = 0;
    for (gsize i = 0; i < n; i++) {
        if (sp_real_is_number(area[i].z)) {
            area[i].z_pulled_in = sp_real(z[k]);
            area[i].is_pulled_in = z[k] != area[i].z.value;
            k++;
        }
    }
    all->phi = sp_real(phi);
    all->tau2 = sp_real(tau2_of_phi(n, area, all->n_used, phi));
}

SpOverdispersion sp_overdispersion(const SpDispersionForm *form, gsize n, const double observed[],
                                   const double size[], SpDispersed area[])
{
    SpOverdispersion all = {.scale = form->scale,
                            .target = find_target(form->scale, n, observed, size),
                            .phi = sp_real_none(SP_MISSING),
                            .tau2 = sp_real_none(SP_MISSING)};
    set_scores(&all, n, observed, size, area);
    if (all.n_used < 2) {
        return all;
    }
    find_dispersion(form, n, area, &all);
    for (gsize i = 0; i < n; i++) {
        if (sp_real_is_number(area[i].z)) {
            const double s = area[i].s.value;
            area[i].z_additive =
                sp_real((area[i].y.value - all.target) / sqrt(s * s + all.tau2.value));
            area[i].z_multiplicative = sp_real(area[i].z.value / sqrt(MAX(1.0, all.phi.value)));
        }
    }
    return all;
}
