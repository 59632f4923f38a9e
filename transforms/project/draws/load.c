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

/* The factor of the kommune's own staffing of an area on a day, in scratch->factor, from
 * scratch->walk of the day before: a walk whose standard deviation is the path's. Its mean is 1:
 * kommuner that differ by chance do not lift the sum of them all. */
static void staff_factor(const SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune,
                         gsize area, gsize day)
{
    const SpDrawsPlan *plan = engine->plan;
    const SpDemandPaths *demand = plan->demand;
    gsize n = engine->n_draws, fylke = plan->fylke_of[kommune];
    const double *sds = &demand->staff_sd[(kommune * demand->n_areas + area) * demand->n_days];
    /* What is not known of the base is the kommune's own: a fylke is the sum of what is counted. */
    double alike = day == 0 ? 0 : plan->sizes.fylke_shared, sd = sds[day];
    SpWalk step = sp_walk_between(day == 0 ? 0 : sds[day - 1], sd);
    if (day == 0) {
        sp_lanes_fill(0, n, scratch->walk);
    }
    if (step.step > 0) {
        SpRandom key =
            sp_random_named(sp_draws_key(plan, "bemanning", "kommune", plan->kommuner[kommune]),
                            demand->areas[area]);
        const float *common =
            &engine->shared->staff[(fylke * demand->n_areas + area) * engine->plane + day * n];
        sp_draws_normal(engine->shared, key, day, scratch->normal);
        sp_lanes_add((float)(step.step * sqrt(1 - alike)), scratch->normal, n, scratch->walk);
        sp_lanes_add((float)(step.step * sqrt(alike)), common, n, scratch->walk);
    } else {
        sp_lanes_scale((float)step.kept, n, scratch->walk);
    }
    sp_lanes_exp(scratch->walk, (float)(-sd * sd / 2), n, scratch->factor);
}

/* What the services of an area have in common: the country's drift, and the kommune's staffing. */
static void load_area(const SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune,
                      gsize area, float load[])
{
    const SpDemandPaths *demand = engine->plan->demand;
    gsize n = engine->n_draws;
    for (gsize day = 0; day < engine->n_days; day++) {
        const float *drift = &engine->shared->drift[area * engine->plane + day * n];
        staff_factor(engine, scratch, kommune, area, day);
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
