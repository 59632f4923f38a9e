/* Need, supply and gap of a kommune. */
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
    double alike = plan->sizes.fylke_shared;
    SpWalk step = sp_walk_between(day == 0 ? 0 : share_sd[day - 1], share_sd[day]);
    float *walk = &scratch->walk[area * n];
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
        double extra = plan->extra_need == NULL
                           ? 0
                           : plan->extra_need[(kommune * plan->n_professions + engine->profession) *
                                                  engine->n_days +
                                              day];
        sp_lanes_fill((float)extra, n, to);
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

/* What must be hired since the base, each draw from its own base: growth, and those who left in the
 * years between at the rate of the base. */
static void draw_recruited(SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune)
{
    const SpDrawsPlan *plan = engine->plan;
    gsize n = engine->n_draws;
    if (engine->recruited == NULL) {
        return;
    }
    float rate = (float)plan->exit_rate[kommune * plan->n_professions + engine->profession];
    const float *need = &engine->need[kommune * engine->plane];
    float *to = &engine->recruited[kommune * engine->plane], *left = scratch->part;
    sp_lanes_fill(0, n, left);
    for (gsize day = 1; sp_draws_recruits(engine, day) && day < engine->n_days; day++) {
        const float *before = &need[(day - 1) * n], *now = &need[day * n];
        for (gsize i = 0; i < n; i++) {
            left[i] += rate * before[i];
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

static void find_short(gsize n, const float *restrict need, const float *restrict supply,
                       float *restrict gap, guint8 *restrict is_short)
{
    for (gsize i = 0; i < n; i++) {
        float share = (float)SP_RELEVANT_SHARE * need[i], least = (float)SP_RELEVANT_AARSVERK;
        float limit = share > least ? share : least;
        gap[i] = need[i] - supply[i];
        is_short[i] = gap[i] > limit;
    }
}

void sp_draws_tell(SpDrawsEngine *engine, SpDrawsScratch *scratch, const SpDrawsSight *sight,
                   guint8 is_short[])
{
    const SpDrawsPlan *plan = engine->plan;
    gsize n = engine->n_draws, n_short = 0;
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
        find_short(n, sight->need, sight->supply, scratch->part, is_short);
        for (gsize i = 0; i < n; i++) {
            n_short += is_short[i];
        }
        tell_measure(engine, scratch, sight, SP_DRAWN_GAP, scratch->part);
        gsize cell = (sight->region * plan->n_professions + sight->profession) * plan->n_days;
        engine->results->short_chance[cell + sight->day] = (double)n_short / (double)n;
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
        };
        sp_draws_tell(engine, scratch, &sight, &engine->is_short[at]);
    }
    /* Whose figures are within another profession's is not counted beside it. */
    for (gsize i = first; has_need && has_supply && !of->is_part && i < first + engine->plane;
         i++) {
        engine->is_any_short[i] |= engine->is_short[i];
    }
}
