/* Room for results. */
#include "transforms/project/draws/results.h"

SpDrawsResults *sp_draws_results_new(const SpDrawsPlan *plan)
{
    SpDrawsResults *results = g_new0(SpDrawsResults, 1);
    results->n_kommuner = plan->n_kommuner;
    results->n_above = plan->n_regions;
    results->n_professions = plan->n_professions;
    results->n_days = plan->n_days;
    gsize cells = plan->n_professions * plan->n_days;
    gsize n_regions = plan->n_kommuner + plan->n_regions;
    results->figures = g_new0(double, n_regions *cells *SP_N_DRAWN *SP_N_DRAWN_FIGURES);
    results->short_draws = g_new0(guint, n_regions * cells);
    results->none_chance = g_new0(double, plan->n_kommuner *cells);
    results->largest_draws = g_new0(guint, plan->n_regions * cells);
    results->n_short = g_new0(double, plan->n_regions *(cells + plan->n_days) * SP_N_DRAWN_FIGURES);
    return results;
}

void sp_draws_results_free(SpDrawsResults *results)
{
    if (results != NULL) {
        g_free(results->figures);
        g_free(results->short_draws);
        g_free(results->none_chance);
        g_free(results->largest_draws);
        g_free(results->n_short);
        g_free(results);
    }
}

/* Several sums at a time, in a fixed order whatever the processor. */
double sp_draws_mean(gsize n, const float draws[])
{
    enum { LANES = 8 };
    double sums[LANES] = {0}, sum = 0;
    gsize whole = n - n % LANES;
    for (gsize i = 0; i < whole; i += LANES) {
        for (gsize lane = 0; lane < LANES; lane++) {
            sums[lane] += (double)draws[i + lane];
        }
    }
    for (gsize lane = 0; lane < LANES; lane++) {
        sum += sums[lane] + (whole + lane < n ? (double)draws[whole + lane] : 0);
    }
    return sum / (double)n;
}

void sp_draws_summarise(gsize n, float draws[], double figures[SP_N_DRAWN_FIGURES])
{
    figures[SP_DRAWN_MEAN] = sp_draws_mean(n, draws);
    sp_quantiles(n, draws, SP_N_QUANTILES, sp_quantile_shares, figures);
}
