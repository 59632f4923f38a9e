/* Measures of variation between areas: quotients, coefficients of variation, SCV, tests. */
#include "transforms/vary/spread/measures.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double *sort(gsize n, const double value[])
{
    double *sorted = g_memdup2(value, n * sizeof *value);
    qsort(sorted, n, sizeof *sorted, compare);
    return sorted;
}

SpReal sp_measure_quotient(gsize n, const double value[], gsize rank)
{
    g_assert(rank >= 1);
    if (n < 2 * rank) {
        return sp_real_none(SP_MISSING);
    }
    g_autofree double *sorted = sort(n, value);
    const double smallest = sorted[rank - 1];
    return smallest > 0.0 ? sp_real(sorted[n - rank] / smallest) : sp_real_none(SP_MISSING);
}

SpReal sp_measure_cv(gsize n, const double value[])
{
    double sum = 0.0;
    double squares = 0.0;
    for (gsize i = 0; i < n; i++) {
        sum += value[i];
    }
    if (n < 2 || sum == 0.0) {
        return sp_real_none(SP_MISSING);
    }
    const double mean = sum / (double)n;
    for (gsize i = 0; i < n; i++) {
        squares += (value[i] - mean) * (value[i] - mean);
    }
    return sp_real(sqrt(squares / (double)(n - 1)) / mean);
}

SpReal sp_measure_cv_weighted(gsize n, const double value[], const double weight[])
{
    double weights = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    for (gsize i = 0; i < n; i++) {
        weights += weight[i];
        sum += weight[i] * value[i];
    }
    if (n < 2 || weights <= 0.0 || sum == 0.0) {
        return sp_real_none(SP_MISSING);
    }
    const double mean = sum / weights;
    for (gsize i = 0; i < n; i++) {
        squares += weight[i] * (value[i] - mean) * (value[i] - mean);
    }
    return sp_real(sqrt(squares / weights) / mean);
}

SpReal sp_measure_quantile(gsize n, const double value[], double share)
{
    if (n == 0) {
        return sp_real_none(SP_MISSING);
    }
    g_autofree double *sorted = sort(n, value);
    return sp_real(gsl_stats_quantile_from_sorted_data(sorted, 1, n, share));
}

SpScv sp_measure_scv(gsize n, const double observed[], const double expected[],
                     const double variance[], double minimum_expected)
{
    double sum = 0.0;
    SpScv scv = {.value = sp_real_none(SP_MISSING), .share_left_out = sp_real_none(SP_MISSING)};
    for (gsize i = 0; i < n; i++) {
        if (expected[i] > 0.0 && expected[i] >= minimum_expected) {
            const double excess = observed[i] - expected[i];
            sum += (excess * excess - variance[i]) / (expected[i] * expected[i]);
            scv.n_used++;
        }
    }
    if (n > 0) {
        scv.share_left_out = sp_real((double)(n - scv.n_used) / (double)n);
    }
    if (scv.n_used > 0) {
        scv.value = sp_real(sum / (double)scv.n_used);
    }
    return scv;
}

SpChi2 sp_measure_chi2(gsize n, const double observed[], const double expected[],
                       const double variance[], gboolean is_scaled)
{
    double sum = 0.0;
    gsize n_used = 0;
    SpChi2 chi2 = {.value = sp_real_none(SP_MISSING),
                   .df = sp_real_none(SP_MISSING),
                   .p = sp_real_none(SP_MISSING)};
    for (gsize i = 0; i < n; i++) {
        if (variance[i] > 0.0) {
            sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / variance[i];
            chi2.n_small += variance[i] < 1.0;
            n_used++;
        }
    }
    const gsize lost = is_scaled ? 1 : 0;
    if (n_used > lost) {
        chi2.value = sp_real(sum);
        chi2.df = sp_real((double)(n_used - lost));
        chi2.p = sp_real(gsl_cdf_chisq_Q(sum, (double)(n_used - lost)));
    }
    return chi2;
}

SpPotthoff sp_measure_potthoff(gsize n, const double observed[], const double expected[])
{
    double sum_observed = 0.0;
    double sum_expected = 0.0;
    double pairs = 0.0;
    gsize n_used = 0;
    for (gsize i = 0; i < n; i++) {
        if (expected[i] > 0.0) {
            sum_observed += observed[i];
            sum_expected += expected[i];
            pairs += observed[i] * (observed[i] - 1.0) / expected[i];
            n_used++;
        }
    }
    if (sum_observed < 2.0) {
        return (SpPotthoff){.value = sp_real_none(SP_MISSING),
                            .mean = sp_real_none(SP_MISSING),
                            .variance = sp_real_none(SP_MISSING)};
    }
    const double mean = sum_observed * (sum_observed - 1.0);
    return (SpPotthoff){.value = sp_real(sum_expected * pairs),
                        .mean = sp_real(mean),
                        .variance = sp_real(2.0 * (double)(n_used - 1) * mean)};
}
