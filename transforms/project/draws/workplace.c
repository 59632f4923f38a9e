/* Supply by workplace: what labour markets give a kommune, then persons. */
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>
#include <string.h>

/* With more persons than this the chance that none is left is nothing to tell. */
#define MOST_TO_COUNT 30.0

/* Multiplies what a kommune draws of people with by what there is for it in each draw: årsverk, before
 * persons. */
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

/* Variance of the number of persons around its level when all have been replaced, over its square: as
 * counts have been seen to vary, and else Poisson; of a level below one person no more can be said. */
static double persons_variance(const SpDrawsEngine *engine, gsize kommune, gsize day, double given)
{
    double seen = engine->needed[kommune * engine->n_days + day].count;
    double one = engine->plan->sizes.aarsverk_per_person;
    return seen > 0 ? seen : given > one ? one / given : 1;
}

/* The number of persons around its level, mean 1: people come and go one by one. `walk` is a walk of
 * variance `replaced`, 0 on the base day, 1 when all have been. */
static void count_persons(SpDrawsScratch *scratch, double replaced, double variance, gsize n,
                          float aarsverk[])
{
    double log_variance = log1p(variance * replaced);
    float *persons = scratch->factor;
    memcpy(persons, scratch->walk, n * sizeof *persons);
    sp_lanes_scale((float)sqrt(log_variance / replaced), n, persons);
    sp_lanes_exp(persons, (float)(-log_variance / 2), n, persons);
    sp_lanes_multiply(persons, n, aarsverk);
}

/* The chance that nobody works there: none of the base's staff is left and nobody has come. Those
 * who come are Poisson around each draw's level; a fraction of a person is the chance of one. `given`
 * [n_days] is what is expected. */
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
    const SpShockSizes *sizes = &plan->sizes;
    gsize n = engine->n_draws, g = engine->profession;
    const SpWalk walk = sp_walk_around(1, sizes->staying);
    SpRandom key = sp_random_named(sp_draws_key(plan, "person", "kommune", plan->kommuner[kommune]),
                                   plan->professions[g].id);
    const double *given = &engine->given[kommune * engine->n_days];
    double *none =
        &engine->results->none_chance[(kommune * plan->n_professions + g) * engine->n_days];
    sp_lanes_fill(0, n, scratch->walk);
    for (gsize day = 0; day < engine->n_days; day++) {
        float *to = &engine->supply[kommune * engine->plane + day * n];
        double sd = sp_walk_sd(walk, day);
        draw_level(engine, scratch, kommune, day, to);
        none[day] = chance_of_none(engine, scratch, given, day, to);
        sp_lanes_multiply(scratch->base, n, to);
        if (day > 0 && sd > 0) {
            double variance = persons_variance(engine, kommune, day, given[day]);
            sp_draws_normal(engine->shared, key, day, scratch->normal);
            sp_lanes_step((float)walk.kept, (float)walk.step, scratch->normal, n, scratch->walk);
            count_persons(scratch, sd * sd, variance, n, to);
        }
    }
}
