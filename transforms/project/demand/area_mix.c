/* Årsverk per user within an area. */
#include "transforms/project/demand/area.h"

#include "transforms/project/demand/composition.h"
#include "transforms/project/demand/drift.h"

#include <math.h>

/* Multiplies shares by what the country's move by since the base, to the sum that they had. */
static void move_shares(const SpDemandArea *area, gsize day, double share[])
{
    const SpDemandPaths *paths = area->work->paths;
    double before = 0, after = 0;
    for (gsize g = 0; g < area->n_g; g++) {
        const SpDrift *drift =
            &paths->share_drift[area->area * paths->n_professions + area->profession[g]];
        double gone =
            sp_drift_sum(drift, drift->lag + (guint)day) - sp_drift_sum(drift, drift->lag);
        before += share[g];
        share[g] *= exp(drift->mean * gone);
        after += share[g];
    }
    for (gsize g = 0; g < area->n_g && after > 0; g++) {
        share[g] *= before / after;
    }
}

void sp_demand_fill_mix(SpDemandArea *area)
{
    const SpDemandPaths *paths = area->work->paths;
    const SpStructure *structure = area->work->structure;
    gboolean is_trend = area->work->options->composition == SP_COMPOSITION_TREND;
    g_autofree double *share = g_new(double, area->n_g);
    g_autofree double *trend = g_new(double, area->n_g);
    for (gsize k = 0; k < area->n_k; k++) {
        double users = 0, staff = 0;
        for (gsize u = 0; u < paths->n_kommuner; u++) {
            users += sp_demand_users(paths, SP_NEED_TODAY, u, area->service[k])[0];
        }
        for (gsize g = 0; g < area->n_g; g++) {
            staff += area->share[g] * sp_demand_area_weight(area, k, g);
        }
        for (gsize t = 0; t < paths->n_days && users > 0.0 && staff > 0.0; t++) {
            for (gsize g = 0; g < area->n_g; g++) {
                gsize at = area->service[k] * structure->n_professions + area->profession[g];
                share[g] = area->share[g] * sp_demand_area_weight(area, k, g) / staff;
                trend[g] = is_trend
                               ? structure->trend[at] * MIN((double)t, structure->trend_years[at])
                               : 0.0;
            }
            sp_composition_at(area->n_g, share, trend, 1.0, share);
            move_shares(area, t, share);
            for (gsize g = 0; g < area->n_g; g++) {
                area->mix[(k * area->n_g + g) * paths->n_days + t] = share[g] * staff / users;
            }
        }
    }
}
