/**
 * TBU's demographic cost, on arrays: what it costs more to serve the people of a later day with
 * today's coverage, input per user and productivity. Source: Det tekniske beregningsutvalg, as in
 * projections.md §9 of the design; docs/methods/balance.md#cost.
 */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_COST_H
#define SP_TRANSFORMS_PROJECT_BALANCE_COST_H

#include <glib.h>

/**
 * Cost per inhabitant of each age: spending shared among ages as their relative use says.
 *
 *   spending  a year's, of one service
 *   weight    [n_ages] use per inhabitant, relative, >= 0
 *   persons   [n_ages] >= 0
 *   per_head  [n_ages] filled; sum of per_head x persons is the spending
 * Returns FALSE, and 0 throughout, when nobody uses the service.
 */
gboolean sp_cost_per_head(gsize n_ages, double spending, const double weight[],
                          const double persons[], double per_head[]);

/** Sum over ages of per_head x (after - before). */
double sp_cost_change(gsize n_ages, const double per_head[], const double before[],
                      const double after[]);

#endif
