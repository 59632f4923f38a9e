/* Decomposition by the logarithmic mean. */
#include "transforms/project/lmdi.h"

#include "core/real.h"

#include <math.h>

gboolean sp_lmdi(gsize n, const double from[], const double to[], double effect[])
{
    double before = 1, change = 0;
    for (gsize i = 0; i < n; i++) {
        if (!(from[i] > 0) || !(to[i] > 0)) {
            return FALSE;
        }
        before *= from[i];
        /* A factor that is as it was, but for rounding, has no part in the change. */
        effect[i] = sp_real_change(from[i], to[i]) != 0.0 ? log(to[i] / from[i]) : 0.0;
        change += effect[i];
    }
    /* L(y e^s, y) = y (e^s - 1) / s, which keeps its digits however small s is. */
    double mean = fabs(change) > 0 ? before * expm1(change) / change : before;
    for (gsize i = 0; i < n; i++) {
        effect[i] *= mean;
    }
    return TRUE;
}
