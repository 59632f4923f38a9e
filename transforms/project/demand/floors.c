/* What the law asks for, however few there are today. */
#include "transforms/project/demand/work.h"

/* The service of most weight takes what a profession that is nowhere must have. */
static gsize main_service(const SpStructure *structure, gsize profession)
{
    gsize best = 0;
    for (gsize k = 1; k < structure->n_services; k++) {
        if (structure->weight[k * structure->n_professions + profession] >
            structure->weight[best * structure->n_professions + profession]) {
            best = k;
        }
    }
    return best;
}

/* How much was added. */
static double raise_to(SpDemandPaths *paths, gsize first, gsize stride, gsize t, gsize home,
                       double least)
{
    double sum = 0;
    for (gsize k = 0; k < paths->n_services; k++) {
        sum += paths->need[first + k * stride + t];
    }
    if (sum >= least) {
        return 0;
    }
    for (gsize k = 0; k < paths->n_services; k++) {
        double *need = &paths->need[first + k * stride + t];
        *need = sum > 0.0 ? *need * least / sum : k == home ? least : 0.0;
    }
    return least - sum;
}

void sp_demand_apply_floors(const SpDemandWork *work)
{
    const SpStructure *structure = work->structure;
    const SpPeople *people = work->people;
    SpDemandPaths *paths = work->paths;
    gsize n_g = paths->n_professions, n_t = paths->n_days, stride = n_g * n_t;
    for (guint i = 0; i < structure->floors->len; i++) {
        const SpLawFloor *floor = &g_array_index(structure->floors, SpLawFloor, i);
        if (!paths->is_observed[floor->profession]) {
            continue;
        }
        gsize home = main_service(structure, floor->profession);
        for (gsize basis = 0; basis < SP_N_NEEDS; basis++) {
            for (gsize u = 0; u < paths->n_kommuner; u++) {
                gsize first = ((basis * paths->n_kommuner + u) * paths->n_services * n_g +
                               floor->profession) *
                              n_t;
                for (gsize t = 0; t < n_t; t++) {
                    double heads = people->heads[u * people->n_days + people->base_day + t];
                    double least =
                        work->options->law_floor * (floor->per_kommune + floor->per_head * heads);
                    double added =
                        heads > 0.0 ? raise_to(paths, first, stride, t, home, least) : 0.0;
                    if (basis == SP_NEED_TODAY) {
                        gsize cell = (u * n_g + floor->profession) * n_t + t;
                        paths->by_law[cell] += added;
                        paths->least[cell] = heads > 0.0 ? MAX(paths->least[cell], least) : 0.0;
                    }
                }
            }
        }
    }
}
