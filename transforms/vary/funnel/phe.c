/* Public Health England's classes and ratio limits. */
#include "transforms/vary/funnel/phe.h"

#include "transforms/vary/limits/indirect.h"
#include "transforms/vary/limits/poisson.h"

static gboolean is_above_one(SpReal limit)
{
    return sp_real_is_number(limit) && limit.value > 1.0;
}

static gboolean is_below_one(SpReal limit)
{
    return sp_real_is_number(limit) && limit.value < 1.0;
}

SpPheClass sp_phe_class(double observed, double expected)
{
    const SpInterval wide = sp_indirect(observed, expected, 0.998).limits;
    const SpInterval narrow = sp_indirect(observed, expected, 0.95).limits;
    if (is_below_one(narrow.high)) {
        return is_below_one(wide.high) ? SP_PHE_LOW_001 : SP_PHE_LOW_025;
    }
    if (is_above_one(narrow.low)) {
        return is_above_one(wide.low) ? SP_PHE_HIGH_001 : SP_PHE_HIGH_025;
    }
    return SP_PHE_NOT_SIGNIFICANT;
}

SpInterval sp_phe_ratio_limits(double observed, double confidence)
{
    const SpInterval expected = sp_limits_poisson_exact(observed, confidence);
    return (SpInterval){.low = sp_real_rate(sp_real(observed), expected.high, 1.0),
                        .high = expected.low.status == SP_PRESENT
                                    ? sp_real(observed / expected.low.value)
                                    : sp_real_none(SP_MISSING)};
}
