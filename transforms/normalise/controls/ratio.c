/* Controls on ratios. Quantiles are of type 7 (R's default, and GSL's). */
#include "transforms/normalise/controls/ratio.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include <math.h>

static gboolean is_positive(SpReal real)
{
    return real.status == SP_PRESENT && real.value > 0.0;
}

static gboolean is_pair(SpReal x1, SpReal x2)
{
    return is_positive(x1) && is_positive(x2);
}

static double quantile(const double sorted[], gsize n, double share)
{
    return gsl_stats_quantile_from_sorted_data(sorted, 1, n, share);
}

/* Marks the units that Hb compares, with their ratios. Returns how many. */
static gsize choose_hb(gsize n, const SpReal x1[], const SpReal x2[], SpControlled results[])
{
    gsize n_pairs = 0;
    gsize n_equal = 0;
    for (gsize i = 0; i < n; i++) {
        gboolean is = is_pair(x1[i], x2[i]);
        results[i] =
            (SpControlled){.is_compared = is, .value = is ? x1[i].value / x2[i].value : 0.0};
        n_pairs += is ? 1 : 0;
        n_equal += is && x1[i].value == x2[i].value ? 1 : 0;
    }
    if (2 * n_equal < n_pairs || n_pairs == 0) {
        return n_pairs;
    }
    /* Where most repeat last year's figure the median would be that repetition, and any change an
     * outlier. */
    for (gsize i = 0; i < n; i++) {
        if (results[i].is_compared && x1[i].value == x2[i].value) {
            results[i] = (SpControlled){0};
        }
    }
    return n_pairs - n_equal;
}

/* The effect: the ratio made symmetric around the median, and larger for larger units. */
static double effect_of(double ratio, double median, double weight)
{
    double s = ratio >= median ? ratio / median - 1.0 : 1.0 - median / ratio;
    return s * weight;
}

gboolean sp_control_hb(gsize n, const SpReal x1[], const SpReal x2[], const SpHbForm *form,
                       SpControlled results[], double *median)
{
    gsize n_compared = choose_hb(n, x1, x2, results);
    if (n_compared == 0) {
        return FALSE;
    }
    g_autofree double *sorted = g_new(double, n_compared);
    gsize at = 0;
    for (gsize i = 0; i < n; i++) {
        if (results[i].is_compared) {
            sorted[at++] = results[i].value;
        }
    }
    gsl_sort(sorted, 1, n_compared);
    double middle = quantile(sorted, n_compared, 0.5);
    at = 0;
    for (gsize i = 0; i < n; i++) {
        if (results[i].is_compared) {
            double weight = pow(MAX(x1[i].value, x2[i].value), form->power);
            sorted[at++] = effect_of(results[i].value, middle, weight);
        }
    }
    gsl_sort(sorted, 1, n_compared);
    double q1 = quantile(sorted, n_compared, 0.25);
    double q2 = quantile(sorted, n_compared, 0.5);
    double q3 = quantile(sorted, n_compared, 0.75);
    double least = q2 == 0.0 ? form->spread : fabs(form->spread * q2);
    double low = q2 - form->factor * MAX(q2 - q1, least);
    double high = q2 + form->factor * MAX(q3 - q2, least);
    for (gsize i = 0; i < n; i++) {
        if (results[i].is_compared) {
            double weight = pow(MAX(x1[i].value, x2[i].value), form->power);
            results[i].lower = middle * weight / (weight - low);
            results[i].upper = middle * (weight + high) / weight;
            results[i].is_outside =
                results[i].value < results[i].lower || results[i].value > results[i].upper;
        }
    }
    if (median != NULL) {
        *median = middle;
    }
    return TRUE;
}

void sp_control_thousand(gsize n, const SpReal x1[], const SpReal x2[], double lower, double upper,
                         SpControlled results[])
{
    for (gsize i = 0; i < n; i++) {
        results[i] = (SpControlled){0};
        if (is_pair(x1[i], x2[i])) {
            double difference = log10(x1[i].value) - log10(x2[i].value);
            results[i] = (SpControlled){.value = difference,
                                        .lower = lower,
                                        .upper = upper,
                                        .is_compared = TRUE,
                                        .is_outside = difference < lower || difference > upper};
        }
    }
}

gboolean sp_control_quartile_limits(gsize n, const SpReal x1[], const SpReal x2[],
                                    double stretch_low, double stretch_high,
                                    SpQuartileLimits *limits)
{
    g_autofree double *ratios = g_new(double, n + 1);
    gsize n_ratios = 0;
    double sum1 = 0.0;
    double sum2 = 0.0;
    for (gsize i = 0; i < n; i++) {
        if (is_pair(x1[i], x2[i])) {
            ratios[n_ratios++] = x1[i].value / x2[i].value;
            sum1 += x1[i].value;
            sum2 += x2[i].value;
        }
    }
    if (n_ratios == 0) {
        return FALSE;
    }
    gsl_sort(ratios, 1, n_ratios);
    double q1 = quantile(ratios, n_ratios, 0.25);
    double q2 = quantile(ratios, n_ratios, 0.5);
    double q3 = quantile(ratios, n_ratios, 0.75);
    limits->lower = q1 - stretch_low * (q2 - q1);
    limits->upper = q3 + stretch_high * (q3 - q2);
    limits->of_sums = sum1 / sum2;
    return TRUE;
}

void sp_control_quartile(gsize n, const SpReal x1[], const SpReal x2[],
                         const SpQuartileLimits *limits, SpControlled results[])
{
    for (gsize i = 0; i < n; i++) {
        results[i] = (SpControlled){0};
        if (is_pair(x1[i], x2[i])) {
            double ratio = x1[i].value / x2[i].value;
            results[i] =
                (SpControlled){.value = ratio,
                               .lower = limits->lower,
                               .upper = limits->upper,
                               .is_compared = TRUE,
                               .is_outside = ratio < limits->lower || ratio > limits->upper};
        }
    }
}
