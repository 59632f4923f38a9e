/* Sizes of yearly steps. */
#include "transforms/project/steps.h"

#include <math.h>

double sp_step_sd(double assumed, gsize n_years, const double figure[])
{
    double sum = 0, squares = 0, n = 0;
    for (gsize year = 1; year < n_years; year++) {
        if (figure[year - 1] > 0 && figure[year] > 0) {
            double change = log(figure[year] / figure[year - 1]);
            sum += change;
            squares += change * change;
            n += 1;
        }
    }
    if (n < 2) {
        return assumed;
    }
    double around = MAX(squares - sum * sum / n, 0.0);
    return sqrt((SP_STEP_ASSUMED_CHANGES * assumed * assumed + around) /
                (SP_STEP_ASSUMED_CHANGES + n - 1));
}

double sp_fading_in_mean(double kept, gsize n)
{
    double sum = 1.0, left = 1.0;
    for (gsize apart = 1; apart < n; apart++) {
        left *= kept;
        sum += 2.0 * (1.0 - (double)apart / (double)n) * left;
    }
    return n > 0 ? sum / (double)n : 0.0;
}

double sp_fading_sd(double assumed, double kept, gsize n, const double value[])
{
    double sum = 0, squares = 0, years = (double)n;
    for (gsize i = 0; i < n; i++) {
        sum += value[i];
        squares += value[i] * value[i];
    }
    if (n < 2) {
        return assumed;
    }
    double around = MAX(squares - sum * sum / years, 0.0);
    return sqrt((SP_STEP_ASSUMED_CHANGES * assumed * assumed + around) /
                (SP_STEP_ASSUMED_CHANGES + years * (1 - sp_fading_in_mean(kept, n))));
}
