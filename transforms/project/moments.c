/* Non-negative weighted least squares of squares on their parts. */
#include "transforms/project/moments.h"

#include "transforms/project/steps.h"

#include <math.h>
#include <string.h>

enum { N_PARTS = SP_MOST_MOMENT_PARTS, MAX_ROUNDS = 60 };

static const double close_enough = 1e-9, least_fit = 1e-9;
/* E(min(z^2, 9)) for a standard normal z: what clipping at three standard deviations (antatt) takes
 * away. */
static const double clip = 9.0, clipped_mean = 0.9950075;

void sp_moments_add(SpMoments *moments, const double parts[], double seen, double single,
                    const double variances[])
{
    double sum = 0;
    for (gsize i = 0; i < moments->n_parts; i++) {
        sum += variances[i] * parts[i];
    }
    /* A sum of single moves of square s with the variance f has the fourth moment f (3 f + s), so
       its square varies by 2 f (f + s / 2). */
    double fit = MAX(sum, least_fit), wide = fit + single / 2;
    double target = MIN(seen, clip * wide) / clipped_mean;
    for (gsize i = 0; i < moments->n_parts; i++) {
        for (gsize k = 0; k < moments->n_parts; k++) {
            moments->left[i][k] += parts[i] * parts[k] / (fit * wide);
        }
        moments->right[i] += parts[i] * target / (fit * wide);
    }
    moments->n++;
}

void sp_moments_assume(SpMoments *moments, const double assumed[], const double size[],
                       const double variances[])
{
    for (gsize i = 0; i < moments->n_parts; i++) {
        double fit = MAX(size[i], variances[i]);
        moments->left[i][i] += SP_STEP_ASSUMED_CHANGES / (fit * fit);
        moments->right[i] += SP_STEP_ASSUMED_CHANGES * assumed[i] / (fit * fit);
    }
}

/* Solves the equations for the parts in `mask`, the others 0; FALSE when they cannot be told apart
   or one comes out below 0. */
static gboolean solve(const SpMoments *moments, guint mask, double answer[N_PARTS])
{
    gsize at[N_PARTS], n = 0;
    for (gsize i = 0; i < moments->n_parts; i++) {
        answer[i] = 0.0;
        if ((mask >> i & 1) != 0) {
            at[n++] = i;
        }
    }
    double m[N_PARTS][N_PARTS + 1];
    for (gsize i = 0; i < n; i++) {
        for (gsize k = 0; k < n; k++) {
            m[i][k] = moments->left[at[i]][at[k]];
        }
        m[i][n] = moments->right[at[i]];
    }
    /* Symmetric and positive definite where it can be solved at all: no pivoting is needed. */
    for (gsize i = 0; i < n; i++) {
        if (m[i][i] <= 1e-12 * moments->left[at[i]][at[i]]) {
            return FALSE;
        }
        for (gsize row = i + 1; row < n; row++) {
            double times = m[row][i] / m[i][i];
            for (gsize k = i; k <= n; k++) {
                m[row][k] -= times * m[i][k];
            }
        }
    }
    for (gsize i = n; i-- > 0;) {
        double sum = m[i][n];
        for (gsize k = i + 1; k < n; k++) {
            sum -= m[i][k] * answer[at[k]];
        }
        answer[at[i]] = sum / m[i][i];
        if (answer[at[i]] < 0.0) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The variances, all >= 0, with the least squares: every set of parts is tried. */
static void find_best(const SpMoments *moments, double best[])
{
    double least = 0;
    memset(best, 0, moments->n_parts * sizeof *best);
    for (guint mask = 1; mask < 1U << moments->n_parts; mask++) {
        double answer[N_PARTS], rest = 0;
        if (!solve(moments, mask, answer)) {
            continue;
        }
        for (gsize i = 0; i < moments->n_parts; i++) {
            rest -= 2.0 * answer[i] * moments->right[i];
            for (gsize k = 0; k < moments->n_parts; k++) {
                rest += answer[i] * answer[k] * moments->left[i][k];
            }
        }
        if (rest < least) {
            least = rest;
            memcpy(best, answer, moments->n_parts * sizeof *best);
        }
    }
}

gboolean sp_moments_fit(gsize n_parts, SpMomentsFill fill, gpointer data, double variances[],
                        gboolean *is_settled)
{
    g_assert(n_parts <= SP_MOST_MOMENT_PARTS);
    *is_settled = FALSE;
    for (guint round = 0; round < MAX_ROUNDS; round++) {
        SpMoments moments = {.n_parts = n_parts};
        double next[N_PARTS], change = 0, size = 0;
        fill(&moments, variances, data);
        if (moments.n == 0) {
            return FALSE;
        }
        find_best(&moments, next);
        for (gsize i = 0; i < n_parts; i++) {
            change += fabs(next[i] - variances[i]);
            size += next[i];
            variances[i] = next[i];
        }
        if (change <= close_enough * MAX(size, least_fit)) {
            *is_settled = TRUE;
            break;
        }
    }
    return TRUE;
}
