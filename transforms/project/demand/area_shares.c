/* Shares of professions of an area: how they lie in kommuner, and how the country's have moved. */
#include "transforms/project/demand/area.h"
#include "transforms/project/steps.h"

#include <math.h>
#include <string.h>

/* How the country's share of a profession has moved, and what is known of it besides. */
typedef struct {
    SpDriftPrior prior;
    SpDriftSeen seen;
} ShareDrift;

/* The only whole is all there is of the area: its share is 1, and neither moves nor is counted. */
static gboolean is_all_of_area(const SpDemandArea *area, gsize g)
{
    return area->n_g == 1 && g == 0;
}

static const double *aarsverk_of(const SpDemandArea *area, gsize g)
{
    const SpStaffing *staffing = area->work->staffing;
    return &staffing->aarsverk[sp_staffing_at(staffing, area->area, area->profession[g])];
}

static ShareDrift find_drift(const SpDemandArea *area, gsize g)
{
    const SpDemandPaths *paths = area->work->paths;
    const char *id = paths->professions[area->profession[g]];
    const SpDriftData past = {.n_kommuner = paths->n_kommuner,
                              .n_years = area->n_years,
                              .observed = aarsverk_of(area, g),
                              .is_seen = area->is_seen,
                              .driver = area->total};
    ShareDrift drift = {.prior = sp_growth_find(area->work->growth, "andel", id)->prior.drift};
    drift.seen = sp_drift_seen(&past, drift.prior.step_sd);
    return drift;
}

/* What slopes the area's professions have had beyond what yearly steps account for, beside what is
 * assumed of them. */
static double slopes_sd(gsize n, const ShareDrift of[], double assumed)
{
    double sum = 0, n_seen = 0;
    for (gsize g = 0; g < n; g++) {
        const SpDriftSeen *seen = &of[g].seen;
        if (seen->n_intervals > 0) {
            sum += seen->slope * seen->slope - seen->slope_variance;
            n_seen += 1;
        }
    }
    return sqrt((SP_STEP_ASSUMED_CHANGES * assumed * assumed + MAX(sum, 0.0)) /
                (SP_STEP_ASSUMED_CHANGES + n_seen));
}

/* From the newest figures to the base, as the path goes on from there; a part goes with its
 * whole. */
static void carry_shares(SpDemandArea *area)
{
    const SpDemandPaths *paths = area->work->paths;
    const SpDrift *drift = &paths->share_drift[area->area * paths->n_professions];
    g_autofree double *moved = g_new(double, area->n_g);
    double all = 0;
    for (gsize g = 0; g < area->n_g; g++) {
        const SpDrift *of = &drift[area->profession[g]];
        moved[g] = exp(of->mean * sp_drift_sum(of, of->lag));
        all += area->share[g] * moved[g];
    }
    for (gsize g = 0; g < area->n_all; g++) {
        area->share[g] *= moved[g < area->n_g ? g : sp_demand_area_whole(area, g)] / all;
    }
}

/* Takes another slope than the one that was seen: what is not in the path is part of what is not
 * known of it. */
static void take_slope(SpDrift *drift, double slope)
{
    drift->variance += (drift->mean - slope) * (drift->mean - slope);
    drift->mean = slope;
}

/* A part goes with its whole in the path. */
void sp_demand_fit_share_drifts(SpDemandArea *area)
{
    SpDemandPaths *paths = area->work->paths;
    const SpDemandOptions *options = area->work->options;
    static const SpSize as_seen = {SP_SIZE_ESTIMATED, 0};
    gboolean moves = options->composition == SP_COMPOSITION_ESTIMATED;
    gsize n_moving = area->n_g > 1 ? area->n_g : 0; /* wholes whose share can move */
    g_autofree ShareDrift *of = g_new(ShareDrift, area->n_all);
    for (gsize g = 0; g < area->n_all; g++) {
        of[g] = find_drift(area, g);
    }
    for (gsize g = 0; g < area->n_all; g++) {
        if (is_all_of_area(area, g)) {
            continue;
        }
        SpDrift *drift =
            &paths->share_drift[area->area * paths->n_professions + area->profession[g]];
        SpDriftPrior prior = of[g].prior;
        prior.sd = slopes_sd(n_moving, of, prior.sd);
        SpDrift estimated = sp_drift_estimate(&prior, &of[g].seen);
        *drift = sp_drift_choose(&estimated, &as_seen, &options->drift_damping);
        if (!moves) {
            take_slope(drift, 0);
        } else if (g >= area->n_g) {
            gsize whole = area->profession[sp_demand_area_whole(area, g)];
            take_slope(drift, paths->share_drift[area->area * paths->n_professions + whole].mean);
        }
    }
    if (area->n_g > 0) {
        carry_shares(area);
    }
}

/* Ratios are over the country's shares of the area, whatever services the kommune's users have: on
 * the base day the mix that those services would give is taken out, so that its shares are its
 * own. */
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

/* From a part's share of the area to its share of the whole, both over the country's. */
static void part_ratios(SpDemandArea *area)
{
    gsize n_u = area->work->paths->n_kommuner;
    for (gsize part = area->n_g; part < area->n_all; part++) {
        gsize whole = sp_demand_area_whole(area, part);
        for (gsize u = 0; u < n_u; u++) {
            double all = area->ratio[whole * n_u + u];
            double *here = &area->ratio[part * n_u + u];
            *here = all > 0.0 ? MAX(*here, 0.0) / all : 0.0;
        }
    }
}

/* A kommune's share over the country's, with its spread and the noise of its count, by the level
 * model. `expected` [u][year] and `nation` [year] are room. FALSE when the rounds ended first. */
static gboolean fit_ratio(const SpDemandArea *area, gsize g, double expected[], double nation[])
{
    const SpDemandWork *work = area->work;
    SpDemandPaths *paths = work->paths;
    gsize n_u = paths->n_kommuner, n_t = paths->n_days;
    double kept = sp_growth_find(work->growth, "aarsverk", paths->areas[area->area])->prior.kept;
    const SpLevelData data = {.n_units = n_u,
                              .n_years = area->n_years,
                              .observed = aarsverk_of(area, g),
                              .expected = expected,
                              .n_groups = work->n_groups,
                              .group = work->group};
    g_auto(SpLevelModel) model = {0};
    sp_level_expect(&data, area->is_seen, area->total, expected, nation);
    sp_level_fit(&data, kept, &model);
    for (gsize u = 0; u < n_u; u++) {
        SpLevelState now = sp_level_estimate(&model, &data, u);
        double mean = area->share[g] * area->need[SP_NEED_TODAY][u * n_t];
        gsize cell = (u * paths->n_areas + area->area) * paths->n_professions + area->profession[g];
        area->ratio[g * n_u + u] = 1.0 + now.level;
        /* Beside the noise of the area's count (area_total.c). */
        if (mean > 0.0 && model.is_fitted) {
            double share = sp_level_noise(&model, &now, mean);
            paths->count_variance[cell] += share + share * paths->count_variance[cell];
        }
        for (gsize t = 0; t < n_t; t++) {
            SpLevelState then = sp_level_ahead(&model, now, work->group[u], mean, (guint)t);
            paths->share_sd[cell * n_t + t] = sp_level_log_sd(&then);
        }
    }
    return model.is_settled;
}

void sp_demand_fit_ratios(SpDemandArea *area)
{
    gsize n_u = area->work->paths->n_kommuner;
    g_autofree double *expected = g_new(double, n_u * area->n_years);
    g_autofree double *nation = g_new(double, area->n_years);
    gboolean is_settled = TRUE;
    for (gsize g = 0; g < area->n_all; g++) {
        for (gsize u = 0; u < n_u; u++) {
            area->ratio[g * n_u + u] = 1.0;
        }
        is_settled =
            (is_all_of_area(area, g) || fit_ratio(area, g, expected, nation)) && is_settled;
    }
    if (!is_settled) {
        sp_demand_note_unsettled(area->work, area->work->paths->areas[area->area],
                                 "local shares of professions");
    }
    part_ratios(area);
    take_out_mix(area);
}
