/* Cost by age and its change. */
#include "transforms/project/balance/cost.h"

gboolean sp_cost_per_head(gsize n_ages, double spending, const double weight[],
                          const double persons[], double per_head[])
{
    double users = 0.0;
    for (gsize a = 0; a < n_ages; a++) {
        users += weight[a] * persons[a];
    }
    for (gsize a = 0; a < n_ages; a++) {
        per_head[a] = users > 0.0 ? spending * weight[a] / users : 0.0;
    }
    return users > 0.0;
}

double sp_cost_change(gsize n_ages, const double per_head[], const double before[],
                      const double after[])
{
    double change = 0.0;
    for (gsize a = 0; a < n_ages; a++) {
        change += per_head[a] * (after[a] - before[a]);
    }
    return change;
}
