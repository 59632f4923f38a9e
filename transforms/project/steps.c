/* Sizes of yearly steps. */
#include "transforms/project/steps.h"

#include <math.h>

double sp_fading_in_mean(double kept, gsize n)
{
    double sum = 1.0, left = 1.0;
    for (gsize apart = 1; apart < n; apart++) {
        left *= kept;
        sum += 2.0 * (1.0 - (double)apart / (double)n) * left;
    }
    return n > 0 ? sum / (double)n : 0.0;
}

double sp_fading_sd(double assumed, double kept, gsize n, const double value[], double chance)
{
    double sum = 0, squares = 0, years = (double)n;
    for (gsize i = 0; i < n; i++) {
        sum += value[i];
        squares += value[i] * value[i];
    }
    if (n < 2) {
        return assumed;
    }
    double around = MAX(squares - sum * sum / years - chance, 0.0);
    return sqrt((SP_STEP_ASSUMED_CHANGES * assumed * assumed + around) /
                (SP_STEP_ASSUMED_CHANGES + years * (1 - sp_fading_in_mean(kept, n))));
}
