/* Users of services, draw by draw. */
#include "transforms/project/draws/users.h"

#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"
#include "core/parallel.h"

#include <math.h>
#include <string.h>

/* Working memory of one thread. */
typedef struct {
    float *walk, *normal, *factor; /* [r] */
    double *sums;                  /* [3][r] */
} Scratch;

struct SpDrawsUsersWork {
    const SpDrawsPlan *plan;
    SpDrawsShared *shared;
    guint n_threads;
    gsize n_draws, plane;
    gsize n_used;      /* services with users: i below */
    gsize *used;       /* [i] number of the service in the paths */
    float *drift;      /* [i] planes */
    float *common;     /* [fylke][i] planes: standard normal, what its kommuner have in common */
    float *users;      /* [u][i] planes */
    const float *load; /* [u][k] planes */
    Scratch *scratch;
    SpDrawsUsers *results;
};

typedef SpDrawsUsersWork Work;

static void draw_drift(guint thread, gsize i, gpointer data)
{
    (void)thread;
    Work *work = data;
    const SpDrawsPlan *plan = work->plan;
    gsize service = work->used[i];
    const SpDrawsMover need = sp_draws_need_mover(plan, plan->demand->area_of[service]);
    const SpDrawsMover use = {.component = "bruk drift",
                              .id = plan->demand->services[service],
                              .with = &need,
                              .correlation = plan->demand->use_with_need[service]};
    sp_draws_drift(work->shared, &plan->demand->use_drift[service], &use,
                   &work->drift[i * work->plane]);
}

static void draw_fylke(guint thread, gsize item, gpointer data)
{
    (void)thread;
    Work *work = data;
    const SpDrawsPlan *plan = work->plan;
    SpRandom of_fylke = sp_draws_key(plan, "bruk", "fylke", plan->fylker[item / work->n_used]);
    SpRandom key =
        sp_random_named(of_fylke, plan->demand->services[work->used[item % work->n_used]]);
    sp_draws_normals(work->shared, key, &work->common[item * work->plane]);
}

static void draw_service(const Work *work, Scratch *scratch, const float people[], gsize kommune,
                         gsize i)
{
    const SpDrawsPlan *plan = work->plan;
    const SpDemandPaths *demand = plan->demand;
    gsize service = work->used[i];
    gsize n = work->n_draws, n_bands = demand->groups.n_groups;
    const double *expected = sp_demand_users(demand, SP_NEED_TODAY, kommune, service);
    float *out = &work->users[(kommune * work->n_used + i) * work->plane];
    const SpDrawsLocal level = {
        .key = sp_random_named(sp_draws_key(plan, "bruk", "kommune", plan->kommuner[kommune]),
                               demand->services[service]),
        .sds = &demand->use_sd[(kommune * demand->n_services + service) * demand->n_days],
        .common = &work->common[(plan->fylke_of[kommune] * work->n_used + i) * work->plane]};
    sp_lanes_fill(0, n, scratch->walk);
    for (gsize day = 0; day < plan->n_days; day++) {
        float *to = &out[day * n];
        sp_draws_people_ratio(
            plan, people, &demand->band_persons[(kommune * demand->n_days + day) * n_bands],
            &demand->band_use[(service * demand->n_days + day) * n_bands], day, to);
        sp_lanes_multiply(&work->drift[i * work->plane + day * n], n, to);
        sp_draws_local_factor(work->shared, &level, day, scratch->normal, scratch->walk,
                              scratch->factor);
        sp_lanes_multiply(scratch->factor, n, to);
        sp_lanes_scale((float)expected[day], n, to);
        memcpy(scratch->normal, to, n * sizeof *to);
        sp_draws_summarise(n, scratch->normal,
                           sp_drawn_users(work->results, kommune, service, day));
    }
}

void sp_draws_users_kommune(SpDrawsUsersWork *work, guint thread, gsize kommune,
                            const float people[])
{
    for (gsize i = 0; i < work->n_used; i++) {
        draw_service(work, &work->scratch[thread], people, kommune, i);
    }
}

/* Sums of the members' users on a day, and of the årsverk of the service as its load is drawn. */
static void sum_members(const Work *work, const SpRegionGroup *region, gsize of, gsize day,
                        double users[], double staff[])
{
    const SpDemandPaths *demand = work->plan->demand;
    gsize n = work->n_draws, service = work->used[of];
    sp_draws_sum_members(region, n, &work->users[of * work->plane + day * n],
                         work->n_used * work->plane, users);
    memset(staff, 0, n * sizeof *staff);
    for (gsize i = 0; i < region->n_members; i++) {
        gsize u = region->members[i];
        const float *load = &work->load[(u * demand->n_services + service) * work->plane + day * n];
        double need = sp_demand_service_need(demand, u, service, day);
        for (gsize draw = 0; draw < n; draw++) {
            staff[draw] += need * (double)load[draw];
        }
    }
}

/* One region above and service. */
static void tell_above(guint thread, gsize item, gpointer data)
{
    Work *work = data;
    const SpDrawsPlan *plan = work->plan;
    Scratch *scratch = &work->scratch[thread];
    gsize n = work->n_draws, of = item % work->n_used, above = item / work->n_used;
    gsize service = work->used[of];
    double *users = scratch->sums, *staff = users + n, *base = users + 2 * n;
    for (gsize day = 0; day < plan->n_days; day++) {
        gboolean is_any = TRUE;
        sum_members(work, &plan->regions[above], of, day, users, staff);
        for (gsize draw = 0; draw < n; draw++) {
            double per_user = staff[draw] / users[draw];
            base[draw] = day == 0 ? per_user : base[draw];
            scratch->factor[draw] = (float)users[draw];
            scratch->walk[draw] = (float)(per_user / base[draw]);
            is_any = is_any && users[draw] > 0 && base[draw] > 0;
        }
        sp_draws_summarise(n, scratch->factor,
                           sp_drawn_users(work->results, plan->n_kommuner + above, service, day));
        if (is_any) {
            sp_draws_summarise(n, scratch->walk,
                               sp_drawn_per_user(work->results, above, service, day));
        }
    }
}

static void work_init(Work *work, const SpDrawsPlan *plan, guint n_threads)
{
    const SpDemandPaths *demand = plan->demand;
    gsize plane = plan->n_days * plan->n_draws, n = plan->n_draws;
    *work = (Work){
        .plan = plan,
        .shared = sp_draws_shared_bare(plan),
        .n_threads = n_threads,
        .n_draws = n,
        .plane = plane,
        .used = g_new(gsize, demand->n_services),
        .scratch = g_new(Scratch, n_threads),
        .results = g_new0(SpDrawsUsers, 1),
    };
    for (gsize service = 0; service < demand->n_services; service++) {
        if (demand->has_users[service]) {
            work->used[work->n_used++] = service;
        }
    }
    work->drift = g_new(float, work->n_used *plane);
    work->common = g_new(float, plan->n_fylker * work->n_used * plane);
    work->users = g_new(float, plan->n_kommuner * work->n_used * plane);
    for (guint i = 0; i < n_threads; i++) {
        work->scratch[i] = (Scratch){.walk = g_new(float, n),
                                     .normal = g_new(float, n),
                                     .factor = g_new(float, n),
                                     .sums = g_new(double, 3 * n)};
    }
    *work->results = (SpDrawsUsers){.n_kommuner = plan->n_kommuner,
                                    .n_above = plan->n_regions,
                                    .n_services = demand->n_services,
                                    .n_days = plan->n_days};
    gsize cells = (plan->n_kommuner + plan->n_regions) * demand->n_services * plan->n_days;
    gsize above = plan->n_regions * demand->n_services * plan->n_days;
    work->results->figures = g_new0(double, cells *SP_N_DRAWN_FIGURES);
    work->results->per_user = g_new0(double, above *SP_N_DRAWN_FIGURES);
}

/* All but the results. */
static void work_free(Work *work)
{
    for (guint i = 0; i < work->n_threads; i++) {
        g_free(work->scratch[i].walk);
        g_free(work->scratch[i].normal);
        g_free(work->scratch[i].factor);
        g_free(work->scratch[i].sums);
    }
    g_free(work->scratch);
    g_free(work->used);
    g_free(work->drift);
    g_free(work->common);
    g_free(work->users);
    sp_draws_shared_free(work->shared);
    g_free(work);
}

SpDrawsUsersWork *sp_draws_users_new(const SpDrawsPlan *plan, guint n_threads)
{
    Work *work = g_new(Work, 1);
    work_init(work, plan, n_threads);
    sp_parallel(n_threads, work->n_used, draw_drift, work);
    sp_parallel(n_threads, plan->n_fylker * work->n_used, draw_fylke, work);
    return work;
}

SpDrawsUsers *sp_draws_users_finish(SpDrawsUsersWork *work, const float load[])
{
    work->load = load;
    sp_parallel(work->n_threads, work->plan->n_regions * work->n_used, tell_above, work);
    SpDrawsUsers *results = work->results;
    work_free(work);
    return results;
}

void sp_draws_users_free(SpDrawsUsers *users)
{
    if (users != NULL) {
        g_free(users->figures);
        g_free(users->per_user);
        g_free(users);
    }
}
