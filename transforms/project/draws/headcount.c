/* Chance of persons: of those with an education in a labour market each leaves or not, and each who
 * comes comes there or not. Of thousands that is nothing; of ten it is most of what happens. */
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>

static double persons_in(const SpSupplyPaths *supply, gsize market, gsize profession, gsize day)
{
    double sum = 0;
    for (int cause = 0; cause < SP_N_CAUSES; cause++) {
        sum += sp_supply_at(supply, supply->persons, market, profession, (SpSupplyCause)cause)[day];
    }
    return sum;
}

/* Who leave in the year that ends on a day and who come, over those who were there: the
 * country's. */
static double turnover(const SpSupplyPaths *supply, gsize profession, gsize day)
{
    const double *inflow = &supply->inflow[profession * SP_N_CAUSES * supply->n_days];
    double persons = 0, come = 0;
    for (gsize market = 0; market < supply->n_labour_markets; market++) {
        persons += persons_in(supply, market, profession, day - 1);
    }
    for (int cause = 0; cause < SP_N_CAUSES; cause++) {
        come += MAX(inflow[(gsize)cause * supply->n_days + day], 0.0);
    }
    return supply->exit_rate[profession * supply->n_days + day] +
           (persons > 0 ? come / persons : 0);
}

void sp_draws_find_headcount(SpDrawsEngine *engine)
{
    const SpSupplyPaths *supply = engine->plan->supply;
    gsize g = engine->plan->professions[engine->profession].supply, n_days = engine->n_days;
    for (gsize market = 0; market < supply->n_labour_markets; market++) {
        engine->headcount[market * n_days] = 0;
    }
    for (gsize day = 1; day < n_days; day++) {
        double moved = turnover(supply, g, day);
        for (gsize market = 0; market < supply->n_labour_markets; market++) {
            double *variance = &engine->headcount[market * n_days + day];
            double persons = persons_in(supply, market, g, day - 1);
            *variance = variance[-1] + log1p(moved / MAX(persons, 1.0));
        }
    }
}

void sp_draws_headcount(guint thread, gsize market, gpointer data)
{
    SpDrawsEngine *engine = data;
    const SpDrawsPlan *plan = engine->plan;
    gsize n = engine->n_draws;
    const double *variance = &engine->headcount[market * engine->n_days];
    float *out = &engine->markets[market * engine->plane];
    float *normal = engine->scratch[thread].normal, *walk = engine->scratch[thread].factor;
    SpRandom key = sp_random_named(
        sp_draws_key(plan, "personer", "arbeidsmarked", plan->supply->labour_markets[market]),
        plan->professions[engine->profession].id);
    sp_lanes_fill(0, n, walk);
    sp_lanes_fill(1, n, out);
    for (gsize day = 1; day < engine->n_days; day++) {
        sp_draws_normal(engine->shared, key, day, normal);
        sp_lanes_add((float)sqrt(variance[day] - variance[day - 1]), normal, n, walk);
        sp_lanes_exp(walk, (float)(-variance[day] / 2), n, &out[day * n]);
    }
}
