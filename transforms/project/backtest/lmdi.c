/* Decomposition by the logarithmic mean. */
#include "transforms/project/backtest/lmdi.h"

#include <math.h>

/* Below this difference of logarithms the quotient loses digits, and the series beside it is exact
 * to a double. */
#define NEARLY_EQUAL 1e-6

double sp_logarithmic_mean(double x, double y)
{
    double difference = log(x / y);
    if (fabs(difference) < NEARLY_EQUAL) {
        return sqrt(x * y) * (1 + difference * difference / 24);
    }
    return (x - y) / difference;
}

gboolean sp_lmdi(gsize n, const double from[], const double to[], double effect[])
{
    double before = 1, after = 1;
    for (gsize i = 0; i < n; i++) {
        if (!(from[i] > 0) || !(to[i] > 0)) {
            return FALSE;
        }
        before *= from[i];
        after *= to[i];
    }
    double mean = sp_logarithmic_mean(after, before);
    for (gsize i = 0; i < n; i++) {
        effect[i] = mean * log(to[i] / from[i]);
    }
    return TRUE;
}
