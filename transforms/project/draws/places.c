/* Who of a labour market's people work where. A kommune that has more places than was expected draws on
 * the same people as its neighbours, and as hospitals and others there, whose places are as they were. */
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>
#include <string.h>

/* Where less is left of a kommune's change than this its markets are its own, and to get what its past
 * tells it would have to ask for many times as much. Antatt. */
#define LEAST_LEFT 0.2

double sp_draws_work_share(const SpDrawsEngine *engine, gsize market, gsize kommune, gsize day)
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
        gboolean works = sp_draws_work_share(engine, market, kommune, 0) > 0;
        for (gsize day = 0; works && day < engine->n_days; day++) {
            all[day] += sp_draws_work_share(engine, market, kommune, day) *
                        engine->expected[market * engine->n_days + day];
        }
    }
}

/* The markets that give most on the base day, of `all` then; of equal ones the first. */
static void find_near(SpDrawsEngine *engine, gsize kommune, double all)
{
    gsize of[SP_MOST_NEAR], n = 0, n_kommuner = engine->plan->n_kommuner;
    double gives[SP_MOST_NEAR];
    for (gsize market = 0; market < engine->plan->supply->n_labour_markets; market++) {
        double here = sp_draws_work_share(engine, market, kommune, 0) *
                      engine->expected[market * engine->n_days];
        gsize at = n;
        engine->is_near[market * n_kommuner + kommune] = FALSE;
        if (!(here > 0) || here < SP_NEAR_SHARE * all) {
            continue;
        }
        if (n == SP_MOST_NEAR) {
            at = 0;
            for (gsize i = 1; i < n; i++) {
                at = gives[i] <= gives[at] ? i : at;
            }
            if (!(here > gives[at])) {
                continue;
            }
            engine->is_near[of[at] * n_kommuner + kommune] = FALSE;
        }
        n = MAX(n, at + 1);
        of[at] = market;
        gives[at] = here;
        engine->is_near[market * n_kommuner + kommune] = TRUE;
    }
}

/* Standard deviation of what a kommune's own level of the profession has beyond the walks that all its
 * professions share and the coming and going of persons: together they are what the path tells. Where
 * there is a need the error of the base is the need's (SpDrawsScratch.base), and the change since is left. */
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

/* What comes to a kommune from markets that are not near, [n_days]. */
static void expected_far(const SpDrawsEngine *engine, gsize kommune, double far[])
{
    const double *given = &engine->given[kommune * engine->n_days];
    for (gsize day = 0; day < engine->n_days; day++) {
        far[day] = given[day];
        for (gsize market = 0; market < engine->plan->supply->n_labour_markets; market++) {
            if (engine->is_near[market * engine->plan->n_kommuner + kommune]) {
                far[day] -= sp_draws_work_share(engine, market, kommune, day) *
                            engine->expected[market * engine->n_days + day];
            }
        }
        /* Below this it is rounding. */
        far[day] = far[day] > 1e-9 * given[day] ? far[day] : 0;
    }
}

/* What is left of a kommune's own change when its markets have answered it: of the people that it asks
 * for some are its own already. */
static double find_left(const SpDrawsEngine *engine, gsize kommune)
{
    const SpDrawsPlan *plan = engine->plan;
    double own = 0, all = engine->given[kommune * engine->n_days];
    double factor = plan->professions[engine->profession].supply_factor;
    for (gsize market = 0; all > 0 && market < plan->supply->n_labour_markets; market++) {
        if (engine->is_near[market * plan->n_kommuner + kommune]) {
            double share = sp_draws_work_share(engine, market, kommune, 0);
            own += share * share / factor * engine->expected[market * engine->n_days] / all;
        }
    }
    return MAX(1 - engine->municipal_share * own, LEAST_LEFT);
}

/* A kommune's own level of the profession. */
typedef struct {
    SpRandom key;
    double left; /* of it when it is answered */
    double sd;   /* of the walk, on the day that is done */
} Own;

/* Multiplies by what the kommune asks for itself: a walk whose standard deviation goes to `sd`. Years of
 * staff tell what kommuner got, so they asked for more; the offset gives what they get mean 1, to the
 * second order of sd. */
static void draw_own(const SpDrawsEngine *engine, SpDrawsScratch *scratch, Own *own, gsize day,
                     double sd, float out[])
{
    gsize n = engine->n_draws;
    float *walk = scratch->walk;
    SpWalk step = sp_walk_between(own->sd, sd);
    if (!(own->sd > 0) && !(sd > 0)) {
        return;
    }
    own->sd = sd;
    if (step.step > 0) {
        sp_draws_normal(engine->shared, own->key, day, scratch->normal);
        sp_lanes_add((float)step.step, scratch->normal, n, walk);
    } else {
        sp_lanes_scale((float)step.kept, n, walk);
    }
    sp_lanes_exp(walk, (float)(-(2 * own->left - 1) * sd * sd / 2), n, scratch->factor);
    sp_lanes_multiply(scratch->factor, n, out);
}

void sp_draws_place(guint thread, gsize kommune, gpointer data)
{
    SpDrawsEngine *engine = data;
    const SpDrawsPlan *plan = engine->plan;
    SpDrawsScratch *scratch = &engine->scratch[thread];
    gsize n = engine->n_draws, first = kommune * engine->plane;
    SpRandom key = sp_draws_key(plan, "plass", "kommune", plan->kommuner[kommune]);
    Own own = {.key = sp_random_named(key, plan->professions[engine->profession].id)};
    double *given = &engine->given[kommune * engine->n_days];
    expected_all(engine, kommune, given);
    find_near(engine, kommune, given[0]);
    expected_far(engine, kommune, &engine->far[kommune * engine->n_days]);
    own.left = find_left(engine, kommune);
    sp_lanes_fill(0, n, scratch->walk);
    memcpy(&engine->supply[first], &engine->shared->place[first],
           engine->plane * sizeof *engine->supply);
    for (gsize day = 0; day < engine->n_days; day++) {
        double persons = given[day] / plan->sizes.aarsverk_per_person;
        double sd = own_sd(engine, kommune, day, persons) / own.left;
        draw_own(engine, scratch, &own, day, sd, &engine->supply[first + day * n]);
    }
}

double sp_draws_ask(const SpDrawsEngine *engine, gsize market, gsize day, float asked[])
{
    gsize n = engine->n_draws, n_kommuner = engine->plan->n_kommuner;
    gboolean is_far = market == engine->plan->supply->n_labour_markets;
    double all = 0;
    sp_lanes_fill(0, n, asked);
    for (gsize u = 0; u < n_kommuner; u++) {
        gboolean is_near = !is_far && engine->is_near[market * n_kommuner + u];
        double gets = is_far    ? engine->far[u * engine->n_days + day]
                      : is_near ? sp_draws_work_share(engine, market, u, day)
                                : 0;
        if (gets > 0) {
            sp_lanes_add((float)gets, &engine->supply[u * engine->plane + day * n], n, asked);
            all += gets;
        }
    }
    if (!(all > 0)) {
        sp_lanes_fill(1, n, asked);
        return 0;
    }
    sp_lanes_scale((float)(1 / all), n, asked);
    return all / engine->plan->professions[engine->profession].supply_factor;
}

double sp_draws_municipal_share(const SpSupplyPaths *supply, gsize profession)
{
    double municipal = 0, all = 0;
    for (int cause = 0; cause < SP_N_CAUSES; cause++) {
        all += supply->aarsverk_all[(profession * SP_N_CAUSES + (gsize)cause) * supply->n_days];
        for (gsize market = 0; market < supply->n_labour_markets; market++) {
            municipal +=
                sp_supply_at(supply, supply->aarsverk, market, profession, (SpSupplyCause)cause)[0];
        }
    }
    return all > municipal ? municipal / all : 1;
}

void sp_draws_share_out(const SpDrawsEngine *engine, const float asked[], float there[])
{
    float share = (float)engine->municipal_share;
    for (gsize i = 0; i < engine->n_draws; i++) {
        there[i] /= share * asked[i] + (1.0F - share);
    }
}
