/* Supply by workplace: what labour markets give a kommune. */
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>

/* With more persons than this the chance that none is left is nothing to tell. */
#define MOST_TO_COUNT 30.0

/* Multiplies what a kommune draws of people with by what there is for it in each draw. */
static void draw_level(const SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune,
                       gsize day, float out[])
{
    gsize n = engine->n_draws, n_kommuner = engine->plan->n_kommuner;
    float *there = scratch->sum;
    sp_lanes_fill(0, n, there);
    for (gsize market = 0; market < engine->plan->supply->n_labour_markets; market++) {
        if (engine->is_near[market * n_kommuner + kommune]) {
            double share = sp_draws_work_share(engine, market, kommune, day);
            sp_lanes_add((float)share, &engine->markets[market * engine->plane + day * n], n,
                         there);
        }
    }
    sp_lanes_add((float)engine->far[kommune * engine->n_days + day], &engine->from_far[day * n], n,
                 there);
    sp_lanes_multiply(there, n, out);
}

/* The chance that nobody works there: none of the base's staff is left and nobody has come. Those
 * who come are Poisson around each draw's level; a fraction of a person is the chance of one.
 * `given` [n_days] is what is expected. */
static double chance_of_none(const SpDrawsEngine *engine, SpDrawsScratch *scratch,
                             const double given[], gsize day, const float aarsverk[])
{
    const SpShockSizes *sizes = &engine->plan->sizes;
    double persons = given[0] / sizes->aarsverk_per_person;
    double expected = given[day] / sizes->aarsverk_per_person;
    double left = MIN(persons * pow(sizes->staying, (double)day), expected);
    double none_left = persons > 1 ? pow(1 - left / persons, persons) : 1 - left;
    float to_persons = (float)(1 / sizes->aarsverk_per_person);
    float *none = scratch->part;
    if (expected > MOST_TO_COUNT || none_left <= 0) {
        return 0;
    }
    for (gsize i = 0; i < engine->n_draws; i++) {
        float come = aarsverk[i] * to_persons - (float)left;
        /* A quarter at a time: the loop's exp is at its best near 0. */
        float root = sp_lane_exp((come > 0.0F ? come : 0.0F) * -0.25F);
        none[i] = root * root * root * root;
    }
    return none_left * sp_draws_mean(engine->n_draws, none);
}

void sp_draws_workplace(SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune)
{
    const SpDrawsPlan *plan = engine->plan;
    gsize n = engine->n_draws, g = engine->profession;
    const double *given = &engine->given[kommune * engine->n_days];
    double *none =
        &engine->results->none_chance[(kommune * plan->n_professions + g) * engine->n_days];
    for (gsize day = 0; day < engine->n_days; day++) {
        float *to = &engine->supply[kommune * engine->plane + day * n];
        draw_level(engine, scratch, kommune, day, to);
        none[day] = chance_of_none(engine, scratch, given, day, to);
        for (gsize i = 0; i < n; i++) {
            to[i] *= scratch->base[i] / engine->placed[i];
        }
    }
}
