/* Life expectancy from death rates. */
#include "transforms/project/population/lifetable.h"

#include <math.h>

/* Mean time lived in the first year by those who die in it, by Andreev and Kingkade (2015), as the
 * protocol gives it. */
static double first_year_lived(guint sex, double rate)
{
    if (sex == SP_MEN) {
        return rate < 0.02300   ? 0.14929 - 1.99545 * rate
               : rate < 0.08307 ? 0.02832 + 3.26021 * rate
                                : 0.29915;
    }
    return rate < 0.01724   ? 0.14903 - 2.05527 * rate
           : rate < 0.06891 ? 0.04667 + 3.88089 * rate
                            : 0.31411;
}

double sp_lifetable_expectancy(guint sex, gsize n_ages, const double rate[])
{
    gsize n = n_ages;
    while (n > 0 && rate[n - 1] <= 0.0) {
        n--;
    }
    if (n == 0) {
        return (double)INFINITY;
    }
    double alive = 1.0;
    double years = 0.0;
    for (gsize age = 0; age + 1 < n; age++) {
        double lived = age == 0 ? first_year_lived(sex, rate[0]) : 0.5;
        double dying = alive * MIN(rate[age] / (1 + (1 - lived) * rate[age]), 1.0);
        alive -= dying;
        years += alive + lived * dying;
    }
    return years + alive / rate[n - 1];
}
