/* Need, supply and gap of a kommune. */
#include "transforms/project/balance/gap.h"
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>
#include <string.h>

/* ---- need ---- */

/* The profession's share of an area's staff: a walk whose standard deviation is the path's. Leaves
 * the factor, mean 1, in scratch->factor. */
static void staff_factor(const SpDrawsEngine *engine, SpDrawsScratch *scratch, SpRandom key,
                         gsize kommune, gsize area, gsize day)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    gsize n = engine->n_draws, fylke = plan->fylke_of[kommune];
    gsize g = plan->professions[engine->profession].demand;
    const double *share_sd =
        &demand->share_sd[((kommune * demand->n_areas + area) * demand->n_professions + g) *
                          demand->n_days];
    SpWalk step = sp_walk_between(day == 0 ? 0 : share_sd[day - 1], share_sd[day]);
    float *walk = &scratch->walk[area * n];
    double alike = day == 0 ? 0 : plan->sizes.fylke_shared; /* as of all staff (load.c) */
    if (step.step > 0) {
        const float *common =
            &engine->share[(fylke * demand->n_areas + area) * engine->plane + day * n];
        sp_draws_normal(engine->shared, sp_random_named(key, demand->areas[area]), day,
                        scratch->normal);
        sp_lanes_add((float)(step.step * sqrt(1 - alike)), scratch->normal, n, walk);
        sp_lanes_add((float)(step.step * sqrt(alike)), common, n, walk);
    } else {
        sp_lanes_scale((float)step.kept, n, walk);
    }
    sp_lanes_exp(walk, (float)(-share_sd[day] * share_sd[day] / 2), n, scratch->factor);
}

/* What the services of an area need of the profession, before its share varies. TRUE when it is
 * anything at all. */
static gboolean area_need(const SpDrawsEngine *engine, gsize kommune, gsize area, gsize day,
                          float out[])
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    gsize g = plan->professions[engine->profession].demand, n = engine->n_draws;
    gboolean is_any = FALSE;
    for (gsize service = 0; service < demand->n_services; service++) {
        double need = sp_demand_need(demand, plan->basis, kommune, service, g)[day];
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

static void draw_need(SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune)
{
    const SpDrawsPlan *plan = engine->plan;
    gsize n = engine->n_draws, n_areas = plan->demand->n_areas;
    SpRandom key = sp_random_named(sp_draws_key(plan, "andel", "kommune", plan->kommuner[kommune]),
                                   plan->professions[engine->profession].id);
    memset(scratch->walk, 0, n_areas * n * sizeof *scratch->walk);
    for (gsize day = 0; day < engine->n_days; day++) {
        float *to = &engine->need[kommune * engine->plane + day * n];
        sp_lanes_fill(0, n, to);
        for (gsize area = 0; area < n_areas; area++) {
            if (!area_need(engine, kommune, area, day, scratch->part)) {
                continue;
            }
            if (plan->basis == SP_NEED_TODAY) {
                staff_factor(engine, scratch, key, kommune, area, day);
                sp_lanes_multiply(scratch->factor, n, scratch->part);
                sp_lanes_multiply(&engine->national[area * engine->plane + day * n], n,
                                  scratch->part);
            }
            sp_lanes_add(1, scratch->part, n, to);
        }
    }
}

static void find_base(const SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    gsize g = plan->professions[engine->profession].demand;
    double expected = 0;
    for (gsize service = 0; g != SP_NO_PATH && service < demand->n_services; service++) {
        expected += sp_demand_need(demand, plan->basis, kommune, service, g)[0];
    }
    if (!(expected > 0)) {
        sp_lanes_fill(1, engine->n_draws, scratch->base);
        return;
    }
    memcpy(scratch->base, &engine->need[kommune * engine->plane],
           engine->n_draws * sizeof *scratch->base);
    sp_lanes_scale((float)(1 / expected), engine->n_draws, scratch->base);
}

/* The share that leaves in a year, in each draw: the country's rate and the kommune's own are known to
 * an error each, which lasts. Mean `rate`, at most everybody. */
static void draw_rate(const SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune,
                      float rate[])
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDrawsExits *exits = plan->exits;
    const char *id = plan->professions[engine->profession].id;
    gsize n = engine->n_draws, cell = kommune * plan->n_professions + engine->profession;
    double national = exits->national_sd[engine->profession], local = exits->local_sd[cell];
    SpRandom own =
        sp_random_named(sp_draws_key(plan, "avgangsrate", "kommune", plan->kommuner[kommune]), id);
    sp_draws_normal(engine->shared, sp_draws_key(plan, "avgangsrate", "yrke", id), 0, rate);
    sp_lanes_scale((float)national, n, rate);
    sp_draws_normal(engine->shared, own, 0, scratch->normal);
    sp_lanes_add((float)local, scratch->normal, n, rate);
    sp_lanes_exp(rate, (float)(-(national * national + local * local) / 2), n, rate);
    for (gsize i = 0; i < n; i++) {
        float drawn = (float)exits->rate[cell] * rate[i];
        rate[i] = MIN(drawn, 1.0F);
    }
}

/* What must be hired since the base, each draw from its own base: growth, and those who left in the
 * years between at the rate of the base. */
static void draw_recruited(SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune)
{
    gsize n = engine->n_draws;
    if (engine->recruited == NULL) {
        return;
    }
    float *rate = scratch->factor;
    draw_rate(engine, scratch, kommune, rate);
    const float *need = &engine->need[kommune * engine->plane];
    float *to = &engine->recruited[kommune * engine->plane], *left = scratch->part;
    sp_lanes_fill(0, n, left);
    for (gsize day = 1; sp_draws_recruits(engine, day) && day < engine->n_days; day++) {
        const float *before = &need[(day - 1) * n], *now = &need[day * n];
        for (gsize i = 0; i < n; i++) {
            left[i] += rate[i] * before[i];
            to[day * n + i] = now[i] - need[i] + left[i];
        }
    }
}

/* ---- figures ---- */

/* What a count on the day would find of the need: a level, which a small staff lies off by chance. The
 * root varies alike whatever the level, as that of supply's persons does, so that small numbers stay
 * right and none is below nobody. Need itself when nothing is known of the counts. */
static const float *count_staff(const SpDrawsEngine *engine, SpDrawsScratch *scratch,
                                const SpDrawsSight *sight)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    gsize g = plan->professions[sight->profession].demand, u = sight->region;
    double variance = 0, all = 0;
    for (gsize area = 0; area < demand->n_areas; area++) {
        double of_area = 0;
        for (gsize service = 0; service < demand->n_services; service++) {
            of_area += demand->area_of[service] == area
                           ? sp_demand_need(demand, plan->basis, u, service, g)[sight->day]
                           : 0;
        }
        gsize cell = (u * demand->n_areas + area) * demand->n_professions + g;
        variance += demand->count_variance[cell] * of_area * of_area;
        all += of_area;
    }
    if (sight->day == 0 || plan->basis != SP_NEED_TODAY || !(variance > 0)) {
        return sight->need;
    }
    float quarter = (float)(variance / all / 4), sd = sqrtf(quarter), *to = scratch->factor;
    SpRandom key = sp_random_named(sp_draws_key(plan, "telling", "kommune", plan->kommuner[u]),
                                   plan->professions[sight->profession].id);
    sp_draws_normal(engine->shared, key, sight->day, scratch->normal);
    for (gsize i = 0; i < engine->n_draws; i++) {
        float level = sight->need[i] - quarter;
        float root = sqrtf(level > 0.0F ? level : 0.0F) + sd * scratch->normal[i];
        to[i] = root > 0.0F ? root * root : 0.0F;
    }
    return to;
}

static void tell_measure(SpDrawsEngine *engine, SpDrawsScratch *scratch, const SpDrawsSight *sight,
                         SpDrawn measure, const float draws[])
{
    memcpy(scratch->sorted, draws, engine->n_draws * sizeof *draws);
    sp_draws_summarise(
        engine->n_draws, scratch->sorted,
        sp_drawn(engine->results, sight->region, sight->profession, sight->day, measure));
}

/* A kommune's årsverk is one of those that are told: then base day's shortages are the same in every
 * draw. */
static void find_short(gsize n, const SpDrawsSight *sight, float shortage, float *restrict gap,
                       guint8 *restrict is_short)
{
    const float *restrict need = sight->need, *restrict supply = sight->supply;
    const float *restrict base = sight->base;
    for (gsize i = 0; i < n; i++) {
        float one = base == NULL ? 1.0F : base[i];
        gap[i] = need[i] - supply[i] + shortage;
        is_short[i] = gap[i] > sp_gap_limit(need[i], one);
    }
}

void sp_draws_tell(SpDrawsEngine *engine, SpDrawsScratch *scratch, const SpDrawsSight *sight,
                   guint8 is_short[])
{
    const SpDrawsPlan *plan = engine->plan;
    gsize n = engine->n_draws;
    guint n_short = 0;
    if (sight->need != NULL) {
        const float *need =
            sight->region < plan->n_kommuner ? count_staff(engine, scratch, sight) : sight->need;
        tell_measure(engine, scratch, sight, SP_DRAWN_NEED, need);
    }
    if (sight->supply != NULL) {
        tell_measure(engine, scratch, sight, SP_DRAWN_SUPPLY, sight->supply);
    }
    if (sight->recruited != NULL) {
        tell_measure(engine, scratch, sight, SP_DRAWN_RECRUITED, sight->recruited);
    }
    if (sight->need != NULL && sight->supply != NULL) {
        find_short(n, sight, (float)sp_draws_shortage(plan, sight->region, sight->profession),
                   scratch->part, is_short);
        for (gsize i = 0; i < n; i++) {
            n_short += is_short[i];
        }
        tell_measure(engine, scratch, sight, SP_DRAWN_GAP, scratch->part);
        gsize cell = (sight->region * plan->n_professions + sight->profession) * plan->n_days;
        engine->results->short_draws[cell + sight->day] = n_short;
    }
    if (plan->watch != NULL) {
        plan->watch(plan->watch_data, sight);
    }
}

void sp_draws_kommune(guint thread, gsize kommune, gpointer data)
{
    SpDrawsEngine *engine = data;
    const SpDrawsPlan *plan = engine->plan;
    SpDrawsScratch *scratch = &engine->scratch[thread];
    const SpDrawsProfession *of = &plan->professions[engine->profession];
    gboolean has_need = of->demand != SP_NO_PATH, has_supply = of->supply != SP_NO_PATH;
    gsize first = kommune * engine->plane;
    if (has_need) {
        draw_need(engine, scratch, kommune);
        draw_recruited(engine, scratch, kommune);
    }
    find_base(engine, scratch, kommune);
    if (has_supply) {
        sp_draws_workplace(engine, scratch, kommune);
    }
    for (gsize day = 0; day < engine->n_days; day++) {
        gsize at = first + day * engine->n_draws;
        const SpDrawsSight sight = {
            .profession = engine->profession,
            .region = kommune,
            .day = day,
            .need = has_need ? &engine->need[at] : NULL,
            .supply = has_supply ? &engine->supply[at] : NULL,
            .recruited = sp_draws_recruits(engine, day) ? &engine->recruited[at] : NULL,
            .base = scratch->base,
        };
        sp_draws_tell(engine, scratch, &sight, &engine->is_short[at]);
    }
    /* Whose figures are within another profession's is not counted beside it. */
    for (gsize i = first; has_need && has_supply && !of->is_part && i < first + engine->plane;
         i++) {
        engine->is_any_short[i] |= engine->is_short[i];
    }
}
