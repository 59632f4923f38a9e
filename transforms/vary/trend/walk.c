/* The drift of a series that wanders. */
#include "transforms/vary/trend/walk.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

SpReal sp_trend_walk(gsize n, const double time[], const double y[])
{
    gboolean varies = FALSE;
    double squares = 0.0;
    if (n < 3) {
        return sp_real_none(SP_MISSING);
    }
    const double span = time[n - 1] - time[0];
    const double drift = (y[n - 1] - y[0]) / span;
    for (gsize i = 1; i < n; i++) {
        const double years = time[i] - time[i - 1];
        const double left = y[i] - y[i - 1] - drift * years;
        squares += left * left / years;
        varies = varies || y[i] != y[0];
    }
    if (!varies) {
        return sp_real_none(SP_MISSING);
    }
    if (!(squares > 0.0)) {
        return sp_real(0.0);
    }
    const double df = (double)(n - 2);
    const double error = sqrt(squares / df / span);
    return sp_real(2.0 * gsl_cdf_tdist_Q(fabs(drift) / error, df));
}
