/* Indirect standardisation. */
#include "transforms/vary/limits/indirect.h"

#include "transforms/vary/limits/poisson.h"

/* PHE Technical Guide: Byar's approximation is good enough from here up. */
#define BYAR_FROM 10.0

SpReal sp_indirect_expected(gsize n, const double population[], const double reference_count[],
                            const double reference_population[])
{
    double expected = 0.0;
    for (gsize i = 0; i < n; i++) {
        if (reference_population[i] > 0.0) {
            expected += reference_count[i] / reference_population[i] * population[i];
        } else if (population[i] > 0.0) {
            return sp_real_none(SP_MISSING);
        }
    }
    return sp_real(expected);
}

static SpReal over(SpReal limit, double expected)
{
    return sp_real_is_number(limit) ? sp_real(limit.value / expected) : limit;
}

SpIndirect sp_indirect(double observed, double expected, double confidence)
{
    SpIndirect indirect = {.ratio = sp_real_none(SP_MISSING),
                           .limits.low = sp_real_none(SP_MISSING),
                           .limits.high = sp_real_none(SP_MISSING),
                           .is_exact = observed < BYAR_FROM};
    if (expected > 0.0) {
        const SpInterval count = indirect.is_exact ? sp_limits_poisson_exact(observed, confidence)
                                                   : sp_limits_poisson_byar(observed, confidence);
        indirect.ratio = sp_real(observed / expected);
        indirect.limits =
            (SpInterval){.low = over(count.low, expected), .high = over(count.high, expected)};
    }
    return indirect;
}
