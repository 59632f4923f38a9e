/* An area against the whole. */
#include "transforms/headline/contrast.h"

#include <math.h>

static double log_odds(double share)
{
    return log(share / (1.0 - share));
}

/* Σ (w_i/W_area − w_i/W)² over the area's units and Σ (w_i/W)² over the others. */
static double spread_of_weights(SpContrastArea area, SpContrastArea whole)
{
    const double difference = 1.0 / area.sum - 1.0 / whole.sum;
    return difference * difference * area.squares +
           (whole.squares - area.squares) / (whole.sum * whole.sum);
}

double sp_contrast_z(SpContrastArea area, SpContrastArea whole, double spread)
{
    const double share = area.count / area.n;
    const double all = whole.count / whole.n;
    if (!(share > 0.0 && share < 1.0 && all > 0.0 && all < 1.0 && area.sum > 0.0)) {
        return (double)NAN;
    }
    const double chance = fmax(0.0, 1.0 / area.n - 1.0 / whole.n) / (all * (1.0 - all));
    const double variance = spread * spread * spread_of_weights(area, whole) + chance;
    return variance > 0.0 ? (log_odds(share) - log_odds(all)) / sqrt(variance) : (double)NAN;
}

double sp_contrast_p(double z)
{
    return erfc(fabs(z) / sqrt(2.0));
}
