/* Årsverk of an area: its total by the rule of series, then services and professions within it. */
#include "transforms/project/demand/work.h"

#include "transforms/project/demand/composition.h"
#include "transforms/project/steps.h"

#include <math.h>
#include <string.h>

/* Rounds that bring professions and kommuner to their sums. */
enum { MAX_ROUNDS = 300 };
static const double close_enough = 1e-13;

/* One area while it is worked on. */
typedef struct {
    const SpDemandWork *work;
    gsize area, n_years;
    gsize n_g;                /* professions observed there, and divided on its services */
    gsize *profession;        /* [n_g] */
    gsize n_k;                /* services */
    gsize *service;           /* [n_k] */
    double *total;            /* [u][year] all professions; where is_seen */
    gboolean *is_seen;        /* [u][year] all of them are known */
    double *share;            /* [n_g] of the area's årsverk in the country */
    double *mix;              /* [n_k][n_g][t] årsverk per user */
    double *ratio;            /* [n_g][u] a kommune's share over the country's */
    double *need[SP_N_NEEDS]; /* [u][t] */
    double ageing;            /* how much of a change in ages shows */
} Area;

static void area_clear(Area *area)
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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Area, area_clear)

static double weight_of(const Area *area, gsize k, gsize g)
{
    const SpStructure *structure = area->work->structure;
    return structure->weight[area->service[k] * structure->n_professions + area->profession[g]];
}

static void area_init(Area *area, const SpDemandWork *work, gsize number)
{
    const SpDemandPaths *paths = work->paths;
    *area = (Area){.work = work, .area = number, .n_years = work->people->base_day + 1};
    area->service = g_new(gsize, paths->n_services);
    area->profession = g_new(gsize, paths->n_professions);
    for (gsize k = 0; k < paths->n_services; k++) {
        if (paths->area_of[k] == number) {
            area->service[area->n_k++] = k;
        }
    }
    for (gsize g = 0; g < paths->n_professions; g++) {
        double weights = 0;
        for (gsize k = 0; k < area->n_k; k++) {
            weights += work->structure->weight[area->service[k] * paths->n_professions + g];
        }
        if (weights > 0.0 && work->staffing->is_observed[number * paths->n_professions + g]) {
            area->profession[area->n_g++] = g;
            paths->is_observed[g] = TRUE;
        }
    }
    gsize n_u = paths->n_kommuner;
    area->total = g_new0(double, n_u * area->n_years);
    area->is_seen = g_new0(gboolean, n_u * area->n_years);
    area->share = g_new0(double, area->n_g);
    area->mix = g_new0(double, area->n_k * area->n_g * paths->n_days);
    area->ratio = g_new(double, area->n_g *n_u);
    area->need[SP_NEED_TODAY] = g_new0(double, n_u * paths->n_days);
    area->need[SP_NEED_EQUAL] = g_new0(double, n_u * paths->n_days);
}

/* Totals of kommuner that have all professions, and the country's shares in the newest such year. */
static void sum_professions(Area *area)
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
        if (area->is_seen[i]) {
            newest = MAX(newest, i % area->n_years);
        }
    }
    for (gsize i = newest; i < n_cells; i += area->n_years) {
        for (gsize g = 0; g < area->n_g && area->is_seen[i]; g++) {
            gsize at = sp_staffing_at(staffing, area->area, area->profession[g]) + i;
            area->share[g] += staffing->aarsverk[at];
            all += staffing->aarsverk[at];
        }
    }
    for (gsize g = 0; g < area->n_g; g++) {
        /* Without a kommune that knows all of them, professions are taken as equally many. */
        area->share[g] = all > 0.0 ? area->share[g] / all : 1.0 / (double)area->n_g;
    }
}

/* Årsverk per user of each service and profession, day by day: only proportions matter, for the
   area's total is set elsewhere. */
static void fill_mix(Area *area)
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
            staff += area->share[g] * weight_of(area, k, g);
        }
        for (gsize t = 0; t < paths->n_days && users > 0.0 && staff > 0.0; t++) {
            for (gsize g = 0; g < area->n_g; g++) {
                gsize at = area->service[k] * structure->n_professions + area->profession[g];
                share[g] = area->share[g] * weight_of(area, k, g) / staff;
                trend[g] = is_trend
                               ? structure->trend[at] * MIN((double)t, structure->trend_years[at])
                               : 0.0;
            }
            sp_composition_at(area->n_g, share, trend, 1.0, share);
            for (gsize g = 0; g < area->n_g; g++) {
                area->mix[(k * area->n_g + g) * paths->n_days + t] = share[g] * staff / users;
            }
        }
    }
}

/* Expected årsverk by use by age, of all services: [u][d]. */
static double *by_age_of(const Area *area)
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
static SpDrift choose_drift(const Area *area, const SpDrift *need)
{
    const SpDemandWork *work = area->work;
    SpDemandPaths *paths = work->paths;
    double estimated_use = 0, chosen_use = 0, all = 0;
    for (gsize k = 0; k < area->n_k; k++) {
        gsize service = area->service[k];
        double staff = 0;
        for (gsize g = 0; g < area->n_g; g++) {
            staff += area->share[g] * weight_of(area, k, g);
        }
        const SpSeries *series = &work->users[service];
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
    for (gsize k = 0; k < area->n_k; k++) {
        gsize service = area->service[k];
        const SpDrift *use = &paths->use_drift[service];
        paths->intensity_drift[service] = chosen;
        paths->intensity_drift[service].mean = chosen.mean - use->mean;
        paths->intensity_drift[service].variance = chosen.variance + use->variance;
        paths->intensity_drift[service].innovation = MAX(chosen.innovation - use->innovation, 0.0);
        paths->drift_covariance[service] = -use->variance;
    }
    paths->need_drift[area->area] = chosen;
    return chosen;
}

/* Standard and families: what multiplies an area's årsverk on a day. */
static double extra_of(const Area *area, double index, gsize t)
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
    return standard * sp_demand_family_factor(options->formal_care_aarsverk,
                                              options->family_care_aarsverk, index, 1.0);
}

double sp_demand_family_factor(double formal, double family, double index, double family_index)
{
    return ((formal + family) * index - family * family_index) / (formal * index);
}

/* Årsverk per person by group: as users of the service, with the ageing of årsverk, scaled to the
   country's need of it. */
static void fill_bands(const Area *area, gsize k)
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
            band[paths->groups.of[0][age]] =
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

/* Both bases of the area's total. */
static void fill_totals(Area *area)
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
    const SpSeriesData data = {.n_kommuner = n_u,
                               .n_years = area->n_years,
                               .observed = area->total,
                               .is_seen = area->is_seen,
                               .heads = past,
                               .by_age = past + n_past,
                               .n_groups = work->n_groups,
                               .group = work->group};
    const SpSize estimated = {SP_SIZE_ESTIMATED, 0};
    const SpSeriesPrior *prior =
        &sp_growth_find(work->growth, "aarsverk", paths->areas[area->area])->prior;
    g_auto(SpSeries) series = {0};
    sp_series_fit(&data, prior, &work->options->ageing, &estimated, &estimated, &series);
    series.drift = choose_drift(area, &series.drift);
    area->ageing = series.ageing;
    sp_series_project(&series, n_t, heads, aged, area->need[SP_NEED_TODAY], sd);
    double *today = area->need[SP_NEED_TODAY], *equal = area->need[SP_NEED_EQUAL], base = 0;
    for (gsize t = 0; t < n_t; t++) {
        double sum = 0, all = 0;
        for (gsize u = 0; u < n_u; u++) {
            equal[u * n_t + t] =
                sp_series_driver(&series, u, heads[u * n_t + t], aged[u * n_t + t]);
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
    if (!series.levels.is_settled) {
        sp_quality_note(work->quality, "unsettled_estimate", paths->areas[area->area], 0,
                        "local levels of årsverk: the rounds ended first");
    }
}

/* How the country's share of a profession moves. The reference holds it, so a slope that was seen is not
   in the path: how far it may lead is part of what is not known of it. */
static void fit_share_drift(Area *area, gsize g, const double nation[])
{
    SpDemandPaths *paths = area->work->paths;
    gsize first = 0, last = area->n_years - 1, number = area->profession[g];
    SpDriftPrior prior =
        sp_growth_find(area->work->growth, "andel", paths->professions[number])->prior.drift;
    while (first < last && !(nation[first] > 0.0)) {
        first++;
    }
    while (last > first && !(nation[last] > 0.0)) {
        last--;
    }
    double slope =
        first < last ? sp_drift_slope(nation[first], nation[last], (guint)(last - first)) : 0.0;
    prior.step_sd = sp_step_sd(prior.step_sd, area->n_years, nation);
    SpDrift *drift = &paths->share_drift[area->area * paths->n_professions + number];
    *drift = sp_drift_estimate(&prior, (guint)(last - first), slope);
    drift->variance += drift->mean * drift->mean;
    drift->mean = 0.0;
    drift->lag = (guint)(area->n_years - 1 - last);
}

/* A kommune's share of a profession over the country's, shrunk; its spread on later days. */
static void fit_ratios(Area *area)
{
    const SpDemandWork *work = area->work;
    const SpStaffing *staffing = work->staffing;
    SpDemandPaths *paths = work->paths;
    gsize n_u = paths->n_kommuner, n_t = paths->n_days;
    double kept = sp_growth_find(work->growth, "aarsverk", paths->areas[area->area])->prior.kept;
    g_autofree double *expected = g_new(double, n_u * area->n_years);
    g_autofree double *nation = g_new(double, area->n_years);
    for (gsize g = 0; g < area->n_g; g++) {
        const double *seen =
            &staffing->aarsverk[sp_staffing_at(staffing, area->area, area->profession[g])];
        const SpLevelData data = {.n_units = n_u,
                                  .n_years = area->n_years,
                                  .observed = seen,
                                  .expected = expected,
                                  .n_groups = work->n_groups,
                                  .group = work->group};
        g_auto(SpLevelModel) model = {0};
        sp_level_expect(n_u, area->n_years, seen, area->is_seen, area->total, expected, nation);
        sp_level_fit(&data, kept, &model);
        fit_share_drift(area, g, nation);
        for (gsize u = 0; u < n_u; u++) {
            /* One profession is all there is: its share is 1 and cannot move. */
            SpLevelState now = sp_level_estimate(&model, &data, u);
            area->ratio[g * n_u + u] = area->n_g > 1 ? 1.0 + now.level : 1.0;
            for (gsize t = 0; t < n_t && area->n_g > 1; t++) {
                double mean = area->share[g] * area->need[SP_NEED_TODAY][u * n_t];
                SpLevelState then = sp_level_ahead(&model, now, work->group[u], mean, (guint)t);
                gsize at = ((u * paths->n_areas + area->area) * paths->n_professions +
                            area->profession[g]) *
                               n_t +
                           t;
                paths->share_sd[at] = sp_level_log_sd(&then);
            }
        }
    }
}

/* Ratios are over the country's shares of the area, whatever services the kommune's users have: on the
   base day the mix that those services would give is taken out, so that its shares are its own. */
static void take_out_mix(Area *area)
{
    const SpDemandPaths *paths = area->work->paths;
    gsize n_u = paths->n_kommuner;
    g_autofree double *own = g_new(double, area->n_g);
    for (gsize u = 0; u < n_u; u++) {
        double all = 0;
        memset(own, 0, area->n_g * sizeof *own);
        for (gsize i = 0; i < area->n_k * area->n_g; i++) {
            gsize k = i / area->n_g, g = i % area->n_g;
            double users = sp_demand_users(paths, SP_NEED_TODAY, u, area->service[k])[0];
            double weight = users * area->mix[i * paths->n_days];
            own[g] += weight;
            all += weight;
        }
        for (gsize g = 0; g < area->n_g; g++) {
            area->ratio[g * n_u + u] *= own[g] > 0.0 ? area->share[g] * all / own[g] : 1.0;
        }
    }
}

/* Weight of a service and profession in a kommune's årsverk on a day. */
static double weight_at(const Area *area, SpNeed basis, gsize u, gsize k, gsize g, gsize t)
{
    const SpDemandPaths *paths = area->work->paths;
    double users = sp_demand_users(paths, basis, u, area->service[k])[t];
    double ratio = basis == SP_NEED_TODAY ? area->ratio[g * paths->n_kommuner + u] : 1.0;
    return users * ratio * area->mix[(k * area->n_g + g) * paths->n_days + t];
}

static double weights_of(const Area *area, SpNeed basis, gsize u, gsize t, const double scale[])
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
   totals. */
static void rake(const Area *area, SpNeed basis, double scale[])
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
            break;
        }
    }
}

static void divide(const Area *area, SpNeed basis)
{
    const SpDemandPaths *paths = area->work->paths;
    gsize n_t = paths->n_days;
    g_autofree double *scale = g_new(double, area->n_g);
    rake(area, basis, scale);
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

void sp_demand_fill_need(SpDemandWork *work)
{
    for (gsize number = 0; number < work->paths->n_areas; number++) {
        g_auto(Area) area = {0};
        area_init(&area, work, number);
        if (area.n_g == 0) {
            sp_quality_note(work->quality, "no_staff", work->paths->areas[number], 0,
                            "no source of årsverk of the area is there: no need is projected");
            continue;
        }
        sum_professions(&area);
        fill_mix(&area);
        fill_totals(&area);
        fit_ratios(&area);
        take_out_mix(&area);
        divide(&area, SP_NEED_TODAY);
        divide(&area, SP_NEED_EQUAL);
        for (gsize k = 0; k < area.n_k; k++) {
            fill_bands(&area, k);
        }
    }
}
