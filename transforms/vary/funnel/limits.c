/*
 * Exact interpolated control limits.
 *
 * The probabilities follow from one another by a ratio of two counts, so they are summed from far
 * below the mean to far above it in units of the first one, and then again, up to each limit, as
 * shares of that total. That holds to 12 digits for any size with the four operations alone. (GSL's
 * distribution functions lose digits through logarithms of factorials, and its incomplete beta
 * function has a fixed number of terms.) Where F(r) = p within rounding it does not matter whether
 * r or r + 1 is found: the interpolated limit is the same.
 */
#include "transforms/vary/funnel/limits.h"

#include <math.h>

/* A count distribution: where its sum starts and ends, and what gives the ratio of each probability
 * to the one before. */
typedef struct {
    guint64 first;
    guint64 last;
    double n;    /* binomial: trials; Poisson: not used */
    double odds; /* binomial: theta / (1 - theta); Poisson: the mean */
    gboolean is_binomial;
} Counts;

/* Beyond twelve standard deviations and thirty counts from the mean lies less than 1e-15 of the
 * probability, however skew; the largest probability is then below 1e200 times the first. */
static void set_range(Counts *counts, double mean, double sd, double largest)
{
    const double reach = 12.0 * sd + 30.0;
    counts->first = (guint64)MAX(0.0, floor(mean - reach));
    counts->last = (guint64)MIN(largest, ceil(mean + reach));
}

/* f(r + 1) / f(r). */
static double step(const Counts *counts, guint64 r)
{
    const double next = (double)r + 1.0;
    return counts->is_binomial ? counts->odds * (counts->n - (double)r) / next
                               : counts->odds / next;
}

static double total(const Counts *counts)
{
    double f = 1.0;
    double sum = 1.0;
    for (guint64 r = counts->first; r < counts->last; r++) {
        f *= step(counts, r);
        sum += f;
    }
    return sum;
}

static void find_limits(const Counts *counts, gsize n_p, const double p[], SpReal limit[])
{
    const double whole = total(counts);
    guint64 r = counts->first;
    double f = 1.0;
    double sum = 1.0;
    for (gsize i = 0; i < n_p; i++) {
        g_assert(p[i] >= 1e-6 && p[i] <= 1.0 - 1e-6 && (i == 0 || p[i - 1] <= p[i]));
        while (sum < p[i] * whole && r < counts->last) {
            f *= step(counts, r);
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
    if (n == 0 || !(theta > 0.0 && theta <= 1.0 - 1e-6)) {
        no_limits(n_p, limit);
        return;
    }
    const double mean = n * theta;
    Counts counts = {.n = n, .odds = theta / (1.0 - theta), .is_binomial = TRUE};
    set_range(&counts, mean, sqrt(mean * (1.0 - theta)), n);
    find_limits(&counts, n_p, p, limit);
}

void sp_funnel_poisson(double mean, gsize n_p, const double p[], SpReal limit[])
{
    if (!(mean > 0.0 && mean <= 1e9)) {
        no_limits(n_p, limit);
        return;
    }
    Counts counts = {.odds = mean};
    set_range(&counts, mean, sqrt(mean), G_MAXUINT32);
    find_limits(&counts, n_p, p, limit);
}
