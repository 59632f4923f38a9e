/* Need, supply and gap of a kommune. */
#include "transforms/project/balance/gap.h"
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>
#include <string.h>

/* The country is counted: what is not known of the base is whose of its årsverk are whose, and the
 * need of all kommuner together is what it is told to be. */
static void find_base(const SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune)
{
    gsize n = engine->n_draws;
    double needed = engine->needed[kommune * engine->n_days].need;
    float *need = &engine->need[kommune * engine->plane], *base = scratch->base;
    sp_lanes_fill(1, n, base);
    if (engine->plan->professions[engine->profession].demand == SP_NO_PATH) {
        return;
    }
    for (gsize day = 0; day < engine->n_days; day++) {
        for (gsize i = 0; i < n; i++) {
            need[day * n + i] /= engine->nation[i];
        }
    }
    for (gsize i = 0; needed > 0 && i < n; i++) {
        base[i] = need[i] / (float)needed;
    }
}

/* What the law asks for of the profession at hand, 0 where it asks for nobody. */
static float least_of(const SpDrawsEngine *engine, gsize kommune, gsize day)
{
    const SpDemandPaths *demand = engine->plan->demand;
    gsize g = engine->plan->professions[engine->profession].demand;
    gsize cell = (kommune * demand->n_professions + g) * demand->n_days + day;
    return g == SP_NO_PATH || demand->least == NULL ? 0.0F : (float)demand->least[cell];
}

static void raise_to(float least, gsize n, float aarsverk[])
{
    for (gsize i = 0; least > 0.0F && i < n; i++) {
        aarsverk[i] = MAX(aarsverk[i], least);
    }
}

/* A duty is what it is in every future, and when somebody counts. */
static void raise_need(const SpDrawsEngine *engine, gsize kommune)
{
    for (gsize day = 0; day < engine->n_days; day++) {
        raise_to(least_of(engine, kommune, day), engine->n_draws,
                 &engine->need[kommune * engine->plane + day * engine->n_draws]);
    }
}

/* The share that leaves in a year, in each draw: the country's rate and the kommune's own are known
 * to an error each, which lasts. Mean `rate`, at most everybody. */
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

/* Variance of a later day's count around its level, over its square. Kommuner are counted each for
 * itself. */
static double count_variance(const SpDrawsEngine *engine, const SpDrawsSight *sight)
{
    const SpDrawsPlan *plan = engine->plan;
    gboolean is_above = sp_draws_only_kommune(plan, sight->region) == SP_NO_KOMMUNE;
    const SpRegionGroup *region =
        is_above ? &plan->regions[sight->region - plan->n_kommuner] : NULL;
    double all = 0, variance = 0;
    if (sight->day == 0 || plan->professions[sight->profession].demand == SP_NO_PATH) {
        return 0;
    }
    for (gsize i = 0; i < (is_above ? region->n_members : 1); i++) {
        gsize u = is_above ? region->members[i] : sp_draws_only_kommune(plan, sight->region);
        const SpDrawsExpected *of = &engine->needed[u * plan->n_days + sight->day];
        all += of->need;
        variance += of->need * of->need * of->count;
    }
    return all > 0 ? variance / (all * all) : 0;
}

/* A part of a person is one with the chance of that part. */
static void count_persons(SpRandom random, double one, gsize n, float aarsverk[])
{
    for (gsize i = 0; i < n; i++) {
        if (aarsverk[i] < (float)one) {
            gboolean is_there = sp_random_uniform(random, i) * one < (double)aarsverk[i];
            aarsverk[i] = is_there ? (float)one : 0.0F;
        }
    }
}

/* What a count on the day would find of levels, of the need and of those who are there: a small
 * staff lies off its own by chance. */
static void count_staff(const SpDrawsEngine *engine, SpDrawsScratch *scratch,
                        const SpDrawsSight *sight, SpDrawn measure, double variance)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDrawsProfession *of = &plan->professions[sight->profession];
    const char *side = measure == SP_DRAWN_NEED ? "telling behov" : "telling tilbud";
    gsize n = engine->n_draws;
    gsize only = sp_draws_only_kommune(plan, sight->region);
    const char *code = only != SP_NO_KOMMUNE ? plan->kommuner[only]
                                             : plan->regions[sight->region - plan->n_kommuner].code;
    double log_variance = log1p(variance);
    SpRandom key = sp_random_named(sp_draws_key(plan, side, "region", code), of->id);
    sp_draws_normal(engine->shared, key, sight->day, scratch->part);
    sp_lanes_scale((float)sqrt(log_variance), n, scratch->part);
    sp_lanes_exp(scratch->part, (float)(-log_variance / 2), n, scratch->part);
    sp_lanes_multiply(scratch->part, n, scratch->sorted);
    if (only != SP_NO_KOMMUNE) {
        double scale = measure == SP_DRAWN_SUPPLY ? of->supply_factor : 1;
        count_persons(sp_random_numbered(sp_random_named(key, "person"), sight->day),
                      plan->sizes.aarsverk_per_person * scale, n, scratch->sorted);
    }
}

static void tell(SpDrawsEngine *engine, SpDrawsScratch *scratch, const SpDrawsSight *sight,
                 SpDrawn measure, const float draws[])
{
    gboolean is_counted = measure == SP_DRAWN_NEED || measure == SP_DRAWN_SUPPLY;
    double variance = is_counted ? count_variance(engine, sight) : 0;
    memcpy(scratch->sorted, draws, engine->n_draws * sizeof *draws);
    if (variance > 0) {
        count_staff(engine, scratch, sight, measure, variance);
    }
    gsize only = sp_draws_only_kommune(engine->plan, sight->region);
    if (measure == SP_DRAWN_NEED && only != SP_NO_KOMMUNE) {
        raise_to(least_of(engine, only, sight->day), engine->n_draws, scratch->sorted);
    }
    sp_draws_summarise(
        engine->n_draws, scratch->sorted,
        sp_drawn(engine->results, sight->region, sight->profession, sight->day, measure));
}

static void find_short(gsize n, const SpDrawsSight *sight, float shortage, float *restrict gap,
                       guint8 *restrict is_short)
{
    const float *restrict need = sight->need, *restrict supply = sight->supply;
    for (gsize i = 0; i < n; i++) {
        gap[i] = need[i] - supply[i] + shortage;
        is_short[i] = gap[i] > sp_gap_limit(need[i]);
    }
}

void sp_draws_tell(SpDrawsEngine *engine, SpDrawsScratch *scratch, const SpDrawsSight *sight,
                   guint8 is_short[])
{
    const SpDrawsPlan *plan = engine->plan;
    gsize n = engine->n_draws;
    guint n_short = 0;
    if (sight->need != NULL) {
        tell(engine, scratch, sight, SP_DRAWN_NEED, sight->need);
    }
    if (sight->supply != NULL) {
        tell(engine, scratch, sight, SP_DRAWN_SUPPLY, sight->supply);
    }
    if (sight->recruited != NULL) {
        tell(engine, scratch, sight, SP_DRAWN_RECRUITED, sight->recruited);
    }
    if (sight->need != NULL && sight->supply != NULL) {
        find_short(n, sight, (float)sp_draws_shortage(plan, sight->region, sight->profession),
                   scratch->part, is_short);
        for (gsize i = 0; i < n; i++) {
            n_short += is_short[i];
        }
        tell(engine, scratch, sight, SP_DRAWN_GAP, scratch->part);
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
    find_base(engine, scratch, kommune);
    if (has_need) {
        raise_need(engine, kommune);
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
    for (gsize i = first; has_need && has_supply && !of->stands_apart && i < first + engine->plane;
         i++) {
        engine->is_any_short[i] |= engine->is_short[i];
    }
}
