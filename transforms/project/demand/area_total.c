/* The total of an area by the rule of series, and what multiplies it. */
#include "transforms/project/demand/area.h"

#include <math.h>

/* Expected årsverk by use by age, of all services: [u][d]. */
static double *by_age_of(const SpDemandArea *area)
{
    const SpDemandWork *work = area->work;
    const SpPeople *people = work->people;
    gsize n_cells = people->n_kommuner * people->n_days;
    double *by_age = g_new0(double, n_cells);
    for (gsize k = 0; k < area->n_k; k++) {
        double per_user = 0;
        for (gsize g = 0; g < area->n_g; g++) {
            per_user += area->mix[(k * area->n_g + g) * work->paths->n_days];
        }
        const double *users = &work->by_age[area->service[k] * n_cells];
        for (gsize i = 0; i < n_cells; i++) {
            by_age[i] += per_user * work->users[area->service[k]].nation * users[i];
        }
    }
    return by_age;
}

/* The drift of need, and of årsverk per user, by what the scenario says of the two. */
static SpDrift choose_drift(const SpDemandArea *area, const SpDrift *need)
{
    const SpDemandWork *work = area->work;
    SpDemandPaths *paths = work->paths;
    double estimated_use = 0, chosen_use = 0, all = 0;
    for (gsize k = 0; k < area->n_k; k++) {
        gsize service = area->service[k];
        double staff = 0;
        for (gsize g = 0; g < area->n_g; g++) {
            staff += area->share[g] * sp_demand_area_weight(area, k, g);
        }
        const SpDemandSeries *series = &work->users[service];
        const SpService *of = &g_array_index(work->services, SpService, service);
        estimated_use += staff * (*of->table == '\0' ? 0.0 : series->estimated.mean);
        chosen_use += staff * series->drift.mean;
        all += staff;
    }
    SpDrift intensity = *need, chosen = *need;
    intensity.mean -= all > 0.0 ? estimated_use / all : 0.0;
    intensity =
        sp_drift_choose(&intensity, &work->options->intensity_drift, &work->options->drift_damping);
    chosen.damping = intensity.damping;
    chosen.mean = intensity.mean + (all > 0.0 ? chosen_use / all : 0.0);
    paths->need_drift[area->area] = chosen;
    return chosen;
}

/* Users of the area's services and its årsverk have moved in the same years, and are drawn so. */
static void relate_users(const SpDemandArea *area, const SpDemandSeries *need)
{
    const SpDemandWork *work = area->work;
    for (gsize k = 0; k < area->n_k; k++) {
        const SpDemandSeries *users = &work->users[area->service[k]];
        work->paths->use_with_need[area->service[k]] =
            sp_drift_together(users->moves, need->moves, users->seen.step_sd, need->seen.step_sd);
    }
}

/* What formal care is multiplied by when families give the hours of the base whatever the index of
 * need; formal and family are of the base. */
static double family_factor(double formal, double family, double index)
{
    return ((formal + family) * index - family) / (formal * index);
}

/* Standard and families: what multiplies an area's årsverk on a day. */
static double extra_of(const SpDemandArea *area, double index, gsize t)
{
    const SpDemandOptions *options = area->work->options;
    gboolean has_families = FALSE;
    for (gsize k = 0; k < area->n_k; k++) {
        has_families =
            has_families ||
            g_array_index(area->work->services, SpService, area->service[k]).has_families;
    }
    double standard = pow(1.0 + options->standard_growth, (double)t);
    if (options->family_care != SP_FAMILY_CARE_CONSTANT || !has_families ||
        options->formal_care_aarsverk <= 0.0 || index <= 0.0) {
        return standard;
    }
    return standard *
           family_factor(options->formal_care_aarsverk, options->family_care_aarsverk, index);
}

void sp_demand_fill_totals(SpDemandArea *area)
{
    const SpDemandWork *work = area->work;
    const SpPeople *people = work->people;
    SpDemandPaths *paths = work->paths;
    gsize n_u = paths->n_kommuner, n_t = paths->n_days, n_past = n_u * area->n_years;
    g_autofree double *by_age = by_age_of(area);
    g_autofree double *past = g_new(double, 2 * n_past);
    g_autofree double *later = g_new(double, 3 * n_u * n_t);
    double *heads = later, *aged = later + n_u * n_t, *sd = later + 2 * n_u * n_t;
    sp_demand_past(people, people->heads, past);
    sp_demand_past(people, by_age, past + n_past);
    sp_demand_later(people, people->heads, heads);
    sp_demand_later(people, by_age, aged);
    const SpDemandSeriesData data = {.n_kommuner = n_u,
                                     .n_years = area->n_years,
                                     .observed = area->total,
                                     .is_seen = area->is_seen,
                                     .heads = past,
                                     .by_age = past + n_past,
                                     .n_groups = work->n_groups,
                                     .group = work->group};
    const SpSize estimated = {SP_SIZE_ESTIMATED, 0};
    const SpDemandSeriesPrior *prior =
        &sp_growth_find(work->growth, "aarsverk", paths->areas[area->area])->prior;
    g_auto(SpDemandSeries) series = {0};
    sp_demand_series_fit(&data, prior, &work->options->ageing, &estimated, &estimated, &series);
    series.levels.kept *= 1.0 - work->options->convergence;
    series.drift = choose_drift(area, &series.drift);
    area->ageing = series.ageing;
    relate_users(area, &series);
    sp_demand_series_project(&series, n_t, heads, aged, area->need[SP_NEED_TODAY], sd);
    double *today = area->need[SP_NEED_TODAY], *equal = area->need[SP_NEED_EQUAL], base = 0;
    for (gsize t = 0; t < n_t; t++) {
        double sum = 0, all = 0;
        for (gsize u = 0; u < n_u; u++) {
            /* The same for the same people, wherever they come from. */
            equal[u * n_t + t] = aged[u * n_t + t];
            sum += equal[u * n_t + t];
            all += today[u * n_t + t];
        }
        base = t == 0 ? all : base;
        double extra = extra_of(area, base > 0.0 ? all / base : 0.0, t);
        for (gsize u = 0; u < n_u; u++) {
            today[u * n_t + t] *= extra;
            equal[u * n_t + t] *= sum > 0.0 ? extra * all / sum : 0.0;
            paths->staff_sd[(u * paths->n_areas + area->area) * n_t + t] = sd[u * n_t + t];
        }
    }
    /* A profession is counted as a share of the area (area_shares.c), whose own count varies
     * too. */
    for (gsize i = 0; series.levels.is_fitted && i < n_u * area->n_all; i++) {
        gsize u = i / area->n_all;
        double driven = equal[u * n_t];
        paths->count_variance[(u * paths->n_areas + area->area) * paths->n_professions +
                              area->profession[i % area->n_all]] =
            driven > 0.0 ? sp_level_noise(&series.levels, &series.now[u], driven) : 0.0;
    }
    if (!series.levels.is_settled) {
        sp_demand_note_unsettled(work, paths->areas[area->area], "local levels of årsverk");
    }
}
