/* Drawing what is shared. */
#include "transforms/project/draws/shared.h"

#include "transforms/project/demand/drift.h"
#include "transforms/project/draws/lanes.h"
#include "core/parallel.h"

#include <math.h>
#include <string.h>

SpRandom sp_draws_key(const SpDrawsPlan *plan, const char *component, const char *level,
                      const char *code)
{
    return sp_random_named(sp_random_named(sp_random_named(plan->random, component), level), code);
}

void sp_draws_normal(const SpDrawsShared *shared, SpRandom key, gsize day, float normal[])
{
    sp_normals_draw(&shared->normals, sp_random_numbered(key, day), 0, shared->plan->n_draws,
                    normal);
}

void sp_draws_normals(const SpDrawsShared *shared, SpRandom key, float plane[])
{
    for (gsize day = 0; day < shared->plan->n_days; day++) {
        sp_draws_normal(shared, key, day, &plane[day * shared->plan->n_draws]);
    }
}

void sp_draws_local_factor(const SpDrawsShared *shared, const SpDrawsLocal *of, gsize day,
                           float normal[], float walk[], float factor[])
{
    gsize n = shared->plan->n_draws;
    double alike = day == 0 ? 0 : shared->plan->sizes.fylke_shared, sd = of->sds[day];
    SpWalk step = sp_walk_between(day == 0 ? 0 : of->sds[day - 1], sd);
    if (step.step > 0) {
        sp_draws_normal(shared, of->key, day, normal);
        sp_lanes_add((float)(step.step * sqrt(1 - alike)), normal, n, walk);
        sp_lanes_add((float)(step.step * sqrt(alike)), &of->common[day * n], n, walk);
    } else {
        sp_lanes_scale((float)step.kept, n, walk);
    }
    sp_lanes_exp(walk, (float)(-sd * sd / 2), n, factor);
}

void sp_draws_walk(const SpDrawsShared *shared, SpRandom key, SpWalk walk, float normal[],
                   float out[])
{
    gsize n = shared->plan->n_draws;
    sp_lanes_fill(0, n, out);
    for (gsize day = 1; day < shared->plan->n_days; day++) {
        float *to = &out[day * n];
        memcpy(to, to - n, n * sizeof *to);
        sp_draws_normal(shared, key, day, normal);
        sp_lanes_step((float)walk.kept, (float)walk.step, normal, n, to);
    }
}

/* ---- national drifts ---- */

/* Standard normal numbers of a part of a drift: in common with the other drifts of the component
 * for a share of the variance. `normal` is [2][n_draws], the first filled. */
static void own_normal(const SpDrawsShared *shared, const SpDrawsMover *of, const char *part,
                       gsize day, float normal[])
{
    const SpDrawsPlan *plan = shared->plan;
    gsize n = plan->n_draws;
    SpRandom own = sp_random_named(sp_draws_key(plan, of->component, "del", of->id), part);
    SpRandom all = sp_random_named(sp_draws_key(plan, of->component, "landet", "0"), part);
    float *common = &normal[n];
    sp_draws_normal(shared, own, day, normal);
    sp_draws_normal(shared, all, day, common);
    sp_lanes_scale((float)sqrt(1 - plan->sizes.areas_shared), n, normal);
    sp_lanes_add((float)sqrt(plan->sizes.areas_shared), common, n, normal);
}

/* The same, as it moves with another. `normal` is [4][n_draws]. */
static void drift_normal(const SpDrawsShared *shared, const SpDrawsMover *of, const char *part,
                         gsize day, float normal[])
{
    gsize n = shared->plan->n_draws;
    double alike = of->correlation;
    own_normal(shared, of, part, day, normal);
    if (of->with != NULL) {
        own_normal(shared, of->with, part, day, &normal[2 * n]);
        sp_lanes_scale((float)sqrt(1 - alike * alike), n, normal);
        sp_lanes_add((float)alike, &normal[2 * n], n, normal);
    }
}

/* What is left of a slope by each draw's own damping, up to the day before the base: [n_draws]. */
static void begin_damping(const SpDrawsShared *shared, const SpDrift *drift, SpRandom random,
                          float damping[], float left[])
{
    for (gsize i = 0; i < shared->plan->n_draws; i++) {
        double least = MAX(2 * drift->damping - 1, 0.0), most = MIN(2 * drift->damping, 1.0);
        damping[i] = (float)(least + (most - least) * sp_random_uniform(random, i));
        left[i] = 1.0F;
        for (guint year = 0; year < drift->lag; year++) {
            left[i] *= damping[i];
        }
    }
}

/* A year on: what is left of the slopes that have come since the base, and this year's. */
static void renew_slopes(gsize n, double sd, const float damping[], const float normal[],
                         float slope[])
{
    for (gsize i = 0; i < n; i++) {
        float come = sqrtf(1.0F - damping[i] * damping[i]) * (float)sd;
        slope[i] = damping[i] * slope[i] + come * normal[i];
    }
}

void sp_draws_drift(const SpDrawsShared *shared, const SpDrift *drift, const SpDrawsMover *of,
                    float out[])
{
    gsize n = shared->plan->n_draws;
    g_autofree float *work = g_new0(float, 10 * n);
    float *walk = work, *slope = &work[n], *normal = &work[2 * n]; /* four of them */
    float *damping = &work[6 * n], *left = &work[7 * n], *gone = &work[8 * n];
    float *new_slope = &work[9 * n];
    float slope_sd = (float)sqrt(drift->variance);
    double before_base = sp_drift_sum(drift, drift->lag);
    SpRandom key =
        sp_random_named(sp_draws_key(shared->plan, of->component, "del", of->id), "demping");
    begin_damping(shared, drift, key, damping, left);
    drift_normal(shared, of, "helning", 0, normal);
    memcpy(slope, normal, n * sizeof *slope);
    sp_lanes_fill(1, n, out);
    for (gsize day = 1; day < shared->plan->n_days; day++) {
        float *to = &out[day * n];
        double gone_by = sp_drift_sum(drift, drift->lag + (guint)day) - before_base;
        float path = (float)(drift->mean * gone_by);
        drift_normal(shared, of, "steg", day, normal);
        sp_lanes_add((float)sqrt(drift->innovation), normal, n, walk);
        drift_normal(shared, of, "ny helning", day, normal);
        renew_slopes(n, sqrt(drift->slopes), damping, normal, new_slope);
        sp_lanes_add(1, new_slope, n, walk);
        for (gsize i = 0; i < n; i++) {
            left[i] *= damping[i];
            gone[i] += left[i];
            to[i] = walk[i] - path + ((float)drift->mean + slope_sd * slope[i]) * gone[i];
        }
        sp_lanes_exp(to, 0, n, to);
    }
}

SpDrawsMover sp_draws_need_mover(const SpDrawsPlan *plan, gsize area)
{
    return (SpDrawsMover){.component = "behov", .id = plan->demand->areas[area]};
}

static void draw_drift(guint thread, gsize area, gpointer data)
{
    (void)thread;
    SpDrawsShared *shared = data;
    const SpDrawsMover of = sp_draws_need_mover(shared->plan, area);
    sp_draws_drift(shared, &shared->plan->demand->need_drift[area], &of,
                   &shared->drift[area * shared->plane]);
}

/* ---- places ---- */

static void draw_market(guint thread, gsize market, gpointer data)
{
    (void)thread;
    SpDrawsShared *shared = data;
    const SpDrawsPlan *plan = shared->plan;
    g_autofree float *normal = g_new(float, plan->n_draws);
    float *out = &shared->market[market * shared->plane];
    sp_draws_walk(shared,
                  sp_draws_key(plan, "sted", "arbeidsmarked", plan->supply->labour_markets[market]),
                  plan->sizes.market, normal, out);
}

/* The fylke's walk is drawn again for each of its kommuner: less work than to keep it. */
static void draw_place(guint thread, gsize kommune, gpointer data)
{
    (void)thread;
    SpDrawsShared *shared = data;
    const SpDrawsPlan *plan = shared->plan;
    gsize n = plan->n_draws;
    g_autofree float *normal = g_new(float, n), *fylke = g_new(float, shared->plane);
    float *out = &shared->place[kommune * shared->plane];
    SpRandom of_fylke = sp_draws_key(plan, "sted", "fylke", plan->fylker[plan->fylke_of[kommune]]);
    sp_draws_walk(shared, sp_draws_key(plan, "sted", "kommune", plan->kommuner[kommune]),
                  plan->sizes.kommune, normal, out);
    sp_draws_walk(shared, of_fylke, plan->sizes.fylke, normal, fylke);
    for (gsize day = 0; day < plan->n_days; day++) {
        double kommune_sd = sp_walk_sd(plan->sizes.kommune, day);
        double fylke_sd = sp_walk_sd(plan->sizes.fylke, day);
        double half_variance = (kommune_sd * kommune_sd + fylke_sd * fylke_sd) / 2;
        float *to = &out[day * n];
        sp_lanes_add(1, &fylke[day * n], n, to);
        sp_lanes_exp(to, (float)-half_variance, n, to);
    }
}

/* What the kommuner of a fylke have in common in their staffing. */
static void draw_fylke(guint thread, gsize fylke, gpointer data)
{
    (void)thread;
    SpDrawsShared *shared = data;
    const SpDrawsPlan *plan = shared->plan;
    SpRandom of_fylke = sp_draws_key(plan, "bemanning", "fylke", plan->fylker[fylke]);
    for (gsize area = 0; area < plan->demand->n_areas; area++) {
        SpRandom key = sp_random_named(of_fylke, plan->demand->areas[area]);
        sp_draws_normals(shared, key,
                         &shared->staff[(fylke * plan->demand->n_areas + area) * shared->plane]);
    }
}

/* ---- the country ---- */

static float *draw_national(const SpDrawsShared *shared, const char *component, double kept)
{
    const SpWalk walk = {.step = 1, .kept = kept};
    g_autofree float *normal = g_new(float, shared->plan->n_draws);
    float *out = g_new0(float, shared->plane);
    sp_draws_walk(shared, sp_draws_key(shared->plan, component, "landet", "0"), walk, normal, out);
    return out;
}

SpDrawsShared *sp_draws_shared_bare(const SpDrawsPlan *plan)
{
    SpDrawsShared *shared = g_new0(SpDrawsShared, 1);
    shared->plan = plan;
    sp_normals_init(&shared->normals);
    shared->plane = plan->n_days * plan->n_draws;
    return shared;
}

SpDrawsShared *sp_draws_shared_new(const SpDrawsPlan *plan, guint n_threads)
{
    const SpDemandPaths *demand = plan->demand;
    const SpShockSizes *sizes = &plan->sizes;
    SpDrawsShared *shared = sp_draws_shared_bare(plan);
    shared->drift = g_new(float, demand->n_areas * shared->plane);
    shared->place = g_new(float, plan->n_kommuner * shared->plane);
    shared->market = g_new(float, plan->supply->n_labour_markets * shared->plane);
    shared->staff = g_new(float, plan->n_fylker * demand->n_areas * shared->plane);
    sp_parallel(n_threads, demand->n_areas, draw_drift, shared);
    sp_parallel(n_threads, plan->n_kommuner, draw_place, shared);
    sp_parallel(n_threads, plan->supply->n_labour_markets, draw_market, shared);
    sp_parallel(n_threads, plan->n_fylker, draw_fylke, shared);
    shared->participation = draw_national(shared, "deltakelse", sizes->participation.walk.kept);
    shared->exits = draw_national(shared, "avgang", sizes->exits.walk.kept);
    shared->graduates = draw_national(shared, "kandidater", sizes->graduates.walk.kept);
    shared->foreign = draw_national(shared, "utlandet", sizes->foreign.walk.kept);
    shared->moves = draw_national(shared, "flytting", sizes->moves.kept);
    sp_lanes_scale((float)sizes->moves.step, shared->plane, shared->moves);
    sp_lanes_exp(shared->moves, 0, shared->plane, shared->moves);
    return shared;
}

void sp_draws_shared_free(SpDrawsShared *shared)
{
    if (shared != NULL) {
        g_free(shared->drift);
        g_free(shared->place);
        g_free(shared->market);
        g_free(shared->staff);
        g_free(shared->participation);
        g_free(shared->exits);
        g_free(shared->graduates);
        g_free(shared->foreign);
        g_free(shared->moves);
        g_free(shared->capacity);
        g_free(shared);
    }
}
