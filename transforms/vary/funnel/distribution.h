/**
 * The distribution of a count that only chance moves, as probabilities that follow from one
 * another. What the funnel's limits and tails are summed from.
 *
 * Each probability is the one before times a ratio of two counts, so they are known from far below
 * the mean to far above it in units of the first one. That holds to 12 digits for any size with the
 * four operations alone. (GSL's distribution functions lose digits through logarithms of
 * factorials, and its incomplete beta function has a fixed number of terms.)
 */
#ifndef SP_TRANSFORMS_VARY_FUNNEL_DISTRIBUTION_H
#define SP_TRANSFORMS_VARY_FUNNEL_DISTRIBUTION_H

#include <glib.h>

typedef struct {
    guint64 first; /* counts below it and above `last` have together less than 1e-15 */
    guint64 last;
    double n;    /* binomial: trials; Poisson: not used */
    double odds; /* binomial: theta / (1 - theta); Poisson: the mean */
    gboolean is_binomial;
} SpDistribution;

/** FALSE when n is 0 or theta is not above 0 and at most 1 - 1e-6: there is no chance in a sure
 * thing. */
gboolean sp_distribution_binomial(guint32 n, double theta, SpDistribution *distribution);
/** FALSE when mean is not above 0 or above 1e9 (no kommune is that large). */
gboolean sp_distribution_poisson(double mean, SpDistribution *distribution);

/** f(r + 1) / f(r), for first <= r < last. */
double sp_distribution_step(const SpDistribution *distribution, guint64 r);
/** The sum of all probabilities, with f(first) as the unit. */
double sp_distribution_total(const SpDistribution *distribution);

#endif
