/* Gap, its parts and its probability. */
#include "transforms/project/balance/gap.h"

SpReal sp_gap_factor(SpReal demand, SpReal supply)
{
    gboolean has_demand = sp_real_is_number(demand) && demand.value > 0.0;
    if (has_demand && supply.status != SP_PRESENT && sp_real_is_number(supply)) {
        return sp_real_none(SP_MISSING);
    }
    return sp_real_rate(demand, supply, 1.0);
}

SpReal sp_gap_scale(SpReal supply, SpReal factor)
{
    if (!sp_real_is_number(supply) || !sp_real_is_number(factor)) {
        return sp_real_none(MAX(supply.status, factor.status));
    }
    return sp_real_flagged(supply.value * factor.value, (guint)(supply.flags | factor.flags));
}

/* Like sp_real_add, but what cannot occur on one side cannot occur in the difference. */
static SpReal subtract(SpReal a, SpReal b)
{
    if (a.status == SP_NOT_APPLICABLE || b.status == SP_NOT_APPLICABLE) {
        return sp_real_none(SP_NOT_APPLICABLE);
    }
    const double left = sp_real_change(b.value, a.value);
    const SpReal sum = sp_real_add(a, b);
    return sp_real_is_number(sum) ? sp_real_flagged(left, sum.flags) : sum;
}

SpReal sp_gap(SpReal demand, SpReal supply, SpReal shortage)
{
    SpReal gap = subtract(demand, supply);
    return gap.status == SP_NOT_APPLICABLE ? gap : sp_real_add(gap, shortage);
}

void sp_gap_parts(const double demand[2], const double supply[2], double shortage,
                  double parts[SP_N_GAP_PARTS])
{
    parts[SP_GAP_START] = demand[0] - supply[0] + shortage;
    parts[SP_GAP_DEMAND] = demand[1] - demand[0];
    parts[SP_GAP_SUPPLY] = supply[0] - supply[1];
}

double sp_gap_round_share(gsize n_relevant, gsize n)
{
    g_assert(n > 0 && n_relevant <= n);
    /* Whole numbers: 0.075 x 20 is not 1.5 in every binary way of saying it. */
    gsize steps = ((gsize)2 * SP_GAP_SHARE_STEPS * n_relevant + n) / (2 * n);
    return (double)steps / SP_GAP_SHARE_STEPS;
}
