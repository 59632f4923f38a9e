/* Newcomers by region. */
#include "transforms/project/supply/placement.h"

#include "transforms/project/supply/beta.h"

void sp_placement(gsize n, const double own[], const double parent[], double share[])
{
    g_autofree double *size = g_new(double, n), *prior = g_new(double, n);
    double all = 0.0, all_parents = 0.0, sum = 0.0;
    for (gsize i = 0; i < n; i++) {
        all += own[i];
        all_parents += parent[i];
    }
    for (gsize i = 0; i < n; i++) {
        size[i] = all;
        prior[i] = all_parents > 0.0 ? parent[i] / all_parents : 1.0 / (double)n;
    }
    double kappa = sp_beta_kappa(n, own, size, prior);
    for (gsize i = 0; i < n; i++) {
        share[i] = sp_beta_share(own[i], all, prior[i], kappa);
        sum += share[i];
    }
    for (gsize i = 0; i < n; i++) {
        share[i] /= sum;
    }
}
