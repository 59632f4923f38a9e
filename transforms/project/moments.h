/**
 * Variances by moments: squares that were seen are sums of known parts of unknown variances, none of
 * which is below 0. Weighted least squares in rounds. docs/methods/demand.md#local-levels,
 * docs/methods/population.md#intervals.
 */
#ifndef SP_TRANSFORMS_PROJECT_MOMENTS_H
#define SP_TRANSFORMS_PROJECT_MOMENTS_H

#include <glib.h>

enum { SP_MOST_MOMENT_PARTS = 5 };

/** The normal equations of one round; begins as {.n_parts = n}. */
typedef struct {
    gsize n_parts, n; /* n: squares seen */
    double left[SP_MOST_MOMENT_PARTS][SP_MOST_MOMENT_PARTS], right[SP_MOST_MOMENT_PARTS];
} SpMoments;

/**
 * Adds one square: E(seen) = sum of parts[i] variance[i]. Its weight is 1 / fit^2, fit by the
 * `variances` of the round before; it counts for at most 9 times its fit, since a few units change
 * how they report.
 */
void sp_moments_add(SpMoments *moments, const double parts[], double seen,
                    const double variances[]);

/** The variances, all >= 0, with the least squares: every set of parts is tried. */
void sp_moments_best(const SpMoments *moments, double best[]);

/** Adds every square of a round. */
typedef void (*SpMomentsFill)(SpMoments *moments, const double variances[], gpointer data);

/**
 * Rounds from `variances`, which are overwritten. FALSE when there is no square at all.
 *
 *   is_settled  FALSE: 60 rounds ended first
 */
gboolean sp_moments_fit(gsize n_parts, SpMomentsFill fill, gpointer data, double variances[],
                        gboolean *is_settled);

#endif
