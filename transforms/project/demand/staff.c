/* Årsverk of all areas, and what draws need to know of them. */
#include "transforms/project/demand/area.h"

/* Årsverk per person by group: as users of the service, with the ageing of årsverk, scaled to the
   country's need of it. */
static void fill_bands(const SpDemandArea *area, gsize k)
{
    SpDemandPaths *paths = area->work->paths;
    gsize service = area->service[k], n_b = paths->groups.n_groups, n_t = paths->n_days;
    const SpService *of = &g_array_index(area->work->services, SpService, service);
    const double *calibration = &area->work->calibration[2 * service];
    for (gsize t = 0; t < n_t; t++) {
        double *band = &paths->band_need[(service * n_t + t) * n_b], sum = 0, need = 0;
        for (guint age = 0; age < SP_N_AGES; age++) {
            double use = (of->use[SP_MEN][age] + of->use[SP_WOMEN][age]) / 2 *
                         calibration[age >= SP_ELDERLY_AGE];
            band[paths->groups.of[SP_MEN][age]] =
                area->ageing * use + (1.0 - area->ageing) * area->work->users[service].mean_use;
        }
        for (gsize u = 0; u < paths->n_kommuner; u++) {
            for (gsize b = 0; b < n_b; b++) {
                sum += paths->band_persons[(u * n_t + t) * n_b + b] * band[b];
            }
            for (gsize g = 0; g < area->n_g; g++) {
                need += sp_demand_need(paths, SP_NEED_TODAY, u, service, area->profession[g])[t];
            }
        }
        for (gsize b = 0; b < n_b && sum > 0.0; b++) {
            band[b] *= need / sum;
        }
    }
}

static gboolean has_weight(const SpDemandWork *work, gsize area, gsize g)
{
    const SpDemandPaths *paths = work->paths;
    double weight = 0;
    for (gsize k = 0; k < paths->n_services; k++) {
        weight +=
            paths->area_of[k] == area ? work->structure->weight[k * paths->n_professions + g] : 0.0;
    }
    return weight > 0.0;
}

/* Professions that a source counts in some of the areas they work in, and no source in others. A
 * part stands where its whole does. */
static void note_partly_counted(const SpDemandWork *work)
{
    const SpDemandPaths *paths = work->paths;
    gsize n_g = paths->n_professions;
    for (gsize area = 0; area < paths->n_areas; area++) {
        for (gsize g = 0; g < n_g; g++) {
            if (paths->is_observed[g] && has_weight(work, area, g) &&
                !work->staffing->is_observed[area * n_g + g] &&
                !work->staffing->is_covered[area * n_g + paths->part_of[g]]) {
                sp_quality_note(work->quality, "partly_counted", paths->professions[g], 0,
                                "no source has its årsverk in %s: its need is that of the other "
                                "areas alone",
                                paths->areas[area]);
            }
        }
    }
}

void sp_demand_fill_need(SpDemandWork *work)
{
    for (gsize number = 0; number < work->paths->n_areas; number++) {
        g_auto(SpDemandArea) area = {0};
        sp_demand_area_init(&area, work, number);
        if (area.n_g == 0) {
            sp_quality_note(work->quality, "no_staff", work->paths->areas[number], 0,
                            "no source of årsverk of the area is there: no need is projected");
            continue;
        }
        sp_demand_fit_share_drifts(&area);
        sp_demand_fill_mix(&area);
        sp_demand_fill_totals(&area);
        sp_demand_fit_ratios(&area);
        for (int basis = 0; basis < SP_N_NEEDS; basis++) {
            sp_demand_divide(&area, (SpNeed)basis);
            sp_demand_divide_parts(&area, (SpNeed)basis);
        }
        for (gsize k = 0; k < area.n_k; k++) {
            fill_bands(&area, k);
        }
    }
    note_partly_counted(work);
}
