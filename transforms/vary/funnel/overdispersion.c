/* Overdispersion of a funnel, multiplicative and additive. */
#include "transforms/vary/funnel/overdispersion.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_roots.h>
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

/* Beyond the ends of its range a transformed figure is at the end. */
static double transform_back(SpScale scale, double y)
{
    switch (scale) {
    case SP_SCALE_RATIO_LOG:
        return exp(y);
    case SP_SCALE_RATIO_SQRT:
        return MAX(0.0, y) * MAX(0.0, y);
    case SP_SCALE_SHARE_ARCSINE:
        break;
    }
    const double root = sin(CLAMP(y, 0.0, G_PI / 2.0));
    return root * root;
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

/* The mean square of a standard normal number that is pulled in to its quantiles. */
static double normal_square(double share)
{
    if (!(share > 0.0)) {
        return 1.0;
    }
    const double edge = gsl_cdf_ugaussian_Qinv(share);
    return 1.0 - 2.0 * share - 2.0 * edge * gsl_ran_ugaussian_pdf(edge) + 2.0 * share * edge * edge;
}

/* The areas that are used, side by side. */
typedef struct {
    gsize n;
    double share;
    double wanted;    /* mean square */
    double *distance; /* y - target */
    double *variance; /* s^2 */
    double *z;        /* room for scores */
} Scores;

static void scores_init(Scores *scores, const SpDispersionForm *form, gsize n,
                        const SpDispersed area[], double target)
{
    *scores = (Scores){.share = form->pulled_in,
                       .distance = g_new(double, n),
                       .variance = g_new(double, n),
                       .z = g_new0(double, n)};
    for (gsize i = 0; i < n; i++) {
        if (sp_real_is_number(area[i].z)) {
            scores->distance[scores->n] = area[i].y.value - target;
            scores->variance[scores->n] = area[i].s.value * area[i].s.value;
            scores->z[scores->n] = area[i].z.value;
            scores->n++;
        }
    }
}

static void scores_clear(Scores *scores)
{
    g_free(scores->distance);
    g_free(scores->variance);
    g_free(scores->z);
}

/* DerSimonian and Laird's moment, with phi pulled in. */
static double tau2_of_phi(const Scores *scores, double phi)
{
    const double k = (double)scores->n;
    double weights = 0.0;
    double squares = 0.0;
    for (gsize i = 0; i < scores->n; i++) {
        const double weight = 1.0 / scores->variance[i];
        weights += weight;
        squares += weight * weight;
    }
    return MAX(0.0, (k * phi - (k - 1.0)) / (weights - squares / weights));
}

/* How much larger than wanted the mean square of the additive scores is; it falls with tau2. */
static double excess(double tau2, void *data)
{
    const Scores *scores = data;
    for (gsize i = 0; i < scores->n; i++) {
        scores->z[i] = scores->distance[i] / sqrt(scores->variance[i] + tau2);
    }
    return pull_in(scores->n, scores->share, scores->z) - scores->wanted;
}

/* Paule and Mandel's equation with the scores pulled in. */
static double tau2_that_fits(Scores *scores)
{
    enum { MAX_STEPS = 100 };
    double largest = 0.0;
    scores->wanted = normal_square(scores->share) * ((double)scores->n - 1.0) / (double)scores->n;
    for (gsize i = 0; i < scores->n; i++) {
        largest = MAX(largest, scores->distance[i] * scores->distance[i]);
    }
    if (excess(0.0, scores) <= 0.0) {
        return 0.0;
    }
    gsl_function function = {.function = excess, .params = scores};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    /* With all of the largest distance laid on tau2 no score is above what is wanted. */
    int status = gsl_root_fsolver_set(solver, &function, 0.0, largest / scores->wanted);
    for (gsize i = 0; status == GSL_SUCCESS && i < MAX_STEPS; i++) {
        status = gsl_root_fsolver_iterate(solver);
        if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver),
                                   gsl_root_fsolver_x_upper(solver), 1e-14, 1e-10) == GSL_SUCCESS) {
            break;
        }
    }
    const double root = gsl_root_fsolver_root(solver);
    gsl_root_fsolver_free(solver);
    return root;
}

static void find_dispersion(const SpDispersionForm *form, gsize n, SpDispersed area[],
                            SpOverdispersion *all)
{
    Scores scores;
    gsize k = 0;
    scores_init(&scores, form, n, area, all->target);
    const double phi = pull_in(scores.n, form->pulled_in, scores.z);
    for (gsize i = 0; i < n; i++) {
        if (sp_real_is_number(area[i].z)) {
            area[i].z_pulled_in = sp_real(scores.z[k]);
            area[i].is_pulled_in = scores.z[k] != area[i].z.value;
            k++;
        }
    }
    all->phi = sp_real(form->is_consistent ? phi / normal_square(form->pulled_in) : phi);
    all->tau2 = sp_real(form->is_consistent ? tau2_that_fits(&scores) : tau2_of_phi(&scores, phi));
    scores_clear(&scores);
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

SpInterval sp_overdispersion_limits(const SpOverdispersion *all, double size, double z)
{
    if (!sp_real_is_number(all->tau2) || !(size > 0.0)) {
        return (SpInterval){.low = sp_real_none(SP_MISSING), .high = sp_real_none(SP_MISSING)};
    }
    const double s = chance_sd(all->scale, size);
    const double reach = z * sqrt(s * s + all->tau2.value);
    return (SpInterval){.low = sp_real(transform_back(all->scale, all->target - reach)),
                        .high = sp_real(transform_back(all->scale, all->target + reach))};
}
