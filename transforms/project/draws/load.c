/* From people to the load on services, draw by draw. */
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"

#include <math.h>

void sp_draws_people_ratio(const SpDrawsPlan *plan, const float people[], const double persons[],
                           const double weights[], gsize day, float ratio[])
{
    gsize n_bands = plan->demand->groups.n_groups, n = plan->n_draws;
    double expected = 0;
    for (gsize band = 0; band < n_bands; band++) {
        expected += persons[band] * weights[band];
    }
    if (!(expected > 0)) {
        sp_lanes_fill(1, n, ratio);
        return;
    }
    sp_lanes_fill(0, n, ratio);
    for (gsize band = 0; band < n_bands; band++) {
        if (weights[band] > 0) {
            sp_lanes_add((float)(weights[band] / expected),
                         &people[(band * plan->n_days + day) * n], n, ratio);
        }
    }
}

/* What the services of an area have in common: the country's drift, and the kommune's staffing. */
static void load_area(const SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune,
                      gsize area, float load[])
{
    const SpDemandPaths *demand = engine->plan->demand;
    gsize n = engine->n_draws, n_areas = demand->n_areas;
    gsize fylke = engine->plan->fylke_of[kommune];
    const SpDrawsLocal staff = {
        .key = sp_random_named(
            sp_draws_key(engine->plan, "bemanning", "kommune", engine->plan->kommuner[kommune]),
            demand->areas[area]),
        .sds = &demand->staff_sd[(kommune * n_areas + area) * demand->n_days],
        .common = &engine->shared->staff[(fylke * n_areas + area) * engine->plane]};
    sp_lanes_fill(0, n, scratch->walk);
    for (gsize day = 0; day < engine->n_days; day++) {
        const float *drift = &engine->shared->drift[area * engine->plane + day * n];
        sp_draws_local_factor(engine->shared, &staff, day, scratch->normal, scratch->walk,
                              scratch->factor);
        sp_lanes_multiply(drift, n, scratch->factor);
        for (gsize service = 0; service < demand->n_services; service++) {
            if (demand->area_of[service] == area) {
                sp_lanes_multiply(scratch->factor, n, &load[service * engine->plane + day * n]);
            }
        }
    }
}

static void sum_adults(SpDrawsEngine *engine, const float people[], gsize kommune)
{
    float *sum = &engine->need[kommune * engine->plane];
    sp_lanes_fill(0, engine->plane, sum);
    for (gsize band = 0; band < engine->plan->demand->groups.n_groups; band++) {
        if (engine->adults[band] > 0) {
            sp_lanes_add((float)engine->adults[band], &people[band * engine->plane], engine->plane,
                         sum);
        }
    }
}

void sp_draws_load(guint thread, gsize kommune, gpointer data)
{
    SpDrawsEngine *engine = data;
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    SpDrawsScratch *scratch = &engine->scratch[thread];
    gsize n_bands = demand->groups.n_groups;
    float *load = &engine->load[kommune * demand->n_services * engine->plane];
    plan->people(plan->people_data, thread, kommune, scratch->people);
    if (engine->users != NULL) {
        sp_draws_users_kommune(engine->users, thread, kommune, scratch->people);
    }
    if (engine->adults != NULL) {
        sum_adults(engine, scratch->people, kommune);
    }
    for (gsize service = 0; service < demand->n_services; service++) {
        for (gsize day = 0; day < engine->n_days; day++) {
            const double *persons =
                &demand->band_persons[(kommune * demand->n_days + day) * n_bands];
            const double *need = &demand->band_need[(service * demand->n_days + day) * n_bands];
            sp_draws_people_ratio(plan, scratch->people, persons, need, day,
                                  &load[service * engine->plane + day * engine->n_draws]);
        }
    }
    for (gsize area = 0; area < demand->n_areas; area++) {
        load_area(engine, scratch, kommune, area, load);
    }
}
