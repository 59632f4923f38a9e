/* Ages and leavers of kommuner against the country's. */
#include "transforms/project/balance/local_exits.h"

#include "transforms/project/balance/recruitment.h"
#include "transforms/project/shrink.h"
#include "transforms/project/supply/beta.h"

#include <math.h>

void sp_exit_deviations(const SpLeavers *leavers, const SpExitsOf *of, const double rate[],
                        double deviation[], double exposure[])
{
    gsize first = of->band < leavers->n_bands ? of->band : 0;
    gsize last = of->band < leavers->n_bands ? of->band + 1 : leavers->n_bands;
    for (gsize y = 0; y < leavers->n_years; y++) {
        double left = 0.0, expected = 0.0;
        for (gsize b = first; b < last; b++) {
            gsize place = sp_leavers_place(leavers, of->region, of->yrke, b, y);
            left += leavers->left[of->way][place];
            expected += leavers->staff[place] * rate[b];
        }
        exposure[y] = expected;
        deviation[y] = expected > 0.0 ? left / expected - 1.0 : 0.0;
    }
}

double sp_leavers_mean_ages(const SpLeavers *leavers, gsize region, gsize yrke, double staff[])
{
    double total = 0.0;
    guint n = 0;
    for (gsize y = 0; y < leavers->n_years; y++) {
        n += sp_leavers_staff(leavers, region, yrke, y) > 0.0 ? 1 : 0;
    }
    for (gsize b = 0; b < leavers->n_bands; b++) {
        staff[b] = 0.0;
        for (gsize y = 0; y < leavers->n_years; y++) {
            staff[b] += leavers->staff[sp_leavers_place(leavers, region, yrke, b, y)];
        }
        staff[b] /= MAX(n, 1);
        total += staff[b];
    }
    return total;
}

double sp_exit_log_sd(double mean, double variance)
{
    return mean > 0.0 ? sqrt(log1p(variance / (mean * mean))) : 0.0;
}

/* Shares of the staff by age, all kommuner of one profession: [region][band]. Each is drawn towards
 * the country's, which counts as as many persons as the differences between kommuner tell. */
static double *shares_of(const SpLeavers *leavers, gsize yrke, const double country[])
{
    gsize n_bands = leavers->n_bands, n = leavers->country * n_bands;
    g_autofree double *size = g_new0(double, n + 1);
    g_autofree double *parent = g_new0(double, n + 1);
    double *share = g_new0(double, n + 1), total = 0.0;
    for (gsize b = 0; b < n_bands; b++) {
        total += country[b];
    }
    for (gsize u = 0; u < leavers->country; u++) {
        double own = sp_leavers_mean_ages(leavers, u, yrke, &share[u * n_bands]);
        for (gsize b = 0; b < n_bands; b++) {
            size[u * n_bands + b] = own;
            parent[u * n_bands + b] = country[b] / total;
        }
    }
    double kappa = sp_beta_kappa(n, share, size, parent);
    for (gsize i = 0; i < n; i++) {
        share[i] = sp_beta_share(share[i], size[i], parent[i], kappa);
    }
    return share;
}

/* One profession alone tells next to nothing of how much kommuner differ: where there are few of
 * it, one person who left would be all that it tells. */
gboolean sp_local_exits(const SpLocalExits *local, double rate[], double sd[])
{
    const SpLeavers *leavers = local->leavers;
    gsize n_u = leavers->country, n_years = leavers->n_years, n_bands = leavers->n_bands;
    gsize n = local->n_yrker * n_u;
    g_autofree double *deviation = g_new(double, MAX(n * n_years, 1));
    g_autofree double *exposure = g_new(double, MAX(n * n_years, 1));
    for (gsize i = 0; i < n; i++) {
        const SpExitsOf of = {local->way, i % n_u, i / n_u, n_bands};
        sp_exit_deviations(leavers, &of, &local->national[of.yrke * n_bands],
                           &deviation[i * n_years], &exposure[i * n_years]);
    }
    SpShrink shrink;
    sp_shrink_fit_assumed(n, n_years, deviation, exposure, local->spread, &shrink);
    for (gsize g = 0; g < local->n_yrker; g++) {
        g_autofree double *share = shares_of(leavers, g, &local->ages[g * n_bands]);
        for (gsize u = 0; u < n_u; u++) {
            gsize i = g * n_u + u;
            double error, own = sp_shrink_mean(&shrink, 1.0, n_years, &deviation[i * n_years],
                                               &exposure[i * n_years], &error);
            double of_ages =
                sp_exit_rate(n_bands, &share[u * n_bands], &local->national[g * n_bands]);
            rate[i] = CLAMP(of_ages * (1.0 + own), 0.0, 1.0);
            if (sd != NULL) {
                sd[i] = sp_exit_log_sd(1.0 + own, error);
            }
        }
    }
    return shrink.is_settled;
}
