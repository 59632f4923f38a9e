/* The need of an area on its services and professions. */
#include "transforms/project/demand/area.h"

#include <math.h>
#include <string.h>

/* Rounds that bring professions and kommuner to their sums. */
enum { MAX_ROUNDS = 300 };
static const double close_enough = 1e-13;

/* Weight of a service and profession in a kommune's årsverk on a day. */
static double weight_at(const SpDemandArea *area, SpNeed basis, gsize u, gsize k, gsize g, gsize t)
{
    const SpDemandPaths *paths = area->work->paths;
    double users = sp_demand_users(paths, basis, u, area->service[k])[t];
    double ratio = basis == SP_NEED_TODAY ? area->ratio[g * paths->n_kommuner + u] : 1.0;
    return users * ratio * area->mix[(k * area->n_g + g) * paths->n_days + t];
}

static double weights_of(const SpDemandArea *area, SpNeed basis, gsize u, gsize t,
                         const double scale[])
{
    double sum = 0;
    for (gsize k = 0; k < area->n_k; k++) {
        for (gsize g = 0; g < area->n_g; g++) {
            sum += scale[g] * weight_at(area, basis, u, k, g, t);
        }
    }
    return sum;
}

/* Factors of professions that bring the base's sums to the country's shares, kommuner keeping their
   totals. FALSE when the rounds ended first. */
static gboolean rake(const SpDemandArea *area, SpNeed basis, double scale[])
{
    gsize n_u = area->work->paths->n_kommuner, n_t = area->work->paths->n_days;
    g_autofree double *sum = g_new(double, area->n_g);
    for (gsize g = 0; g < area->n_g; g++) {
        scale[g] = 1.0;
    }
    for (guint round = 0; round < MAX_ROUNDS; round++) {
        double all = 0, worst = 0;
        memset(sum, 0, area->n_g * sizeof *sum);
        for (gsize u = 0; u < n_u; u++) {
            double weights = weights_of(area, basis, u, 0, scale);
            double need = area->need[basis][u * n_t];
            for (gsize g = 0; g < area->n_g && weights > 0.0; g++) {
                double own = 0;
                for (gsize k = 0; k < area->n_k; k++) {
                    own += scale[g] * weight_at(area, basis, u, k, g, 0);
                }
                sum[g] += need * own / weights;
            }
            all += weights > 0.0 ? need : 0.0;
        }
        for (gsize g = 0; g < area->n_g; g++) {
            double wanted = all * area->share[g];
            double times = sum[g] > 0.0 && wanted > 0.0 ? wanted / sum[g] : 1.0;
            worst = MAX(worst, fabs(times - 1.0));
            scale[g] *= times;
        }
        if (worst < close_enough) {
            return TRUE;
        }
    }
    return FALSE;
}

void sp_demand_divide(const SpDemandArea *area, SpNeed basis)
{
    const SpDemandPaths *paths = area->work->paths;
    gsize n_t = paths->n_days;
    g_autofree double *scale = g_new(double, area->n_g);
    if (!rake(area, basis, scale)) {
        sp_demand_note_unsettled(area->work, paths->areas[area->area],
                                 "professions within kommuner's totals");
    }
    for (gsize u = 0; u < paths->n_kommuner; u++) {
        for (gsize t = 0; t < n_t; t++) {
            double weights = weights_of(area, basis, u, t, scale);
            for (gsize k = 0; k < area->n_k && weights > 0.0; k++) {
                for (gsize g = 0; g < area->n_g; g++) {
                    gsize at =
                        ((basis * paths->n_kommuner + u) * paths->n_services + area->service[k]) *
                            paths->n_professions +
                        area->profession[g];
                    paths->need[at * n_t + t] = area->need[basis][u * n_t + t] * scale[g] *
                                                weight_at(area, basis, u, k, g, t) / weights;
                }
            }
        }
    }
}

static double whole_need(const SpDemandArea *area, SpNeed basis, gsize whole, gsize u)
{
    double sum = 0;
    for (gsize k = 0; k < area->n_k; k++) {
        sum += sp_demand_need(area->work->paths, basis, u, area->service[k],
                              area->profession[whole])[0];
    }
    return sum;
}

/* What shares of the whole are multiplied by, 1 at most each, so that the base's sum is the
   country's. */
static double meet_share(const SpDemandArea *area, gsize n_u, double wanted, const double need[],
                         const double share[])
{
    double scale = 1.0;
    for (guint round = 0; round < MAX_ROUNDS; round++) {
        double full = 0, rest = 0;
        for (gsize u = 0; u < n_u; u++) {
            double here = scale * share[u];
            *(here < 1.0 ? &rest : &full) += need[u] * MIN(here, 1.0);
        }
        double times = rest > 0.0 && wanted > full ? (wanted - full) / rest : 1.0;
        scale *= times;
        if (fabs(times - 1.0) < close_enough) {
            return scale;
        }
    }
    sp_demand_note_unsettled(area->work, area->work->paths->areas[area->area],
                             "parts of professions");
    return scale;
}

void sp_demand_divide_parts(const SpDemandArea *area, SpNeed basis)
{
    SpDemandPaths *paths = area->work->paths;
    gsize n_u = paths->n_kommuner, n_t = paths->n_days, n_p = paths->n_professions;
    g_autofree double *need = g_new(double, 2 * n_u);
    double *share = need + n_u;
    for (gsize part = area->n_g; part < area->n_all; part++) {
        gsize g = area->profession[part], whole = sp_demand_area_whole(area, part);
        double all = 0;
        double of_whole = area->share[whole] > 0.0 ? area->share[part] / area->share[whole] : 0.0;
        for (gsize u = 0; u < n_u; u++) {
            double ratio = basis == SP_NEED_TODAY ? area->ratio[part * n_u + u] : 1.0;
            need[u] = whole_need(area, basis, whole, u);
            share[u] = of_whole * ratio;
            all += need[u];
        }
        double scale = meet_share(area, n_u, all * of_whole, need, share);
        for (gsize i = 0; i < n_u * area->n_k; i++) {
            gsize u = i / area->n_k, k = area->service[i % area->n_k];
            gsize at = ((basis * n_u + u) * paths->n_services + k) * n_p;
            for (gsize t = 0; t < n_t; t++) {
                paths->need[(at + g) * n_t + t] =
                    MIN(scale * share[u], 1.0) *
                    paths->need[(at + area->profession[whole]) * n_t + t];
            }
        }
    }
}
