/** How kommuner leave faster or slower than the country: their ages, and what is believed of their
 * own leavers. docs/methods/balance.md#turnover. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_LOCAL_EXITS_H
#define SP_TRANSFORMS_PROJECT_BALANCE_LOCAL_EXITS_H

#include "transforms/project/balance/leavers.h"

/** All borrowed. */
typedef struct {
    const SpLeavers *leavers; /* its first n_yrker professions are used */
    SpLeft way;
    gsize n_yrker;
    const double *national; /* [yrke][band] the country's rates */
    const double *ages;     /* [yrke][band] the country's staff, any of it above 0 */
    double spread;          /* relative, assumed of the true rates (sp_shrink_fit_assumed) */
} SpLocalExits;

/**
 *   rate  [yrke][region] share of the kommune's staff that leaves in a year, 0-1: the country's
 *         rates on the kommune's ages, times what is believed of its own deviation
 *   sd    [yrke][region] of the log of the kommune's factor; NULL: not wanted
 *
 * How much kommuner differ is one figure for all professions. FALSE if its rounds did not settle;
 * the last ones are then used.
 */
gboolean sp_local_exits(const SpLocalExits *local, double rate[], double sd[]);

/** Whose leavers. */
typedef struct {
    SpLeft way;
    gsize region, yrke;
    gsize band; /* n_bands: all together */
} SpExitsOf;

/**
 * How far the years of one unit are from what `rate` would give.
 *
 *   rate       [band]
 *   deviation  [n_years] left over expected, less 1; exposure [n_years] expected persons: filled
 */
void sp_exit_deviations(const SpLeavers *leavers, const SpExitsOf *of, const double rate[],
                        double deviation[], double exposure[]);

/** Staff of a region and profession by age, a mean of its intervals: staff [band] is filled.
 * Returns the sum. */
double sp_leavers_mean_ages(const SpLeavers *leavers, gsize region, gsize yrke, double staff[]);

/** Standard deviation of the log of what has a mean and a variance; 0 without a mean. */
double sp_exit_log_sd(double mean, double variance);

#endif
