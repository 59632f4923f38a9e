/* Professions and services within an area. */
#include "transforms/project/demand/area.h"
#include "transforms/project/steps.h"

#include <math.h>
#include <string.h>

/* Rounds that bring professions and kommuner to their sums. */
enum { MAX_ROUNDS = 300 };
static const double close_enough = 1e-13;

/* How the country's share of a profession has moved. */
typedef struct {
    SpDriftPrior prior;
    double slope;      /* a year */
    guint n_intervals; /* years between the first and the last figure */
    guint lag;         /* from the last to the base */
} ShareSlope;

static ShareSlope find_share_slope(const SpDemandArea *area, gsize g, const double nation[])
{
    const SpDemandPaths *paths = area->work->paths;
    gsize first = 0, last = area->n_years - 1;
    const char *id = paths->professions[area->profession[g]];
    ShareSlope of = {.prior = sp_growth_find(area->work->growth, "andel", id)->prior.drift};
    while (first < last && !(nation[first] > 0.0)) {
        first++;
    }
    while (last > first && !(nation[last] > 0.0)) {
        last--;
    }
    of.n_intervals = (guint)(last - first);
    of.lag = (guint)(area->n_years - 1 - last);
    of.slope = first < last ? sp_drift_slope(nation[first], nation[last], of.n_intervals) : 0.0;
    of.prior.step_sd = sp_step_sd(of.prior.step_sd, area->n_years, nation);
    return of;
}

/* What slopes the area's professions have had beyond what yearly steps account for, beside what is
 * assumed of them. */
static double slopes_sd(gsize n, const ShareSlope of[], double assumed)
{
    double seen = 0, n_seen = 0;
    for (gsize g = 0; g < n; g++) {
        if (of[g].n_intervals > 0) {
            double step = of[g].prior.step_sd;
            seen += of[g].slope * of[g].slope - step * step / of[g].n_intervals;
            n_seen += 1;
        }
    }
    return sqrt((SP_STEP_ASSUMED_CHANGES * assumed * assumed + MAX(seen, 0.0)) /
                (SP_STEP_ASSUMED_CHANGES + n_seen));
}

/* The reference holds the shares, so a slope that was seen is not in the path: how far it may lead is
 * part of what is not known of it. */
static void fit_share_drifts(const SpDemandArea *area, ShareSlope of[])
{
    SpDemandPaths *paths = area->work->paths;
    for (gsize g = 0; g < area->n_all; g++) {
        SpDrift *drift =
            &paths->share_drift[area->area * paths->n_professions + area->profession[g]];
        SpDriftPrior prior = of[g].prior;
        prior.sd = slopes_sd(area->n_g, of, prior.sd);
        *drift = sp_drift_estimate(&prior, of[g].n_intervals, of[g].slope);
        drift->variance += drift->mean * drift->mean;
        drift->mean = 0.0;
        drift->lag = of[g].lag;
    }
}

/* Ratios are over the country's shares of the area, whatever services the kommune's users have: on the
 * base day the mix that those services would give is taken out, so that its shares are its own. */
static void take_out_mix(SpDemandArea *area)
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

/* Where in the area's list the whole of a part stands. */
static gsize whole_of(const SpDemandArea *area, gsize part)
{
    gsize whole = 0;
    while (area->profession[whole] != area->work->paths->part_of[area->profession[part]]) {
        whole++;
    }
    return whole;
}

/* From a part's share of the area to its share of the whole, both over the country's. */
static void part_ratios(SpDemandArea *area)
{
    gsize n_u = area->work->paths->n_kommuner;
    for (gsize part = area->n_g; part < area->n_all; part++) {
        gsize whole = whole_of(area, part);
        for (gsize u = 0; u < n_u; u++) {
            double all = area->ratio[whole * n_u + u];
            double *here = &area->ratio[part * n_u + u];
            *here = all > 0.0 ? MAX(*here, 0.0) / all : 0.0;
        }
    }
}

void sp_demand_fit_ratios(SpDemandArea *area)
{
    const SpDemandWork *work = area->work;
    const SpStaffing *staffing = work->staffing;
    SpDemandPaths *paths = work->paths;
    gsize n_u = paths->n_kommuner, n_t = paths->n_days;
    double kept = sp_growth_find(work->growth, "aarsverk", paths->areas[area->area])->prior.kept;
    g_autofree double *expected = g_new(double, n_u * area->n_years);
    g_autofree double *nation = g_new(double, area->n_years);
    g_autofree ShareSlope *slopes = g_new(ShareSlope, area->n_all);
    gboolean is_settled = TRUE;
    for (gsize g = 0; g < area->n_all; g++) {
        const double *seen =
            &staffing->aarsverk[sp_staffing_at(staffing, area->area, area->profession[g])];
        const SpLevelData data = {.n_units = n_u,
                                  .n_years = area->n_years,
                                  .observed = seen,
                                  .expected = expected,
                                  .n_groups = work->n_groups,
                                  .group = work->group};
        g_auto(SpLevelModel) model = {0};
        sp_level_expect(&data, area->is_seen, area->total, expected, nation);
        sp_level_fit(&data, kept, &model);
        slopes[g] = find_share_slope(area, g, nation);
        is_settled = is_settled && model.is_settled;
        for (gsize u = 0; u < n_u; u++) {
            SpLevelState now = sp_level_estimate(&model, &data, u);
            area->ratio[g * n_u + u] = area->n_all > 1 ? 1.0 + now.level : 1.0;
            if (area->n_all == 1) {
                continue;
            }
            double mean = area->share[g] * area->need[SP_NEED_TODAY][u * n_t];
            gsize cell =
                (u * paths->n_areas + area->area) * paths->n_professions + area->profession[g];
            /* Beside the noise of the area's count (area_total.c); the only whole is all there is of
               the area, and has no other. */
            if ((g > 0 || area->n_g > 1) && mean > 0.0 && model.is_fitted) {
                double share = sp_level_noise(&model, &now, mean);
                paths->count_variance[cell] += share + share * paths->count_variance[cell];
            }
            for (gsize t = 0; t < n_t; t++) {
                SpLevelState then = sp_level_ahead(&model, now, work->group[u], mean, (guint)t);
                paths->share_sd[cell * n_t + t] = sp_level_log_sd(&then);
            }
        }
    }
    fit_share_drifts(area, slopes);
    if (!is_settled) {
        sp_demand_note_unsettled(work, paths->areas[area->area], "local shares of professions");
    }
    part_ratios(area);
    take_out_mix(area);
}

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
        gsize g = area->profession[part], whole = whole_of(area, part);
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
