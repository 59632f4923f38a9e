/* Measures of accuracy. Sums run in array order, so that the same arrays give the same bytes. */
#include "transforms/project/backtest/accuracy.h"

#include <math.h>
#include <stdlib.h>

#define UNDEFINED ((double)NAN)

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts the values. */
static double median(gsize n, double values[])
{
    if (n == 0) {
        return UNDEFINED;
    }
    qsort(values, n, sizeof *values, compare_doubles);
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

void sp_accuracy(gsize n, const double forecast[], const double actual[], guint years,
                 SpAccuracy *accuracy)
{
    g_autofree double *share = g_new(double, n + 1);
    double signed_share = 0, absolute_share = 0, absolute = 0, square = 0;
    *accuracy = (SpAccuracy){.n = n};
    for (gsize i = 0; i < n; i++) {
        double error = forecast[i] - actual[i];
        accuracy->forecast += forecast[i];
        accuracy->actual += actual[i];
        absolute += fabs(error);
        square += error * error;
        if (actual[i] > 0) {
            double percent = 100 * error / actual[i];
            signed_share += percent;
            absolute_share += fabs(percent);
            share[accuracy->n_percent++] = fabs(percent);
        }
    }
    double ratio = accuracy->actual > 0 ? accuracy->forecast / accuracy->actual : UNDEFINED;
    double n_percent = accuracy->n_percent > 0 ? (double)accuracy->n_percent : UNDEFINED;
    double n_all = n > 0 ? (double)n : UNDEFINED;
    accuracy->pe = 100 * (ratio - 1);
    accuracy->annual = 100 * (pow(ratio, 1.0 / years) - 1);
    accuracy->mpe = signed_share / n_percent;
    accuracy->mape = absolute_share / n_percent;
    accuracy->medape = median(accuracy->n_percent, share);
    accuracy->wape = accuracy->actual > 0 ? 100 * absolute / accuracy->actual : UNDEFINED;
    accuracy->mae = absolute / n_all;
    accuracy->rmse = sqrt(square / n_all);
}

double sp_theil_u(double rmse, double rmse_of_no_change)
{
    return rmse_of_no_change > 0 ? rmse / rmse_of_no_change : UNDEFINED;
}

double sp_error_over_sd(gsize n, const double forecast[], const double actual[], const double sd[])
{
    double square = 0;
    gsize n_used = 0;
    for (gsize i = 0; i < n; i++) {
        if (sd[i] > 0) {
            double z = (forecast[i] - actual[i]) / sd[i];
            square += z * z;
            n_used++;
        }
    }
    return n_used > 0 ? sqrt(square / (double)n_used) : UNDEFINED;
}

double sp_sign_hit(gsize n, const double reference[], const double forecast[],
                   const double actual[])
{
    gsize n_hits = 0, n_used = 0;
    for (gsize i = 0; i < n; i++) {
        double told = forecast[i] - reference[i], seen = actual[i] - reference[i];
        if (told != 0 && seen != 0) {
            n_hits += (told > 0) == (seen > 0);
            n_used++;
        }
    }
    return n_used > 0 ? (double)n_hits / (double)n_used : UNDEFINED;
}

double sp_coverage(gsize n, const double low[], const double high[], const double actual[])
{
    gsize n_within = 0;
    for (gsize i = 0; i < n; i++) {
        n_within += actual[i] >= low[i] && actual[i] <= high[i];
    }
    return n > 0 ? (double)n_within / (double)n : UNDEFINED;
}

double sp_interval_score(gsize n, double level, const double low[], const double high[],
                         const double actual[])
{
    double sum = 0, price = 2 / (1 - level);
    for (gsize i = 0; i < n; i++) {
        sum += high[i] - low[i];
        sum += price * (fmax(low[i] - actual[i], 0) + fmax(actual[i] - high[i], 0));
    }
    return n > 0 ? sum / (double)n : UNDEFINED;
}
