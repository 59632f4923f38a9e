/* Each part goes to its limit by itself. */
#include "transforms/vary/model/shares_interval.h"

#include <math.h>

static double share(double unexplained, double explained, double chance)
{
    return isinf(unexplained) ? 1.0 : unexplained / (unexplained + explained + chance);
}

SpInterval sp_shares_interval(const SpShareParts *parts)
{
    /* Not on its logarithm: what explains next to nothing would be told to explain all. */
    const double most = parts->explained + SP_Z_95 * parts->explained_error;
    const double least = fmax(0.0, parts->explained - SP_Z_95 * parts->explained_error);
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
