/* Supply by workplace: labour markets to kommuner, then persons. */
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>
#include <string.h>

/* With more persons than this the chance that none is left is nothing to tell. */
#define MOST_TO_COUNT 30.0

/* Where a kommune's staff come from. */
typedef struct {
    gsize market[SP_MOST_NEAR];
    gsize n;
} Near;

/* Of the market's supply, times the balance's factor. */
static double work_share(const SpDrawsEngine *engine, gsize market, gsize kommune, gsize day)
{
    const SpDrawsProfession *of = &engine->plan->professions[engine->profession];
    return of->supply_factor *
           sp_supply_share(engine->plan->supply, of->supply, market, kommune, day);
}

/* What the markets are expected to give a kommune: all [n_days]. */
static void expected_all(const SpDrawsEngine *engine, gsize kommune, double all[])
{
    memset(all, 0, engine->n_days * sizeof *all);
    for (gsize market = 0; market < engine->plan->supply->n_labour_markets; market++) {
        gboolean works = work_share(engine, market, kommune, 0) > 0;
        for (gsize day = 0; works && day < engine->n_days; day++) {
            all[day] += work_share(engine, market, kommune, day) *
                        engine->expected[market * engine->n_days + day];
        }
    }
}

/* The markets that give most on the base day, of `all` then; of equal ones the first. The order of
 * their codes is kept. */
static void find_near(const SpDrawsEngine *engine, gsize kommune, double all, Near *near)
{
    double gives[SP_MOST_NEAR];
    near->n = 0;
    for (gsize market = 0; market < engine->plan->supply->n_labour_markets; market++) {
        double here =
            work_share(engine, market, kommune, 0) * engine->expected[market * engine->n_days];
        gsize least = 0;
        if (!(here > 0) || here < SP_NEAR_SHARE * all) {
            continue;
        }
        for (gsize i = 1; i < near->n; i++) {
            least = gives[i] < gives[least] ? i : least;
        }
        if (near->n == SP_MOST_NEAR) {
            if (!(here > gives[least])) {
                continue;
            }
            near->n--;
            memmove(&near->market[least], &near->market[least + 1],
                    (near->n - least) * sizeof *near->market);
            memmove(&gives[least], &gives[least + 1], (near->n - least) * sizeof *gives);
        }
        gives[near->n] = here;
        near->market[near->n++] = market;
    }
}

/* Årsverk of a kommune in each draw, before persons; `all` is what is expected that day. */
static void draw_level(const SpDrawsEngine *engine, const Near *near, gsize kommune, gsize day,
                       double all, float out[])
{
    gsize n = engine->n_draws;
    double far = all;
    sp_lanes_fill(0, n, out);
    for (gsize i = 0; i < near->n; i++) {
        double share = work_share(engine, near->market[i], kommune, day);
        far -= share * engine->expected[near->market[i] * engine->n_days + day];
        sp_lanes_add((float)share, &engine->markets[near->market[i] * engine->plane + day * n], n,
                     out);
    }
    if (near->n < engine->plan->supply->n_labour_markets) {
        sp_lanes_add((float)MAX(far, 0.0), &engine->country[day * n], n, out);
    }
    sp_lanes_multiply(&engine->shared->place[kommune * engine->plane + day * n], n, out);
}

/* The number of persons around its level. People come and go one by one, so the number is close to
 * Poisson once most have been replaced: its root is close to normal with variance 1/4. `walk` is a
 * walk of variance v, 0 on the base day, 1 when all have been replaced. */
static void count_persons(const float walk[], double v, double aarsverk_per_person, gsize n,
                          float aarsverk[])
{
    float to_persons = (float)(1 / aarsverk_per_person), each = (float)aarsverk_per_person;
    float quarter = (float)(v / 4);
    for (gsize i = 0; i < n; i++) {
        float level = aarsverk[i] * to_persons;
        /* Mean `level`: the square of the root adds v / 4. Below that it is all chance. */
        float root = sqrtf(level > quarter ? level - quarter : 0.0F) + 0.5F * walk[i];
        root = root > 0.0F && level > 0.0F ? root : 0.0F;
        aarsverk[i] = each * root * root;
    }
}

/* The chance that nobody works there: none of the base's staff is left and nobody has come. Those
 * who come are Poisson around each draw's level. */
static double chance_of_none(const SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize day,
                             const float aarsverk[])
{
    const SpShockSizes *sizes = &engine->plan->sizes;
    double persons = scratch->expected[0] / sizes->aarsverk_per_person;
    double expected = scratch->expected[day] / sizes->aarsverk_per_person;
    double left = MIN(persons * pow(sizes->staying, (double)day), expected);
    double none_left = persons > 0 ? pow(1 - left / persons, persons) : 1;
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

/* Standard deviation of what a kommune's own level of the profession has beyond the walks that all its
 * professions share and the coming and going of persons: together they are what the path tells. Where
 * there is a need the error of the base is scratch->base, and the change since is left. */
static double own_sd(const SpDrawsEngine *engine, gsize kommune, gsize day, double persons)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpShockSizes *sizes = &plan->sizes;
    gsize g = plan->professions[engine->profession].supply;
    const double *path =
        &plan->supply->place_sd[(g * plan->n_kommuner + kommune) * plan->supply->n_days];
    double of_kommune = sp_walk_sd(sizes->kommune, day), of_fylke = sp_walk_sd(sizes->fylke, day);
    double of_market = sp_walk_sd(sizes->market, day);
    double of_persons = sp_walk_sd(sp_walk_around(1, sizes->staying), day);
    double at_base = plan->professions[engine->profession].demand == SP_NO_PATH ? 0 : path[0];
    double rest = path[day] * path[day] - at_base * at_base;
    rest -= of_kommune * of_kommune + of_fylke * of_fylke + of_market * of_market;
    rest -= persons > 0 ? of_persons * of_persons / persons : 0;
    return rest > 0 ? sqrt(rest) : 0;
}

/* Multiplies by the kommune's own level of the profession, mean 1: a walk whose standard deviation
 * goes from `before` to `sd`. */
static void draw_own(const SpDrawsEngine *engine, SpDrawsScratch *scratch, SpRandom key, gsize day,
                     double before, double sd, float out[])
{
    gsize n = engine->n_draws;
    float *walk = &scratch->walk[n];
    SpWalk step = sp_walk_between(before, sd);
    if (!(before > 0) && !(sd > 0)) {
        return;
    }
    if (step.step > 0) {
        sp_draws_normal(engine->shared, key, day, scratch->normal);
        sp_lanes_add((float)step.step, scratch->normal, n, walk);
    } else {
        sp_lanes_scale((float)step.kept, n, walk);
    }
    sp_lanes_exp(walk, (float)(-sd * sd / 2), n, scratch->factor);
    sp_lanes_multiply(scratch->factor, n, out);
}

void sp_draws_workplace(SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpShockSizes *sizes = &plan->sizes;
    gsize n = engine->n_draws, g = engine->profession;
    const SpWalk walk = sp_walk_around(1, sizes->staying);
    SpRandom key = sp_random_named(sp_draws_key(plan, "person", "kommune", plan->kommuner[kommune]),
                                   plan->professions[g].id);
    SpRandom own = sp_random_named(sp_draws_key(plan, "plass", "kommune", plan->kommuner[kommune]),
                                   plan->professions[g].id);
    gsize cell = (kommune * plan->n_professions + g) * engine->n_days;
    double *none = &engine->results->none_chance[cell], *all = scratch->expected, before = 0;
    Near near;
    expected_all(engine, kommune, all);
    find_near(engine, kommune, all[0], &near);
    sp_lanes_fill(0, SP_N_PLACE_WALKS * n, scratch->walk);
    for (gsize day = 0; day < engine->n_days; day++) {
        float *to = &engine->supply[kommune * engine->plane + day * n];
        double sd = sp_walk_sd(walk, day);
        double level_sd = own_sd(engine, kommune, day, all[day] / sizes->aarsverk_per_person);
        draw_level(engine, &near, kommune, day, all[day], to);
        draw_own(engine, scratch, own, day, before, level_sd, to);
        before = level_sd;
        none[day] = chance_of_none(engine, scratch, day, to);
        sp_lanes_multiply(scratch->base, n, to);
        if (day > 0) {
            sp_draws_normal(engine->shared, key, day, scratch->normal);
            sp_lanes_step((float)walk.kept, (float)walk.step, scratch->normal, n, scratch->walk);
            count_persons(scratch->walk, sd * sd, sizes->aarsverk_per_person, n, to);
        }
    }
}
