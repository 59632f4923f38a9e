/* Each part goes to its limit by itself. */
#include "transforms/vary/model/shares_interval.h"

#include <math.h>

static const double z_95 = 1.959963984540054;

static double share(double unexplained, double explained, double chance)
{
    return isinf(unexplained) ? 1.0 : unexplained / (unexplained + explained + chance);
}

SpInterval sp_shares_interval(const SpShareParts *parts)
{
    /* What is explained is near a sum of squares: its logarithm is nearly normal. */
    const double factor =
        parts->explained > 0.0 ? exp(z_95 * parts->explained_error / parts->explained) : 1.0;
    const double most = parts->explained * factor;
    const double least = parts->explained / factor;
    const double b = parts->unexplained;
    if (!(b + parts->explained + parts->chance > 0.0)) {
        return (SpInterval){sp_real_none(SP_MISSING), sp_real_none(SP_MISSING)};
    }
    const double at = share(b, parts->explained, parts->chance);
    const double below = hypot(at - share(parts->unexplained_low, parts->explained, parts->chance),
                               at - share(b, most, parts->chance));
    const double above = hypot(share(parts->unexplained_high, parts->explained, parts->chance) - at,
                               b > 0.0 ? share(b, least, parts->chance) - at : 0.0);
    return (SpInterval){.low = sp_real(fmax(0.0, at - below)),
                        .high = sp_real(fmin(1.0, at + above))};
}
