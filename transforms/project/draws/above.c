/* Sums over kommuner, made draw by draw in order of kommune, and what is counted over them. Regions
 * of one day come after each other: they are of the same kommuner, whose draws are then at hand. */
#include "transforms/project/draws/engine.h"

#include <string.h>

void sp_draws_sum_members(const SpRegionGroup *region, gsize n, const float first[], gsize apart,
                          double sums[])
{
    memset(sums, 0, n * sizeof *sums);
    for (gsize i = 0; i < region->n_members; i++) {
        const float *from = &first[region->members[i] * apart];
        for (gsize draw = 0; draw < n; draw++) {
            sums[draw] += (double)from[draw];
        }
    }
}

static void sum_members(const SpDrawsEngine *engine, SpDrawsScratch *scratch,
                        const SpRegionGroup *region, gsize day, const float planes[], float out[])
{
    gsize n = engine->n_draws;
    sp_draws_sum_members(region, n, &planes[day * n], engine->plane, scratch->sums);
    for (gsize draw = 0; draw < n; draw++) {
        out[draw] = (float)scratch->sums[draw];
    }
}

/* How many members have a shortage, draw by draw, in scratch->sorted. */
static void count_members(const SpDrawsEngine *engine, SpDrawsScratch *scratch,
                          const SpRegionGroup *region, gsize day, const guint8 is_short[])
{
    gsize n = engine->n_draws;
    memset(scratch->sorted, 0, n * sizeof *scratch->sorted);
    for (gsize i = 0; i < region->n_members; i++) {
        const guint8 *from = &is_short[region->members[i] * engine->plane + day * n];
        for (gsize draw = 0; draw < n; draw++) {
            scratch->sorted[draw] += (float)from[draw];
        }
    }
}

/* A relevant shortage alone can lead, that is measured or that some kommune has: neither what is
 * left of a balance by rounding nor the sum of what the law adds here and there. `members` [r] have
 * one. Leads go to the first of equal shortages in the plan's order of professions. */
static void race(SpDrawsEngine *engine, gsize above, const SpDrawsSight *sight,
                 const guint8 is_short[], const float members[])
{
    gsize at = above * engine->plane + sight->day * engine->n_draws;
    float *largest = &engine->largest[at];
    guint16 *leader = &engine->leader[at];
    float shortage = (float)sp_draws_shortage(engine->plan, sight->region, sight->profession);
    for (gsize i = 0; i < engine->n_draws; i++) {
        float gap = sight->need[i] - sight->supply[i] + shortage;
        gboolean leads = is_short[i] && (members[i] > 0.0F || shortage > 0.0F) && gap > largest[i];
        largest[i] = leads ? gap : largest[i];
        leader[i] = leads ? (guint16)(sight->profession + 1) : leader[i];
    }
}

void sp_draws_above(guint thread, gsize item, gpointer data)
{
    SpDrawsEngine *engine = data;
    const SpDrawsPlan *plan = engine->plan;
    SpDrawsScratch *scratch = &engine->scratch[thread];
    gsize day = item / plan->n_regions, above = item % plan->n_regions;
    const SpRegionGroup *region = &plan->regions[above];
    const SpDrawsProfession *of = &plan->professions[engine->profession];
    float *need = scratch->factor, *supply = scratch->sum, *recruited = scratch->normal;
    guint8 *is_short = scratch->is_short;
    if (of->demand != SP_NO_PATH) {
        sum_members(engine, scratch, region, day, engine->need, need);
    }
    if (of->supply != SP_NO_PATH) {
        sum_members(engine, scratch, region, day, engine->supply, supply);
    }
    if (sp_draws_recruits(engine, day)) {
        sum_members(engine, scratch, region, day, engine->recruited, recruited);
    }
    const SpDrawsSight sight = {
        .profession = engine->profession,
        .region = plan->n_kommuner + above,
        .day = day,
        .need = of->demand == SP_NO_PATH ? NULL : need,
        .supply = of->supply == SP_NO_PATH ? NULL : supply,
        .recruited = sp_draws_recruits(engine, day) ? recruited : NULL,
    };
    sp_draws_tell(engine, scratch, &sight, is_short);
    if (sight.need != NULL && sight.supply != NULL) {
        count_members(engine, scratch, region, day, engine->is_short);
        if (!of->stands_apart && !sp_draws_is_hidden(plan, sight.region, sight.profession)) {
            race(engine, above, &sight, is_short, scratch->sorted);
        }
        sp_draws_summarise(engine->n_draws, scratch->sorted,
                           sp_drawn_short(engine->results, above, engine->profession, day));
    }
}

void sp_draws_above_all(guint thread, gsize item, gpointer data)
{
    SpDrawsEngine *engine = data;
    const SpDrawsPlan *plan = engine->plan;
    SpDrawsScratch *scratch = &engine->scratch[thread];
    gsize day = item / plan->n_regions, above = item % plan->n_regions;
    const guint16 *leader = &engine->leader[above * engine->plane + day * engine->n_draws];
    for (gsize i = 0; i < engine->n_draws; i++) {
        if (leader[i] > 0) {
            gsize cell = above * plan->n_professions + leader[i] - 1U;
            engine->results->largest_draws[cell * engine->n_days + day]++;
        }
    }
    count_members(engine, scratch, &plan->regions[above], day, engine->is_any_short);
    sp_draws_summarise(engine->n_draws, scratch->sorted,
                       sp_drawn_short(engine->results, above, plan->n_professions, day));
}
