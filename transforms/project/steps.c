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
