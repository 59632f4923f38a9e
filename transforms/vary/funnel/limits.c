/* Exact interpolated control limits: the probabilities summed up to each of them. Where F(r) = p
 * within rounding it does not matter whether r or r + 1 is found: the interpolated limit is the
 * same. */
#include "transforms/vary/funnel/limits.h"

#include "transforms/vary/funnel/distribution.h"

static void find_limits(const SpDistribution *counts, gsize n_p, const double p[], SpReal limit[])
{
    const double whole = sp_distribution_total(counts);
    guint64 r = counts->first;
    double f = 1.0;
    double sum = 1.0;
    for (gsize i = 0; i < n_p; i++) {
        g_assert(p[i] >= 1e-6 && p[i] <= 1.0 - 1e-6 && (i == 0 || p[i - 1] <= p[i]));
        while (sum < p[i] * whole && r < counts->last) {
            f *= sp_distribution_step(counts, r);
            sum += f;
            r++;
        }
        limit[i] = sp_real((double)r - (sum - p[i] * whole) / f);
    }
}

static void no_limits(gsize n_p, SpReal limit[])
{
    for (gsize i = 0; i < n_p; i++) {
        limit[i] = sp_real_none(SP_MISSING);
    }
}

void sp_funnel_binomial(guint32 n, double theta, gsize n_p, const double p[], SpReal limit[])
{
    SpDistribution counts;
    if (sp_distribution_binomial(n, theta, &counts)) {
        find_limits(&counts, n_p, p, limit);
    } else {
        no_limits(n_p, limit);
    }
}

void sp_funnel_poisson(double mean, gsize n_p, const double p[], SpReal limit[])
{
    SpDistribution counts;
    if (sp_distribution_poisson(mean, &counts)) {
        find_limits(&counts, n_p, p, limit);
    } else {
        no_limits(n_p, limit);
    }
}
