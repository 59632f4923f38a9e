/* Need of kommuner: people, the country's drifts, and what each kommune has for itself. */
#include "transforms/project/demand/variance.h"
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>
#include <string.h>

/* Leaves the factor of the profession's share of an area's staff in scratch->factor. */
static void share_factor(const SpDrawsEngine *engine, SpDrawsScratch *scratch, SpRandom key,
                         gsize kommune, gsize area, gsize day)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    gsize g = plan->professions[engine->profession].demand;
    gsize cell = (kommune * demand->n_areas + area) * demand->n_professions + g;
    gsize fylke = plan->fylke_of[kommune];
    const SpDrawsLocal share = {
        .key = sp_random_named(key, demand->areas[area]),
        .sds = &demand->share_sd[cell * demand->n_days],
        .common = &engine->share[(fylke * demand->n_areas + area) * engine->plane]};
    sp_draws_local_factor(engine->shared, &share, day, scratch->normal,
                          &scratch->walk[area * engine->n_draws], scratch->factor);
}

/* What is not added by law of a kommune's need, 0-1: what is there varies, and the law does not. */
static double own_part(const SpDemandPaths *demand, gsize kommune, gsize profession, gsize day)
{
    double need = 0;
    gsize cell = (kommune * demand->n_professions + profession) * demand->n_days + day;
    if (demand->by_law == NULL || !(demand->by_law[cell] > 0)) {
        return 1;
    }
    for (gsize k = 0; k < demand->n_services; k++) {
        need += sp_demand_need(demand, SP_NEED_TODAY, kommune, k, profession)[day];
    }
    return need > 0 ? 1 - demand->by_law[cell] / need : 1;
}

/* What the services of an area need of the profession, before its share varies and beside what the
 * law adds. TRUE when it is anything at all. */
static gboolean area_need(const SpDrawsEngine *engine, gsize kommune, gsize area, gsize day,
                          float out[])
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    gsize g = plan->professions[engine->profession].demand, n = engine->n_draws;
    gboolean is_any = FALSE;
    double own = own_part(demand, kommune, g, day);
    for (gsize service = 0; service < demand->n_services; service++) {
        double need = own * sp_demand_need(demand, SP_NEED_TODAY, kommune, service, g)[day];
        if (demand->area_of[service] != area || !(need > 0)) {
            continue;
        }
        if (!is_any) {
            sp_lanes_fill(0, n, out);
            is_any = TRUE;
        }
        const float *load =
            &engine->load[(kommune * demand->n_services + service) * engine->plane + day * n];
        sp_lanes_add((float)need, load, n, out);
    }
    return is_any;
}

static void draw_day(const SpDrawsEngine *engine, SpDrawsScratch *scratch, SpRandom key,
                     gsize kommune, gsize day)
{
    gsize n = engine->n_draws;
    float *to = &engine->need[kommune * engine->plane + day * n];
    sp_lanes_fill(0, n, to);
    for (gsize area = 0; area < engine->plan->demand->n_areas; area++) {
        if (area_need(engine, kommune, area, day, scratch->part)) {
            share_factor(engine, scratch, key, kommune, area, day);
            sp_lanes_multiply(scratch->factor, n, scratch->part);
            sp_lanes_multiply(&engine->national[area * engine->plane + day * n], n, scratch->part);
            sp_lanes_add(1, scratch->part, n, to);
        }
    }
}

static double expected_of_area(const SpDemandPaths *demand, gsize kommune, gsize area,
                               gsize profession, gsize day)
{
    double need = 0;
    for (gsize k = 0; k < demand->n_services; k++) {
        need += demand->area_of[k] == area
                    ? sp_demand_need(demand, SP_NEED_TODAY, kommune, k, profession)[day]
                    : 0;
    }
    return need;
}

/* What is expected that day beside what the law adds, and what the kommune has for itself of it: by
 * areas, weighed by what they need. */
static SpDrawsExpected expect(const SpDemandPaths *demand, gsize kommune, gsize profession,
                              gsize day)
{
    SpDrawsExpected of = {0};
    double own = own_part(demand, kommune, profession, day);
    for (gsize area = 0; area < demand->n_areas; area++) {
        double need = own * expected_of_area(demand, kommune, area, profession, day);
        SpDemandVariance first = sp_demand_need_variance(demand, kommune, area, profession, 0);
        SpDemandVariance now = sp_demand_need_variance(demand, kommune, area, profession, day);
        of.need += need;
        of.change += need * need * (now.local - first.local);
        of.count += need * need * expm1(now.count);
    }
    of.change = of.need > 0 && of.change > 0 ? of.change / (of.need * of.need) : 0;
    of.count = of.need > 0 ? of.count / (of.need * of.need) : 0;
    return of;
}

void sp_draws_need(guint thread, gsize kommune, gpointer data)
{
    SpDrawsEngine *engine = data;
    const SpDrawsPlan *plan = engine->plan;
    SpDrawsScratch *scratch = &engine->scratch[thread];
    const SpDrawsProfession *of = &plan->professions[engine->profession];
    gsize n = engine->n_draws, n_areas = plan->demand->n_areas;
    SpRandom key =
        sp_random_named(sp_draws_key(plan, "andel", "kommune", plan->kommuner[kommune]), of->id);
    memset(scratch->walk, 0, n_areas * n * sizeof *scratch->walk);
    for (gsize day = 0; day < engine->n_days; day++) {
        draw_day(engine, scratch, key, kommune, day);
        engine->needed[kommune * engine->n_days + day] =
            expect(plan->demand, kommune, of->demand, day);
    }
}

void sp_draws_nation(guint thread, gsize day, gpointer data)
{
    SpDrawsEngine *engine = data;
    gsize n = engine->n_draws;
    float *to = &engine->nation[day * n];
    double *sums = engine->scratch[thread].sums, expected = 0;
    memset(sums, 0, n * sizeof *sums);
    for (gsize u = 0; u < engine->plan->n_kommuner; u++) {
        const float *need = &engine->need[u * engine->plane + day * n];
        expected += engine->needed[u * engine->n_days + day].need;
        for (gsize i = 0; i < n; i++) {
            sums[i] += (double)need[i];
        }
    }
    for (gsize i = 0; i < n; i++) {
        to[i] = expected > 0 ? (float)(sums[i] / expected) : 1.0F;
    }
}

/* Adds those who are there of a kommune, as its need of the base day is drawn. */
static void place_base(SpDrawsEngine *engine, gsize u, double told, double sums[])
{
    const float *need = &engine->need[u * engine->plane];
    double needed = engine->needed[u * engine->n_days].need;
    for (gsize i = 0; i < engine->n_draws; i++) {
        sums[i] += told * (double)need[i] / needed;
    }
}

void sp_draws_count_places(SpDrawsEngine *engine)
{
    gsize n = engine->n_draws;
    double *sums = engine->scratch[0].sums, expected = 0;
    memset(sums, 0, n * sizeof *sums);
    for (gsize u = 0; u < engine->plan->n_kommuner; u++) {
        if (engine->needed[u * engine->n_days].need > 0) {
            double told = engine->given[u * engine->n_days];
            expected += told;
            place_base(engine, u, told, sums);
        }
    }
    for (gsize i = 0; i < n; i++) {
        engine->placed[i] = expected > 0 ? (float)(sums[i] / expected) / engine->nation[i] : 1.0F;
    }
}
