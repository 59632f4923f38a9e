/** A made-up country small enough to look at every draw of it. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_DRAWS_SMALL_H
#define SP_TESTS_TRANSFORMS_PROJECT_DRAWS_SMALL_H

#include "made_up.h"

enum { N_DRAWS = 400, N_DAYS = 6, LAST = N_DAYS - 1, N_KOMMUNER = 12, COUNTRY = N_KOMMUNER + 3 };

static const MadeUpSize small = {N_KOMMUNER, 4, 2, 3, 4, 3, N_DAYS, N_DRAWS};

/** Of the 90 % interval. */
static inline double width(const double figures[])
{
    return figures[SP_N_QUANTILES - 1] - figures[0];
}

/** Everybody's staff leaves at this rate, which is known. */
static inline SpDrawsExits *same_rate(MadeUp *of, double rate)
{
    gsize n = of->plan.n_kommuner * of->plan.n_professions;
    SpDrawsExits *exits = made_up_keep(of, g_new(SpDrawsExits, 1));
    *exits = (SpDrawsExits){.rate = made_up_numbers(of, n),
                            .local_sd = made_up_numbers(of, n),
                            .national_sd = made_up_numbers(of, of->plan.n_professions)};
    for (gsize i = 0; i < n; i++) {
        exits->rate[i] = rate;
    }
    of->plan.exits = exits;
    return exits;
}

#endif
