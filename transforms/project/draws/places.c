/* Who of a labour market's people work where. Kommuner have places as they need people. One that
 * has more than was expected draws on the same people as its neighbours, and as hospitals and
 * others there, whose places are as they were. */
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>
#include <string.h>

/* Where less is left of a kommune's change than this its markets are its own, and to get what its
 * past tells it would have to ask for many times as much; nor does any ask for more of what it is
 * to get than one over it. Antatt. */
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

/* What is left of a kommune's own change when its markets have answered it: of the people that it
 * asks for some are its own already. */
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

/* What the chance of persons in its labour markets makes of a kommune, variance of the log. */
static double headcount_of(const SpDrawsEngine *engine, gsize kommune, gsize day)
{
    const SpDrawsPlan *plan = engine->plan;
    double variance = 0, all = engine->given[kommune * engine->n_days];
    for (gsize market = 0; all > 0 && market < plan->supply->n_labour_markets; market++) {
        if (engine->is_near[market * plan->n_kommuner + kommune]) {
            double share = sp_draws_work_share(engine, market, kommune, 0) *
                           engine->expected[market * engine->n_days] / all;
            variance += share * share * engine->headcount[market * engine->n_days + day];
        }
    }
    return variance;
}

/* How far places follow the need: both are told by one series of årsverk, so what is chance of the
 * place and its people is part of the change that it tells, and the need's has the rest. 0-1. */
static double find_followed(const SpDrawsEngine *engine, gsize kommune, gsize day)
{
    const SpShockSizes *sizes = &engine->plan->sizes;
    double of_kommune = sp_walk_sd(sizes->kommune, day), of_fylke = sp_walk_sd(sizes->fylke, day);
    double of_market = sp_walk_sd(sizes->market, day);
    double of_place = of_kommune * of_kommune + of_fylke * of_fylke + of_market * of_market +
                      headcount_of(engine, kommune, day);
    double change = engine->needed[kommune * engine->n_days + day].change;
    return of_place > 0 ? sqrt(change > of_place ? 1 - of_place / change : 0) : 1;
}

/* Multiplies by the places that a kommune has of the profession: as its need has changed since the
 * base, beside what the country's has, which no kommune can meet by asking. */
static void follow_need(const SpDrawsEngine *engine, gsize kommune, gsize day, float out[])
{
    gsize n = engine->n_draws;
    const SpDrawsExpected *needed = &engine->needed[kommune * engine->n_days];
    const float *first = &engine->need[kommune * engine->plane], *now = &first[day * n];
    const float *nation_first = engine->nation, *nation = &nation_first[day * n];
    if (day == 0 || !(needed[0].need > 0) || !(needed[day].need > 0)) {
        return;
    }
    float followed = (float)find_followed(engine, kommune, day);
    float per_needed = (float)(needed[0].need / needed[day].need);
    for (gsize i = 0; i < n; i++) {
        float before = first[i] * nation[i] / nation_first[i];
        float change = before > 0.0F ? per_needed * now[i] / before : 1.0F;
        out[i] *= 1.0F + followed * (change - 1.0F);
    }
}

/* What it asks for to get that: the past tells what kommuner got, so they asked for more. Of one
 * that asks for a times as much its markets make a / (left + (1 - left) a). */
static void ask_for_more(double left, gsize n, float out[])
{
    float kept = (float)left, own = (float)(1 - left), least = (float)(left * LEAST_LEFT);
    for (gsize i = 0; i < n; i++) {
        float rest = 1.0F - own * out[i];
        out[i] *= kept / (rest > least ? rest : least);
    }
}

void sp_draws_place(guint thread, gsize kommune, gpointer data)
{
    (void)thread;
    SpDrawsEngine *engine = data;
    const SpDrawsPlan *plan = engine->plan;
    gsize n = engine->n_draws, first = kommune * engine->plane;
    double *given = &engine->given[kommune * engine->n_days];
    expected_all(engine, kommune, given);
    find_near(engine, kommune, given[0]);
    expected_far(engine, kommune, &engine->far[kommune * engine->n_days]);
    double left = find_left(engine, kommune);
    memcpy(&engine->supply[first], &engine->shared->place[first],
           engine->plane * sizeof *engine->supply);
    for (gsize day = 0; day < engine->n_days; day++) {
        float *to = &engine->supply[first + day * n];
        if (plan->professions[engine->profession].demand != SP_NO_PATH) {
            follow_need(engine, kommune, day, to);
        }
        ask_for_more(left, n, to);
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
