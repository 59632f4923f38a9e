/* From people to the load on services, draw by draw. */
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>
#include <string.h>

/* People of the draws over those expected, weighed by the årsverk each band of ages takes. */
static void people_ratio(const SpDrawsEngine *engine, const float people[], gsize kommune,
                         gsize service, gsize day, float ratio[])
{
    const SpDemandPaths *demand = engine->plan->demand;
    gsize n_bands = demand->groups.n_groups, n = engine->n_draws;
    const double *persons = &demand->band_persons[(kommune * demand->n_days + day) * n_bands];
    const double *need = &demand->band_need[(service * demand->n_days + day) * n_bands];
    double expected = 0;
    for (gsize band = 0; band < n_bands; band++) {
        expected += persons[band] * need[band];
    }
    if (!(expected > 0)) {
        sp_lanes_fill(1, n, ratio);
        return;
    }
    sp_lanes_fill(0, n, ratio);
    for (gsize band = 0; band < n_bands; band++) {
        if (need[band] > 0) {
            sp_lanes_add((float)(need[band] / expected), &people[band * engine->plane + day * n], n,
                         ratio);
        }
    }
}

/* A level of the kommune's own: a walk whose standard deviation is the path's. */
typedef struct {
    SpRandom key;
    const double *sd;    /* [t] of its log */
    const float *common; /* plane: what its fylke has in common, standard normal */
} Local;

/* The factor of a local level on a day, in scratch->factor, from scratch->walk of the day before.
 * Its mean is 1: kommuner that differ by chance do not lift the sum of them all. */
static void local_factor(const SpDrawsEngine *engine, SpDrawsScratch *scratch, const Local *local,
                         gsize day)
{
    gsize n = engine->n_draws;
    double alike = engine->plan->sizes.fylke_shared, sd = local->sd[day];
    SpWalk step = sp_walk_between(day == 0 ? 0 : local->sd[day - 1], sd);
    if (day == 0) {
        sp_lanes_fill(0, n, scratch->walk);
    }
    if (step.step > 0) {
        sp_draws_normal(engine->shared, local->key, day, scratch->normal);
        sp_lanes_add((float)(step.step * sqrt(1 - alike)), scratch->normal, n, scratch->walk);
        sp_lanes_add((float)(step.step * sqrt(alike)), &local->common[day * n], n, scratch->walk);
    } else {
        sp_lanes_scale((float)step.kept, n, scratch->walk);
    }
    sp_lanes_exp(scratch->walk, (float)(-sd * sd / 2), n, scratch->factor);
}

/* All staff of an area, and the users of a service. */
static Local staff_of(const SpDrawsEngine *engine, gsize kommune, gsize area)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    gsize fylke = plan->fylke_of[kommune];
    return (Local){
        .key = sp_random_named(sp_draws_key(plan, "bemanning", "kommune", plan->kommuner[kommune]),
                               demand->areas[area]),
        .sd = &demand->staff_sd[(kommune * demand->n_areas + area) * demand->n_days],
        .common = &engine->shared->staff[(fylke * demand->n_areas + area) * engine->plane],
    };
}

static Local users_of(const SpDrawsEngine *engine, gsize kommune, gsize service)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    gsize fylke = plan->fylke_of[kommune];
    return (Local){
        .key = sp_random_named(sp_draws_key(plan, "bruk", "kommune", plan->kommuner[kommune]),
                               demand->services[service]),
        .sd = &demand->use_sd[(kommune * demand->n_services + service) * demand->n_days],
        .common = &engine->shared->use[(fylke * demand->n_services + service) * engine->plane],
    };
}

static void load_area(const SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune,
                      gsize area, float load[])
{
    const SpDemandPaths *demand = engine->plan->demand;
    gsize n = engine->n_draws;
    const Local local = staff_of(engine, kommune, area);
    for (gsize day = 0; day < engine->n_days; day++) {
        local_factor(engine, scratch, &local, day);
        for (gsize service = 0; service < demand->n_services; service++) {
            if (demand->area_of[service] == area) {
                sp_lanes_multiply(scratch->factor, n, &load[service * engine->plane + day * n]);
            }
        }
    }
}

void sp_draws_load(guint thread, gsize kommune, gpointer data)
{
    SpDrawsEngine *engine = data;
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    SpDrawsScratch *scratch = &engine->scratch[thread];
    gsize n = engine->n_draws;
    float *load = &engine->load[kommune * demand->n_services * engine->plane];
    if (demand->is_unknown[kommune]) {
        memset(load, 0, demand->n_services * engine->plane * sizeof *load);
        return;
    }
    plan->people(plan->people_data, thread, kommune, scratch->people);
    for (gsize service = 0; service < demand->n_services; service++) {
        const Local local = users_of(engine, kommune, service);
        const float *drift = &engine->shared->drift[demand->area_of[service] * engine->plane];
        for (gsize day = 0; day < engine->n_days; day++) {
            float *to = &load[service * engine->plane + day * n];
            people_ratio(engine, scratch->people, kommune, service, day, to);
            sp_lanes_multiply(&drift[day * n], n, to);
            if (plan->basis == SP_NEED_TODAY) {
                local_factor(engine, scratch, &local, day);
                sp_lanes_multiply(scratch->factor, n, to);
            }
        }
    }
    for (gsize area = 0; plan->basis == SP_NEED_TODAY && area < demand->n_areas; area++) {
        load_area(engine, scratch, kommune, area, load);
    }
}
