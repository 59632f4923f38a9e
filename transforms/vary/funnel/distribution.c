/* Binomial and Poisson probabilities, one from another. */
#include "transforms/vary/funnel/distribution.h"

#include <math.h>

/* Beyond twelve standard deviations and thirty counts from the mean lies less than 1e-15 of the
 * probability, however skew; the largest probability is then below 1e200 times the first. */
static void set_range(SpDistribution *distribution, double mean, double sd, double largest)
{
    const double reach = 12.0 * sd + 30.0;
    distribution->first = (guint64)MAX(0.0, floor(mean - reach));
    distribution->last = (guint64)MIN(largest, ceil(mean + reach));
}

gboolean sp_distribution_binomial(guint32 n, double theta, SpDistribution *distribution)
{
    if (n == 0 || !(theta > 0.0 && theta <= 1.0 - 1e-6)) {
        return FALSE;
    }
    const double mean = n * theta;
    *distribution = (SpDistribution){.n = n, .odds = theta / (1.0 - theta), .is_binomial = TRUE};
    set_range(distribution, mean, sqrt(mean * (1.0 - theta)), n);
    return TRUE;
}

gboolean sp_distribution_poisson(double mean, SpDistribution *distribution)
{
    if (!(mean > 0.0 && mean <= 1e9)) {
        return FALSE;
    }
    *distribution = (SpDistribution){.odds = mean};
    set_range(distribution, mean, sqrt(mean), G_MAXUINT32);
    return TRUE;
}

double sp_distribution_step(const SpDistribution *distribution, guint64 r)
{
    const double next = (double)r + 1.0;
    return distribution->is_binomial ? distribution->odds * (distribution->n - (double)r) / next
                                     : distribution->odds / next;
}

double sp_distribution_total(const SpDistribution *distribution)
{
    double f = 1.0;
    double sum = 1.0;
    for (guint64 r = distribution->first; r < distribution->last; r++) {
        f *= sp_distribution_step(distribution, r);
        sum += f;
    }
    return sum;
}
