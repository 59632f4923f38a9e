/* Mid-p tails of a count. */
#include "transforms/vary/funnel/mid_p.h"

#include "transforms/vary/funnel/distribution.h"

#include <math.h>

static const SpTails none = {.lower = {.status = SP_MISSING}, .upper = {.status = SP_MISSING}};

/* Parts of the whole probability below a whole count, at it and above it. Each is summed by itself:
 * a small tail taken as the rest of the whole would be rounding alone. */
typedef struct {
    double below;
    double at;
    double above;
} Parts;

static Parts part(const SpDistribution *counts, double count)
{
    Parts parts = {0};
    double f = 1.0;
    for (guint64 r = counts->first;; r++) {
        if ((double)r < count) {
            parts.below += f;
        } else if ((double)r > count) {
            parts.above += f;
        } else {
            parts.at = f;
        }
        if (r == counts->last) {
            return parts;
        }
        f *= sp_distribution_step(counts, r);
    }
}

static SpTails tails_of(const SpDistribution *counts, double count)
{
    const double whole_count = floor(count);
    const double rest = count - whole_count;
    const Parts low = part(counts, whole_count);
    const double whole = low.below + low.at + low.above;
    double lower = low.below + low.at / 2.0;
    double upper = low.above + low.at / 2.0;
    if (rest > 0.0) {
        const Parts high = part(counts, whole_count + 1.0);
        lower += rest * (high.below + high.at / 2.0 - lower);
        upper += rest * (high.above + high.at / 2.0 - upper);
    }
    return (SpTails){.lower = sp_real(lower / whole), .upper = sp_real(upper / whole)};
}

SpTails sp_mid_p_binomial(double count, guint32 n, double theta)
{
    SpDistribution counts;
    return count <= n && sp_distribution_binomial(n, theta, &counts) ? tails_of(&counts, count)
                                                                     : none;
}

SpTails sp_mid_p_poisson(double count, double mean)
{
    SpDistribution counts;
    return sp_distribution_poisson(mean, &counts) ? tails_of(&counts, count) : none;
}

SpReal sp_mid_p_both(const SpTails *tails)
{
    if (!sp_real_is_number(tails->lower)) {
        return tails->lower;
    }
    return sp_real(MIN(1.0, 2.0 * MIN(tails->lower.value, tails->upper.value)));
}
