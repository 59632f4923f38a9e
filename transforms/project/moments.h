/**
 * Variances by moments: squares that were seen are sums of known parts of unknown variances, none
 * of which is below 0. Weighted least squares in rounds. docs/methods/demand.md#local-levels,
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
 * Adds one square: E(seen) = sum of parts[i] variance[i]. Its weight is 1 / (fit (fit + single /
 * 2)), fit by the `variances` of the round before, and it counts for at most 9 (fit + single / 2),
 * since a few units change how they report.
 *
 *   single  square of what one person is of the figure, which it moves by at least; 0 where it
 *           moves by any amount. Of few persons nearly all squares are 0 and one is large: without
 *           it those squares were cut as wild, and the many zeros taken for knowledge
 */
void sp_moments_add(SpMoments *moments, const double parts[], double seen, double single,
                    const double variances[]);

/**
 * What is assumed of the variances, which counts as SP_STEP_ASSUMED_CHANGES squares of each
 * (steps.h).
 *
 *   assumed  [n_parts] >= 0
 *   size     [n_parts] > 0, what such a variance may be: squares are weighed by it, or by the
 *            variance of the round before where that is more
 */
void sp_moments_assume(SpMoments *moments, const double assumed[], const double size[],
                       const double variances[]);

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
