/**
 * Demand less supply, on arrays. Source: projections.md §4 of the design; HELSEMOD's base-year
 * balance: Helsedirektoratet, "Tilgang på og behov for helsesykepleiere", chapter 4.2.
 * docs/methods/balance.md#gap.
 */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_GAP_H
#define SP_TRANSFORMS_PROJECT_BALANCE_GAP_H

#include "core/real.h"

/** Why a gap is what it is: the sum of the parts is the gap, to the last bit but rounding. */
typedef enum {
    SP_GAP_START,  /* the gap of day 0, a measured shortage included */
    SP_GAP_DEMAND, /* growth of demand since day 0 */
    SP_GAP_SUPPLY, /* less the growth of supply since day 0 */
    SP_N_GAP_PARTS
} SpGapPart;

/**
 * What the supply of a profession is multiplied by so that it is the demand of the country on day
 * 0. Not applicable where there is neither; missing where only supply is 0: nothing can be scaled
 * to a need. Missing and suppressed figures as sp_real_rate.
 */
SpReal sp_gap_factor(SpReal demand, SpReal supply);

/** A figure of supply by what its profession is multiplied by: flags are or-ed; the strongest
 * status where one of the two is no number. */
SpReal sp_gap_scale(SpReal supply, SpReal factor);

/**
 * Gap of one day: demand + shortage - supply. Positive is shortage (SSB, RAPP 2026/18).
 *
 *   supply    årsverk, scaled already
 *   shortage  measured in the base, årsverk; not applicable where none is taken into account
 * A difference that is rounding alone is 0. The strongest status of the three decides where one is
 * no number; flags are or-ed.
 */
SpReal sp_gap(SpReal demand, SpReal supply, SpReal shortage);

/** demand, supply and shortage of two days, supply scaled; parts [SP_N_GAP_PARTS] filled. */
void sp_gap_parts(const double demand[2], const double supply[2], double shortage,
                  double parts[SP_N_GAP_PARTS]);

/** A gap above this matters, in a kommune as in a region: the larger of one årsverk and 5 % of
 * demand (statistics-decisions B7). A base-year balance makes plain gap > 0 meaningless near the
 * base. */
static inline float sp_gap_limit(float demand)
{
    float share = 0.05F * demand;
    return share > 1.0F ? share : 1.0F;
}

enum { SP_GAP_SHARE_STEPS = 20 }; /* of 5 % */

/** `n_relevant` of n >= 1 futures as a share, 0-1, rounded to 5 % (half up): a finer one would be
 * more than the futures are good for. */
double sp_gap_round_share(gsize n_relevant, gsize n);

#endif
