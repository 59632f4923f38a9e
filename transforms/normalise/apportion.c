/* The largest remainder method. */
#include "transforms/normalise/apportion.h"

#include <math.h>

void sp_apportion(double whole, const double weights[], gsize n, double parts[])
{
    double remainders[SP_APPORTION_MAX];
    double sign = whole < 0.0 ? -1.0 : 1.0;
    double total = 0.0;
    double left = fabs(whole);
    g_assert(n >= 1 && n <= SP_APPORTION_MAX);
    for (gsize i = 0; i < n; i++) {
        total += weights[i];
    }
    g_assert(total > 0.0);
    for (gsize i = 0; i < n; i++) {
        double share = fabs(whole) * (weights[i] / total);
        parts[i] = floor(share);
        remainders[i] = share - parts[i];
        left -= parts[i];
    }
    /* A part without weight has no remainder and is never chosen while another has one. */
    while (left > 0.0) {
        gsize best = 0;
        for (gsize i = 1; i < n; i++) {
            if (remainders[i] > remainders[best]) {
                best = i;
            }
        }
        parts[best] += 1.0;
        remainders[best] -= 1.0;
        left -= 1.0;
    }
    for (gsize i = 0; i < n; i++) {
        parts[i] = sign * parts[i] + 0.0; /* no negative zero */
    }
}
