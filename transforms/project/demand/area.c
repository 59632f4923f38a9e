/* What was observed of an area. */
#include "transforms/project/demand/area.h"

void sp_demand_area_clear(SpDemandArea *area)
{
    g_free(area->profession);
    g_free(area->service);
    g_free(area->total);
    g_free(area->is_seen);
    g_free(area->share);
    g_free(area->mix);
    g_free(area->ratio);
    g_free(area->need[SP_NEED_TODAY]);
    g_free(area->need[SP_NEED_EQUAL]);
}

double sp_demand_area_weight(const SpDemandArea *area, gsize k, gsize g)
{
    const SpStructure *structure = area->work->structure;
    return structure->weight[area->service[k] * structure->n_professions + area->profession[g]];
}

gsize sp_demand_area_whole(const SpDemandArea *area, gsize part)
{
    gsize whole = 0;
    while (area->profession[whole] != area->work->paths->part_of[area->profession[part]]) {
        whole++;
    }
    return whole;
}

/* Totals of kommuner that have all professions, and the country's shares in the newest such
 * year. */
static void sum_professions(SpDemandArea *area)
{
    const SpStaffing *staffing = area->work->staffing;
    gsize n_cells = staffing->n_kommuner * area->n_years, newest = 0;
    double all = 0;
    for (gsize i = 0; i < n_cells; i++) {
        area->is_seen[i] = area->n_g > 0;
        for (gsize g = 0; g < area->n_g; g++) {
            gsize at = sp_staffing_at(staffing, area->area, area->profession[g]) + i;
            area->is_seen[i] = area->is_seen[i] && staffing->is_seen[at];
            area->total[i] += staffing->aarsverk[at];
        }
    }
    const char *name = area->work->paths->areas[area->area];
    sp_demand_note_zero_years(area->work, name,
                              sp_observed_drop_zero_years(staffing->n_kommuner, area->n_years,
                                                          area->total, area->is_seen));
    sp_demand_drop_thin_years(area->work, name, area->is_seen);
    for (gsize i = 0; i < n_cells; i++) {
        newest = area->is_seen[i] ? MAX(newest, i % area->n_years) : newest;
    }
    for (gsize i = newest; i < n_cells; i += area->n_years) {
        for (gsize g = 0; g < area->n_all && area->is_seen[i]; g++) {
            gsize at = sp_staffing_at(staffing, area->area, area->profession[g]) + i;
            area->share[g] += staffing->aarsverk[at];
            all += g < area->n_g ? staffing->aarsverk[at] : 0.0;
        }
    }
    for (gsize g = 0; g < area->n_all; g++) {
        /* Without a kommune that knows all of them, professions are taken as equally many, and
         * nobody as part of another. */
        double unknown = g < area->n_g ? 1.0 / (double)area->n_g : 0.0;
        area->share[g] = all > 0.0 ? area->share[g] / all : unknown;
    }
}

/* Kommuner that no year knows all professions of: their level is that of their kind. */
static void note_unseen(const SpDemandArea *area)
{
    const SpDemandPaths *paths = area->work->paths;
    for (gsize u = 0; u < paths->n_kommuner && area->n_g > 0; u++) {
        gboolean is_seen = FALSE;
        for (gsize year = 0; year < area->n_years; year++) {
            is_seen = is_seen || area->is_seen[u * area->n_years + year];
        }
        if (!is_seen) {
            sp_quality_note(
                area->work->quality, "no_own_staff", paths->areas[area->area], 0,
                "no year has årsverk of all professions, first in %s: the level is that "
                "of kommuner of its kind",
                paths->kommuner[u]);
        }
    }
}

/* Is the profession observed in the area, and has some service of it there any? */
static gboolean is_here(const SpDemandArea *area, gsize g)
{
    const SpDemandWork *work = area->work;
    gsize n_g = work->paths->n_professions;
    double weights = 0;
    for (gsize k = 0; k < area->n_k; k++) {
        weights += work->structure->weight[area->service[k] * n_g + g];
    }
    return weights > 0.0 && work->staffing->is_observed[area->area * n_g + g];
}

/* Wholes first; a part only where its whole is. */
static void find_professions(SpDemandArea *area)
{
    const SpDemandPaths *paths = area->work->paths;
    for (gsize g = 0; g < paths->n_professions; g++) {
        if (sp_demand_is_whole(paths, g) && is_here(area, g)) {
            area->profession[area->n_g++] = g;
            paths->is_observed[g] = TRUE;
        }
    }
    for (gsize g = 0; g < paths->n_professions; g++) {
        if (!sp_demand_is_whole(paths, g) && is_here(area, paths->part_of[g]) && is_here(area, g)) {
            area->profession[area->n_g + area->n_parts++] = g;
            paths->is_observed[g] = TRUE;
        }
    }
    area->n_all = area->n_g + area->n_parts;
}

void sp_demand_area_init(SpDemandArea *area, const SpDemandWork *work, gsize number)
{
    const SpDemandPaths *paths = work->paths;
    *area = (SpDemandArea){.work = work, .area = number, .n_years = work->people->base_day + 1};
    area->service = g_new0(gsize, paths->n_services);
    area->profession = g_new0(gsize, paths->n_professions);
    for (gsize k = 0; k < paths->n_services; k++) {
        if (paths->area_of[k] == number) {
            area->service[area->n_k++] = k;
        }
    }
    find_professions(area);
    gsize n_u = paths->n_kommuner;
    area->total = g_new0(double, n_u * area->n_years);
    area->is_seen = g_new0(gboolean, n_u * area->n_years);
    area->share = g_new0(double, area->n_all);
    area->mix = g_new0(double, area->n_k * area->n_g * paths->n_days);
    area->ratio = g_new0(double, area->n_all *n_u);
    area->need[SP_NEED_TODAY] = g_new0(double, n_u * paths->n_days);
    area->need[SP_NEED_EQUAL] = g_new0(double, n_u * paths->n_days);
    sum_professions(area);
    note_unseen(area);
}
