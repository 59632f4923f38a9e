/* Newcomers by region. */
#include "transforms/project/supply/placement.h"

static double sum_of(gsize n, const double values[])
{
    double sum = 0.0;
    for (gsize i = 0; i < n; i++) {
        sum += values[i];
    }
    return sum;
}

void sp_placement(gsize n, const double young[], const double all[], double share[])
{
    const double *from = sum_of(n, young) > 0.0 ? young : all;
    double sum = sum_of(n, from);
    for (gsize i = 0; i < n; i++) {
        share[i] = sum > 0.0 ? from[i] / sum : 1.0 / (double)n;
    }
}
