/* The beta-binomial model, by moments. */
#include "transforms/project/supply/beta.h"

#include <math.h>

enum { MAX_ROUNDS = 50 };
static const double least_kappa = 1.0, most_kappa = 1e4, close_enough = 1e-9;

double sp_beta_share(double count, double size, double parent, double kappa)
{
    return size + kappa > 0.0 ? (count + kappa * parent) / (size + kappa) : parent;
}

/* One round: the correlation that the squared deviations give with these weights; -1 without
 * any. */
static double correlation(gsize n, const double count[], const double size[], const double parent[],
                          double kappa)
{
    double squares = 0.0, chance = 0.0, weights = 0.0;
    for (gsize i = 0; i < n; i++) {
        double spread = parent[i] * (1.0 - parent[i]);
        if (size[i] <= 0.0 || !(spread > 0.0)) {
            continue;
        }
        double weight = size[i] / (size[i] + kappa), deviation = count[i] / size[i] - parent[i];
        squares += weight * deviation * deviation / spread;
        chance += weight / size[i];
        weights += weight;
    }
    return weights > chance ? (squares - chance) / (weights - chance) : -1.0;
}

double sp_beta_kappa(gsize n, const double count[], const double size[], const double parent[])
{
    double kappa = most_kappa;
    for (guint round = 0; round < MAX_ROUNDS; round++) {
        double rho = correlation(n, count, size, parent, kappa);
        double next = rho > 0.0 ? CLAMP(1.0 / rho - 1.0, least_kappa, most_kappa) : most_kappa;
        if (fabs(next - kappa) <= close_enough * kappa) {
            return next;
        }
        kappa = next;
    }
    return kappa;
}
