/* The order of the work. */
#include "transforms/project/draws/run.h"

#include "transforms/project/draws/engine.h"
#include "core/parallel.h"

#include <string.h>

static void scratch_init(const SpDrawsEngine *engine, SpDrawsScratch *scratch)
{
    const SpDemandPaths *demand = engine->plan->demand;
    gsize n = engine->n_draws;
    *scratch = (SpDrawsScratch){
        .people = g_new(float, demand->groups.n_groups * engine->plane),
        .walk = g_new(float, MAX(demand->n_areas, 1) * n),
        .normal = g_new(float, n),
        .factor = g_new(float, n),
        .part = g_new(float, n),
        .sum = g_new(float, n),
        .sorted = g_new(float, n),
        .base = g_new(float, n),
        .is_short = g_new(guint8, n),
        .sums = g_new(double, 2 * n),
    };
}

static void scratch_clear(SpDrawsScratch *scratch)
{
    g_free(scratch->people);
    g_free(scratch->walk);
    g_free(scratch->normal);
    g_free(scratch->factor);
    g_free(scratch->part);
    g_free(scratch->sum);
    g_free(scratch->sorted);
    g_free(scratch->base);
    g_free(scratch->is_short);
    g_free(scratch->sums);
}

static void engine_init(SpDrawsEngine *engine, const SpDrawsPlan *plan, guint n_threads)
{
    const SpDemandPaths *demand = plan->demand;
    const SpSupplyPaths *supply = plan->supply;
    gsize plane = plan->n_days * plan->n_draws;
    *engine = (SpDrawsEngine){
        .plan = plan,
        .shared = sp_draws_shared_new(plan, n_threads),
        .results = sp_draws_results_new(plan),
        .scratch = g_new(SpDrawsScratch, n_threads),
        .n_threads = n_threads,
        .n_days = plan->n_days,
        .n_draws = plan->n_draws,
        .plane = plane,
        .load = g_new(float, plan->n_kommuner * demand->n_services * plane),
        .staying = g_new(float, plane),
        .graduates = g_new(float, plane),
        .foreign = g_new(float, plane),
        .transfers = g_new(float, plane),
        .participation = g_new(float, plane),
        .national = g_new(float, demand->n_areas *plane),
        .share = g_new(float, plan->n_fylker * demand->n_areas * plane),
        .expected = g_new(double, supply->n_labour_markets * plan->n_days),
        .headcount = g_new(double, supply->n_labour_markets * plan->n_days),
        .markets = g_new(float, supply->n_labour_markets *plane),
        .from_far = g_new(float, plane),
        .country = g_new(float, plane),
        .is_near = g_new0(gboolean, supply->n_labour_markets * plan->n_kommuner),
        .given = g_new(double, plan->n_kommuner * plan->n_days),
        .far = g_new(double, plan->n_kommuner * plan->n_days),
        .need = g_new(float, plan->n_kommuner *plane),
        .needed = g_new0(SpDrawsExpected, plan->n_kommuner * plan->n_days),
        .nation = g_new(float, plane),
        .placed = g_new(float, plan->n_draws),
        .supply = g_new(float, plan->n_kommuner *plane),
        .recruited = plan->exits == NULL ? NULL : g_new(float, plan->n_kommuner *plane),
        .is_short = g_new(guint8, plan->n_kommuner * plane),
        .is_any_short = g_new0(guint8, plan->n_kommuner * plane),
        .largest = g_new0(float, plan->n_regions *plane),
        .leader = g_new0(guint16, plan->n_regions * plane),
    };
    if (sp_draws_follows(plan)) {
        engine->adults = g_new(double, demand->groups.n_groups);
        sp_draws_find_adults(&demand->groups, engine->adults);
    }
    for (guint i = 0; i < n_threads; i++) {
        scratch_init(engine, &engine->scratch[i]);
    }
}

/* All but the results. */
static void engine_clear(SpDrawsEngine *engine)
{
    for (guint i = 0; i < engine->n_threads; i++) {
        scratch_clear(&engine->scratch[i]);
    }
    g_free(engine->scratch);
    sp_draws_shared_free(engine->shared);
    g_free(engine->adults);
    g_free(engine->load);
    g_free(engine->staying);
    g_free(engine->graduates);
    g_free(engine->foreign);
    g_free(engine->transfers);
    g_free(engine->participation);
    g_free(engine->national);
    g_free(engine->share);
    g_free(engine->expected);
    g_free(engine->headcount);
    g_free(engine->markets);
    g_free(engine->from_far);
    g_free(engine->country);
    g_free(engine->is_near);
    g_free(engine->given);
    g_free(engine->far);
    g_free(engine->need);
    g_free(engine->needed);
    g_free(engine->nation);
    g_free(engine->placed);
    g_free(engine->supply);
    g_free(engine->recruited);
    g_free(engine->is_short);
    g_free(engine->is_any_short);
    g_free(engine->largest);
    g_free(engine->leader);
}

/* The profession before it had a need, and supply must not be placed by that. */
static void need_nothing(SpDrawsEngine *engine)
{
    gsize n = engine->plan->n_kommuner * engine->n_days;
    memset(engine->needed, 0, n * sizeof *engine->needed);
}

SpDrawsResults *sp_draws_run(const SpDrawsPlan *plan, guint n_threads, SpDrawsUsers **users)
{
    SpDrawsEngine engine;
    gsize cells_above = plan->n_regions * plan->n_days;
    engine_init(&engine, plan, n_threads);
    engine.users = users == NULL ? NULL : sp_draws_users_new(plan, n_threads);
    sp_parallel(n_threads, plan->n_kommuner, sp_draws_load, &engine);
    if (users != NULL) {
        *users = sp_draws_users_finish(engine.users, engine.load);
    }
    sp_draws_follow_people(&engine);
    for (gsize i = 0; i < plan->n_professions; i++) {
        engine.profession = i;
        sp_draws_profession_shocks(&engine);
        if (plan->professions[i].demand != SP_NO_PATH) {
            sp_parallel(n_threads, plan->n_kommuner, sp_draws_need, &engine);
            sp_parallel(n_threads, plan->n_days, sp_draws_nation, &engine);
        } else {
            need_nothing(&engine);
        }
        if (plan->professions[i].supply != SP_NO_PATH) {
            sp_draws_find_headcount(&engine);
            sp_parallel(n_threads, plan->supply->n_labour_markets, sp_draws_headcount, &engine);
            sp_parallel(n_threads, plan->n_kommuner, sp_draws_place, &engine);
            sp_draws_count_places(&engine);
            sp_parallel(n_threads, plan->n_days, sp_draws_labour, &engine);
        }
        sp_parallel(n_threads, plan->n_kommuner, sp_draws_kommune, &engine);
        sp_parallel(n_threads, cells_above, sp_draws_above, &engine);
    }
    sp_parallel(n_threads, cells_above, sp_draws_above_all, &engine);
    SpDrawsResults *results = engine.results;
    engine_clear(&engine);
    return results;
}
