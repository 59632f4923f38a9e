/* Distances between areas in standard deviations of their covariates. */
#include "transforms/vary/alike/distance.h"

#include <math.h>

static const double spread_of_rounding =
    1e-24; /* squares of a constant, over the squares of its mean */

void sp_alike_standardise(gsize n, gsize p, const double x[], double z[])
{
    for (gsize j = 0; j < p; j++) {
        double mean = 0.0;
        double squares = 0.0;
        for (gsize i = 0; i < n; i++) {
            mean += x[i * p + j] / (double)n;
        }
        for (gsize i = 0; i < n; i++) {
            squares += (x[i * p + j] - mean) * (x[i * p + j] - mean);
        }
        const gboolean varies = n > 1 && squares > spread_of_rounding * (double)n * mean * mean;
        for (gsize i = 0; i < n; i++) {
            z[i * p + j] = varies ? (x[i * p + j] - mean) / sqrt(squares / (double)(n - 1)) : 0.0;
        }
    }
}

void sp_alike_distances(gsize n, gsize p, const double z[], double distance[])
{
    for (gsize i = 0; i < n; i++) {
        distance[i * n + i] = 0.0;
        for (gsize k = 0; k < i; k++) {
            double squares = 0.0;
            for (gsize j = 0; j < p; j++) {
                const double apart = z[i * p + j] - z[k * p + j];
                squares += apart * apart;
            }
            distance[i * n + k] = sqrt(squares);
            distance[k * n + i] = distance[i * n + k];
        }
    }
}

gsize sp_alike_nearest(gsize n, const double distance[], gsize area, gsize k, gsize nearest[])
{
    const double *from = distance + area * n;
    gsize found = 0;
    for (gsize i = 0; i < n; i++) {
        if (i == area || (found == k && (k == 0 || !(from[i] < from[nearest[k - 1]])))) {
            continue;
        }
        gsize place = found < k ? found++ : k - 1;
        for (; place > 0 && from[i] < from[nearest[place - 1]]; place--) {
            nearest[place] = nearest[place - 1];
        }
        nearest[place] = i;
    }
    return found;
}

/* TRUE when covariate j says more about why two areas are alike than covariate k. */
static gboolean says_more(const double a[], const double b[], gsize j, gsize k)
{
    const double apart_j = fabs(a[j] - b[j]);
    const double apart_k = fabs(a[k] - b[k]);
    if (apart_j != apart_k) {
        return apart_j < apart_k;
    }
    return fabs(a[j] + b[j]) > fabs(a[k] + b[k]);
}

void sp_alike_reasons(gsize p, const double z[], gsize area, gsize other, gsize reason[])
{
    const double *a = z + area * p;
    const double *b = z + other * p;
    for (gsize j = 0; j < p; j++) {
        gsize place = j;
        for (; place > 0 && says_more(a, b, j, reason[place - 1]); place--) {
            reason[place] = reason[place - 1];
        }
        reason[place] = j;
    }
}
