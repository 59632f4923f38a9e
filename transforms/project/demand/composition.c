/* Mix of professions with a trend. */
#include "transforms/project/demand/composition.h"

void sp_composition_at(gsize n, const double base[], const double trend[], double years,
                       double share[])
{
    double sum = 0;
    for (gsize i = 0; i < n; i++) {
        /* A profession that is not there today is not made by a trend. */
        share[i] = base[i] > 0.0 ? MAX(base[i] + trend[i] * years, 0.0) : 0.0;
        sum += share[i];
    }
    for (gsize i = 0; i < n && sum > 0.0; i++) {
        share[i] /= sum;
    }
}
