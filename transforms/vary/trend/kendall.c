/* Pairs of points. */
#include "transforms/vary/trend/kendall.h"

#include "transforms/vary/limits/interval.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

enum { MOST_EXACT = 10 };

static int rising(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Sum of t (t - 1) (2 t + 5) over groups of equal figures, and how many pairs are tied. */
static double ties(gsize n, const double y[], double *n_tied)
{
    g_autofree double *sorted = g_memdup2(y, n * sizeof *y);
    double sum = 0.0;
    *n_tied = 0.0;
    qsort(sorted, n, sizeof *sorted, rising);
    for (gsize i = 0, next = 0; i < n; i = next) {
        for (next = i + 1; next < n && sorted[next] == sorted[i]; next++) {
        }
        const double t = (double)(next - i);
        sum += t * (t - 1.0) * (2.0 * t + 5.0);
        *n_tied += t * (t - 1.0) / 2.0;
    }
    return sum;
}

/* Share of all orders of n figures with at least as many more rising than falling pairs, either
 * way. The number of orders with k falling pairs is built up figure by figure: the next can be put
 * in n places. */
static double exact_p(gsize n, double s)
{
    enum { MOST_PAIRS = MOST_EXACT * (MOST_EXACT - 1) / 2 };
    double orders[MOST_PAIRS + 1] = {1.0};
    double all = 1.0;
    double beyond = 0.0;
    for (gsize size = 2; size <= n; size++) {
        double next[MOST_PAIRS + 1] = {0.0};
        for (gsize k = 0; k <= MOST_PAIRS; k++) {
            for (gsize place = 0; place < size && place <= k; place++) {
                next[k] += orders[k - place];
            }
        }
        for (gsize k = 0; k <= MOST_PAIRS; k++) {
            orders[k] = next[k];
        }
        all *= (double)size;
    }
    const double pairs = (double)(n * (n - 1)) / 2.0;
    for (gsize k = 0; k <= MOST_PAIRS; k++) {
        beyond += fabs(pairs - 2.0 * (double)k) >= fabs(s) ? orders[k] : 0.0;
    }
    return fmin(beyond / all, 1.0);
}

double sp_trend_s(gsize n, const double y[])
{
    double s = 0.0;
    for (gsize i = 0; i < n; i++) {
        for (gsize j = 0; j < i; j++) {
            s += (double)((y[i] > y[j]) - (y[i] < y[j]));
        }
    }
    return s;
}

SpKendall sp_trend_kendall(gsize n, const double y[])
{
    const SpReal none = sp_real_none(SP_MISSING);
    SpKendall kendall = {none, none, none, none, none};
    if (n < 3) {
        return kendall;
    }
    const double size = (double)n;
    const double pairs = size * (size - 1.0) / 2.0;
    const double s = sp_trend_s(n, y);
    double n_tied = 0.0;
    const double variance = (size * (size - 1.0) * (2.0 * size + 5.0) - ties(n, y, &n_tied)) / 18.0;
    kendall.s = sp_real(s);
    kendall.variance = sp_real(variance);
    if (n_tied >= pairs) {
        return kendall;
    }
    const double towards_zero = s > 0.0 ? 1.0 : s < 0.0 ? -1.0 : 0.0;
    const double z = (s - towards_zero) / sqrt(variance);
    kendall.z = sp_real(z);
    kendall.p = sp_real(n <= MOST_EXACT && n_tied <= 0.0 ? exact_p(n, s)
                                                         : 2.0 * gsl_cdf_ugaussian_Q(fabs(z)));
    kendall.tau_b = sp_real(s / sqrt(pairs * (pairs - n_tied)));
    return kendall;
}

/* The slope of rank `rank` (from 1), between two slopes where that is no whole number. */
static SpReal slope_at(gsize n, const double slope[], double rank)
{
    if (rank < 1.0 || rank > (double)n) {
        return sp_real_none(SP_MISSING);
    }
    const gsize below = (gsize)rank;
    const double part = rank - (double)below;
    const double above = below < n ? slope[below] : slope[n - 1];
    return sp_real(sp_real_change(-slope[below - 1], part * (above - slope[below - 1])));
}

SpSen sp_trend_sen(gsize n, const double time[], const double y[])
{
    const SpReal none = sp_real_none(SP_MISSING);
    SpSen sen = {none, none, none};
    if (n < 2) {
        return sen;
    }
    const gsize pairs = n * (n - 1) / 2;
    g_autofree double *slope = g_new(double, pairs);
    gsize k = 0;
    for (gsize i = 0; i < n; i++) {
        for (gsize j = 0; j < i; j++) {
            slope[k++] = sp_real_change(y[j], y[i]) / (time[i] - time[j]);
        }
    }
    qsort(slope, pairs, sizeof *slope, rising);
    sen.slope =
        sp_real(pairs % 2 == 1 ? slope[pairs / 2]
                               : 0.5 * sp_real_change(-slope[pairs / 2 - 1], slope[pairs / 2]));
    const SpKendall kendall = sp_trend_kendall(n, y);
    if (sp_real_is_number(kendall.variance)) {
        const double half = 0.5 * SP_Z_95 * sqrt(kendall.variance.value);
        sen.low = slope_at(pairs, slope, 0.5 * (double)pairs - half);
        sen.high = slope_at(pairs, slope, 0.5 * (double)pairs + half + 1.0);
    }
    return sen;
}

gsize sp_trend_apart(gsize n, const double first[], const double last[], gsize chosen[])
{
    double begins = INFINITY;
    gsize n_chosen = 0;
    for (gsize i = n; i-- > 0;) {
        if (last[i] < begins) {
            chosen[n_chosen++] = i;
            begins = first[i];
        }
    }
    for (gsize i = 0; i < n_chosen / 2; i++) {
        const gsize held = chosen[i];
        chosen[i] = chosen[n_chosen - 1 - i];
        chosen[n_chosen - 1 - i] = held;
    }
    return n_chosen;
}
