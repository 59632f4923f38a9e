/* Supply by residence: causes times their shocks. */
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"
#include "transforms/project/steps.h"

#include <math.h>
#include <string.h>

enum { STUDY_YEARS = 3 }; /* antatt: from admission to the day after graduation */

/* Draws of the log of a profession's shock: a walk of its own beside the one that all share. Both
 * have the same way of fading, so the sum has too. */
static void draw_log(const SpDrawsEngine *engine, SpRandom key, const float common[],
                     const SpSharedWalk *of, double step, float out[])
{
    const SpWalk own = {.step = step * sqrt(1 - of->shared), .kept = of->walk.kept};
    sp_draws_walk(engine->shared, key, own, engine->scratch[0].normal, out);
    sp_lanes_add((float)(step * sqrt(of->shared)), common, engine->plane, out);
}

/* Of the profession at hand. */
static SpRandom own_key(const SpDrawsEngine *engine, const char *component)
{
    const SpDrawsPlan *plan = engine->plan;
    return sp_draws_key(plan, component, "yrke", plan->professions[engine->profession].id);
}

/* What is left of those who would still be there: each year's exits are what is expected times
 * their shock, so the log of those who stay falls by the sum of what is exited too much. */
static void accumulate_exits(const SpDrawsEngine *engine, const double rate[], float x[])
{
    gsize n = engine->n_draws;
    float *sum = engine->scratch[0].factor, *step = engine->scratch[0].part;
    sp_lanes_fill(0, n, sum);
    for (gsize day = 0; day < engine->n_days; day++) {
        float *to = &x[day * n];
        float of_year = day == 0 ? 0.0F : (float)rate[day];
        sp_lanes_exp(to, 0, n, step);
        for (gsize i = 0; i < n; i++) {
            sum[i] += of_year * (1.0F - step[i]);
        }
        sp_lanes_exp(sum, 0, n, to);
    }
}

/* Those who have come since the base came in many years: their factor is the mean of the years',
 * weighed by how many came. */
static void average_years(const SpDrawsEngine *engine, const double inflow[], float x[])
{
    gsize n = engine->n_draws;
    float *sum = engine->scratch[0].factor, *step = engine->scratch[0].part;
    double all = 0;
    sp_lanes_fill(0, n, sum);
    sp_lanes_fill(1, n, x);
    for (gsize day = 1; day < engine->n_days; day++) {
        float *to = &x[day * n];
        double came = fabs(inflow[day]);
        all += came;
        sp_lanes_exp(to, 0, n, step);
        sp_lanes_add((float)came, step, n, sum);
        for (gsize i = 0; i < n; i++) {
            to[i] = all > 0 ? sum[i] / (float)all : 1.0F;
        }
    }
}

/* Newcomers of a year over all persons of the profession, as expected: from education, and where
 * nobody comes so from other professions. */
static double share_who_come(const SpSupplyPaths *supply, gsize profession)
{
    gsize at = profession * supply->n_days, n = supply->n_days;
    const double *first = &supply->inflow[at * SP_N_CAUSES + 1];
    double came = n > 1 ? first[(gsize)SP_CAUSE_GRADUATES * n] +
                              MAX(first[(gsize)SP_CAUSE_TRANSFERS * n], 0.0)
                        : 0;
    return supply->ageing_persons[at] > 0 ? came / supply->ageing_persons[at] : 0;
}

/* How a year's newcomers vary around what is expected, log. Where no table tells of them all that
 * the stock's growth has varied by is taken for theirs. */
static double newcomers_sd(const SpDrawsEngine *engine, gsize profession, double assumed)
{
    const SpSupplyPaths *supply = engine->plan->supply;
    double come = share_who_come(supply, profession);
    if (!supply->is_from_stock[profession] || !(come > 0)) {
        return assumed;
    }
    return sp_fading_sd(assumed * come, engine->plan->sizes.graduates.walk.kept, supply->n_seen,
                        &supply->growth[profession * supply->n_seen], 0) /
           come;
}

/* Variance of the mean growth of the years seen around the long run's: by yearly steps of
 * participation, or by all that the stock has varied. */
static double growth_variance(const SpDrawsEngine *engine, gsize profession)
{
    const SpSupplyPaths *supply = engine->plan->supply;
    const SpShockSizes *sizes = &engine->plan->sizes;
    double yearly = sizes->participation.walk.step;
    if (!supply->is_from_stock[profession]) {
        return yearly * yearly / supply->n_seen;
    }
    yearly = newcomers_sd(engine, profession, supply->graduates_sd[profession]) *
             share_who_come(supply, profession);
    return yearly * yearly * sp_fading_in_mean(sizes->graduates.walk.kept, supply->n_seen);
}

/* A slope of all supply beyond the path: none is expected, and the path does not have it; what the
 * past grew by that the model does not explain, and what is assumed, each by its precision. */
static SpDrift growth_of(const SpDrawsEngine *engine, gsize profession)
{
    const SpSupplyPaths *supply = engine->plan->supply;
    const SpShockSizes *sizes = &engine->plan->sizes;
    double assumed = sizes->growth_sd * sizes->growth_sd;
    double seen = supply->n_seen > 0 ? growth_variance(engine, profession) : 0;
    double believed = supply->n_seen > 0 && assumed + seen > 0
                          ? supply->unexplained[profession] * assumed / (assumed + seen)
                          : 0;
    double left =
        supply->n_seen > 0 && assumed + seen > 0 ? assumed * seen / (assumed + seen) : assumed;
    return (SpDrift){.variance = left + believed * believed,
                     .slopes = assumed,
                     .damping = sizes->growth_damping};
}

static void draw_participation(SpDrawsEngine *engine, gsize profession)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpSharedWalk *of = &plan->sizes.participation;
    SpDrift growth = growth_of(engine, profession);
    g_autofree float *drift = g_new(float, engine->plane);
    draw_log(engine, own_key(engine, "deltakelse"), engine->shared->participation, of,
             of->walk.step, engine->participation);
    sp_lanes_exp(engine->participation, 0, engine->plane, engine->participation);
    const SpDrawsMover mover = {.component = "tilbud drift",
                                .id = plan->professions[engine->profession].id};
    sp_draws_drift(engine->shared, &growth, &mover, drift);
    sp_lanes_multiply(drift, engine->plane, engine->participation);
}

/* 1 where a way leads into the profession, -1 where it leads out of it. */
static double direction(const SpSupplyTransfer *way, gsize profession)
{
    return way->to == profession ? 1 : way->from == profession ? -1 : 0;
}

/* What those who changed by all ways are, net, [n_days]. Where ways lead both in and out it is at
 * least half of all who changed, or a small difference would vary without bounds. */
static void count_changed(const SpSupplyPaths *supply, gsize profession, gsize n_days,
                          double changed[])
{
    double net = 0, all = 0;
    for (gsize day = 0; day < n_days; day++) {
        for (gsize i = 0; i < supply->n_transfers; i++) {
            double sign = direction(&supply->transfers[i], profession);
            net += sign * supply->transfers[i].came[day];
            all += fabs(sign) * supply->transfers[i].came[day];
        }
        changed[day] = fabs(net) >= all / 2 ? net : copysign(all / 2, net);
    }
}

/* A way has one draw, for who gets people by it and for who gives them. */
static void draw_transfers(SpDrawsEngine *engine, gsize profession)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpSupplyPaths *supply = plan->supply;
    const SpSharedWalk *of = &plan->sizes.graduates;
    gsize n = engine->n_draws;
    g_autofree float *x = g_new(float, engine->plane);
    g_autofree double *changed = g_new(double, engine->n_days);
    count_changed(supply, profession, engine->n_days, changed);
    sp_lanes_fill(1, engine->plane, engine->transfers);
    for (gsize i = 0; i < supply->n_transfers; i++) {
        const SpSupplyTransfer *way = &supply->transfers[i];
        double sign = direction(way, profession), came = 0;
        if (sign == 0) {
            continue;
        }
        SpRandom key =
            sp_random_named(sp_draws_key(plan, "overganger", "yrke", supply->professions[way->to]),
                            way->from == SP_NOBODY_GIVES ? "" : supply->professions[way->from]);
        double sd = newcomers_sd(engine, way->to, way->sd);
        draw_log(engine, key, engine->shared->graduates, of, sp_walk_around(sd, of->walk.kept).step,
                 x);
        average_years(engine, way->came, x);
        for (gsize day = 1; day < engine->n_days; day++) {
            came += way->came[day];
            float weight = changed[day] != 0 ? (float)(sign * came / changed[day]) : 0.0F;
            float *to = &engine->transfers[day * n];
            sp_lanes_add(weight, &x[day * n], n, to);
            for (gsize r = 0; r < n; r++) {
                to[r] -= weight;
            }
        }
    }
}

static void expected_markets(SpDrawsEngine *engine, gsize profession)
{
    const SpSupplyPaths *supply = engine->plan->supply;
    for (gsize market = 0; market < supply->n_labour_markets; market++) {
        double *to = &engine->expected[market * engine->n_days];
        for (gsize day = 0; day < engine->n_days; day++) {
            to[day] = 0;
            for (int cause = 0; cause < SP_N_CAUSES; cause++) {
                to[day] += sp_supply_at(supply, supply->aarsverk, market, profession,
                                        (SpSupplyCause)cause)[day];
            }
        }
    }
}

static void draw_share(SpDrawsEngine *engine)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDrawsProfession *of = &plan->professions[engine->profession];
    gsize n_areas = plan->demand->n_areas;
    for (gsize area = 0; area < n_areas; area++) {
        g_autofree char *id = g_strdup_printf("%s %s", plan->demand->areas[area], of->id);
        const SpDrawsMover mover = {.component = "andel drift", .id = id};
        sp_draws_drift(engine->shared,
                       &plan->demand->share_drift[area * plan->demand->n_professions + of->demand],
                       &mover, &engine->national[area * engine->plane]);
    }
    for (gsize fylke = 0; fylke < plan->n_fylker; fylke++) {
        SpRandom of_fylke =
            sp_random_named(sp_draws_key(plan, "andel", "fylke", plan->fylker[fylke]),
                            plan->professions[engine->profession].id);
        for (gsize area = 0; area < n_areas; area++) {
            SpRandom key = sp_random_named(of_fylke, plan->demand->areas[area]);
            sp_draws_normals(engine->shared, key,
                             &engine->share[(fylke * n_areas + area) * engine->plane]);
        }
    }
}

/* Those who are admitted as people are more or fewer graduate some years later. */
static void follow_capacity(SpDrawsEngine *engine)
{
    gsize n = engine->n_draws;
    for (gsize day = STUDY_YEARS; engine->shared->capacity != NULL && day < engine->n_days; day++) {
        sp_lanes_add(1, &engine->shared->capacity[(day - STUDY_YEARS) * n], n,
                     &engine->graduates[day * n]);
    }
}

void sp_draws_profession_shocks(SpDrawsEngine *engine)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDrawsShared *shared = engine->shared;
    const SpShockSizes *sizes = &plan->sizes;
    const SpSupplyPaths *supply = plan->supply;
    gsize g = plan->professions[engine->profession].supply;
    if (plan->professions[engine->profession].demand != SP_NO_PATH) {
        draw_share(engine);
    }
    if (g == SP_NO_PATH) {
        return;
    }
    double exits = sp_walk_around(supply->exit_sd[g], sizes->exits.walk.kept).step;
    double graduates =
        sp_walk_around(newcomers_sd(engine, g, supply->graduates_sd[g]), sizes->graduates.walk.kept)
            .step;
    const double *inflow = &supply->inflow[g * SP_N_CAUSES * supply->n_days];
    g_autofree double *come = g_new0(double, supply->n_days);
    for (gsize day = 0; day < supply->n_days; day++) {
        come[day] = inflow[(gsize)SP_CAUSE_GRADUATES * supply->n_days + day] +
                    inflow[(gsize)SP_CAUSE_UNEXPLAINED * supply->n_days + day];
    }
    draw_participation(engine, g);
    draw_log(engine, own_key(engine, "avgang"), shared->exits, &sizes->exits, exits,
             engine->staying);
    accumulate_exits(engine, &supply->exit_rate[g * supply->n_days], engine->staying);
    draw_log(engine, own_key(engine, "kandidater"), shared->graduates, &sizes->graduates, graduates,
             engine->graduates);
    follow_capacity(engine);
    average_years(engine, come, engine->graduates);
    draw_log(engine, own_key(engine, "utlandet"), shared->foreign, &sizes->foreign,
             sizes->foreign.walk.step, engine->foreign);
    average_years(engine, inflow + (gsize)SP_CAUSE_FOREIGN * supply->n_days, engine->foreign);
    draw_transfers(engine, g);
    expected_markets(engine, g);
    engine->municipal_share = sp_draws_municipal_share(supply, g);
}

/* One labour market on one day, in every draw, before people choose where to work: multiplies
 * `out`, which has the chance of persons. */
static void market_draws(const SpDrawsEngine *engine, gsize market, gsize day, float out[])
{
    const SpSupplyPaths *supply = engine->plan->supply;
    gsize g = engine->plan->professions[engine->profession].supply, n = engine->n_draws;
    float cause[SP_N_CAUSES];
    for (int i = 0; i < SP_N_CAUSES; i++) {
        cause[i] = (float)sp_supply_at(supply, supply->aarsverk, market, g, (SpSupplyCause)i)[day];
    }
    const float *restrict staying = &engine->staying[day * n];
    const float *restrict graduates = &engine->graduates[day * n];
    const float *restrict foreign = &engine->foreign[day * n];
    const float *restrict transfers = &engine->transfers[day * n];
    const float *restrict moves = &engine->shared->moves[day * n];
    const float *restrict participation = &engine->participation[day * n];
    /* Those whom nothing explains have come too, and vary as newcomers. */
    float come = cause[SP_CAUSE_GRADUATES] + cause[SP_CAUSE_UNEXPLAINED];
    for (gsize i = 0; i < n; i++) {
        float sum = cause[SP_CAUSE_BASE] * staying[i] + come * graduates[i] +
                    cause[SP_CAUSE_FOREIGN] * foreign[i] +
                    cause[SP_CAUSE_TRANSFERS] * transfers[i] + cause[SP_CAUSE_MOVES] * moves[i];
        out[i] *= MAX(sum * participation[i], 0.0F);
    }
}

/* What the kommuner that are not near get of a day's markets, over what is expected: in every draw
 * what the near ones leave. `far` has the årsverk, `expected` those expected. */
static void share_far(SpDrawsEngine *engine, float asked[], gsize day, double expected, float far[])
{
    (void)sp_draws_ask(engine, engine->plan->supply->n_labour_markets, day, asked);
    sp_lanes_scale(expected > 0 ? (float)(1 / expected) : 0.0F, engine->n_draws, far);
    sp_draws_share_out(engine, asked, far);
}

void sp_draws_labour(guint thread, gsize day, gpointer data)
{
    SpDrawsEngine *engine = data;
    SpDrawsScratch *scratch = &engine->scratch[thread];
    gsize n = engine->n_draws, n_markets = engine->plan->supply->n_labour_markets;
    double *before = scratch->sums, *after = &scratch->sums[n], expected_far = 0;
    float *asked = scratch->part, *far = &engine->from_far[day * n];
    memset(scratch->sums, 0, 2 * n * sizeof *scratch->sums);
    for (gsize market = 0; market < n_markets; market++) {
        float *to = &engine->markets[market * engine->plane + day * n];
        market_draws(engine, market, day, to);
        for (gsize i = 0; i < n; i++) {
            before[i] += (double)to[i];
        }
        sp_lanes_multiply(&engine->shared->market[market * engine->plane + day * n], n, to);
        for (gsize i = 0; i < n; i++) {
            after[i] += (double)to[i];
        }
    }
    /* Choosing another labour market neither makes nor takes people. */
    for (gsize i = 0; i < n; i++) {
        scratch->factor[i] = after[i] > 0 ? (float)(before[i] / after[i]) : 0.0F;
    }
    sp_lanes_fill(0, n, far);
    for (gsize market = 0; market < n_markets; market++) {
        float *to = &engine->markets[market * engine->plane + day * n];
        double left = 1 - sp_draws_ask(engine, market, day, asked);
        sp_lanes_multiply(scratch->factor, n, to);
        if (left > 1e-9) {
            sp_lanes_add((float)left, to, n, far);
            expected_far += left * engine->expected[market * engine->n_days + day];
        }
        sp_draws_share_out(engine, asked, to);
    }
    share_far(engine, asked, day, expected_far, far);
}
