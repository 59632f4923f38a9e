/* What a change of need is made of. */
#include "transforms/project/demand/parts.h"

#include "transforms/project/lmdi.h"

const char *const sp_demand_part_names[SP_N_NEED_PARTS + 1] = {
    [SP_NEED_PART_POPULATION] = "befolkning",
    [SP_NEED_PART_USE] = "bruk",
    [SP_NEED_PART_PRODUCTIVITY] = "produktivitet",
    [SP_NEED_PART_COMPOSITION] = "sammensetning"};

/* Where there is nothing to part by, the whole change stands in the first effect. */
static void split(gsize n, const double before[], const double after[], double effect[])
{
    double first = 1, last = 1;
    if (sp_lmdi(n, before, after, effect)) {
        return;
    }
    for (gsize i = 0; i < n; i++) {
        first *= before[i];
        last *= after[i];
        effect[i] = 0.0;
    }
    effect[0] = last - first;
}

static double all_professions(const SpDemandPaths *paths, SpNeed basis, gsize u, gsize k, gsize t)
{
    double sum = 0;
    for (gsize g = 0; g < paths->n_professions; g++) {
        sum += sp_demand_is_whole(paths, g) ? sp_demand_need(paths, basis, u, k, g)[t] : 0.0;
    }
    return sum;
}

void sp_demand_parts(const SpDemandPaths *paths, SpNeed basis, gsize kommune, gsize profession,
                     gsize day, double part[SP_N_NEED_PARTS])
{
    for (gsize i = 0; i < SP_N_NEED_PARTS; i++) {
        part[i] = 0.0;
    }
    for (gsize k = 0; k < paths->n_services; k++) {
        const double *need = sp_demand_need(paths, basis, kommune, k, profession);
        const double *users = sp_demand_users(paths, basis, kommune, k);
        const double *constant =
            &paths->constant_use[(kommune * paths->n_services + k) * paths->n_days];
        if (need[0] == 0.0 && need[day] == 0.0) {
            continue;
        }
        double factor[2][SP_N_NEED_PARTS], effect[SP_N_NEED_PARTS];
        const gsize days[2] = {0, day};
        for (gsize end = 0; end < 2; end++) {
            gsize t = days[end];
            double staff = all_professions(paths, basis, kommune, k, t);
            gboolean is_whole = users[t] > 0.0 && staff > 0.0 && constant[t] > 0.0;
            factor[end][SP_NEED_PART_POPULATION] = is_whole ? constant[t] : need[t];
            factor[end][SP_NEED_PART_USE] = is_whole ? users[t] / constant[t] : 1.0;
            factor[end][SP_NEED_PART_PRODUCTIVITY] = is_whole ? staff / users[t] : 1.0;
            factor[end][SP_NEED_PART_COMPOSITION] = is_whole ? need[t] / staff : 1.0;
        }
        split(SP_N_NEED_PARTS, factor[0], factor[1], effect);
        for (gsize i = 0; i < SP_N_NEED_PARTS; i++) {
            part[i] += effect[i];
        }
    }
}

void sp_demand_user_parts(const SpDemandPaths *paths, SpNeed basis, gsize kommune, gsize service,
                          gsize day, double part[SP_N_NEED_PARTS])
{
    const double *users = sp_demand_users(paths, basis, kommune, service);
    double constant =
        paths->constant_use[(kommune * paths->n_services + service) * paths->n_days + day];
    gboolean is_whole = users[0] > 0.0 && users[day] > 0.0 && constant > 0.0;
    const double before[] = {users[0], 1.0};
    const double after[] = {is_whole ? users[0] * constant : users[day],
                            is_whole ? users[day] / (users[0] * constant) : 1.0};
    part[SP_NEED_PART_PRODUCTIVITY] = part[SP_NEED_PART_COMPOSITION] = 0.0;
    split(2, before, after, part);
}
