/* Users of services: calibration of use by age, the rule of series, and the two bases. */
#include "transforms/project/demand/work.h"

#include <math.h>
#include <string.h>

void sp_demand_later(const SpPeople *people, const double all[], double later[])
{
    gsize n_later = people->n_days - people->base_day;
    for (gsize u = 0; u < people->n_kommuner; u++) {
        memcpy(&later[u * n_later], &all[u * people->n_days + people->base_day],
               n_later * sizeof *later);
    }
}

void sp_demand_past(const SpPeople *people, const double all[], double past[])
{
    gsize n_years = people->base_day + 1;
    for (gsize u = 0; u < people->n_kommuner; u++) {
        memcpy(&past[u * n_years], &all[u * people->n_days], n_years * sizeof *past);
    }
}

/* What kommuner publish of a service's users. */
typedef struct {
    double *all, *elderly; /* [u][year] */
    gboolean *is_seen, *is_elderly_seen;
} Observed;

static void observed_clear(Observed *observed)
{
    g_clear_pointer(&observed->all, g_free);
    g_clear_pointer(&observed->elderly, g_free);
    g_clear_pointer(&observed->is_seen, g_free);
    g_clear_pointer(&observed->is_elderly_seen, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Observed, observed_clear)

/* More users than inhabitants is a figure of something else (contacts, a sum over services): it
   tells nothing of the kommune. */
static void drop_impossible(const SpDemandWork *work, const SpService *service, Observed *observed)
{
    const SpPeople *people = work->people;
    gsize n_years = people->base_day + 1;
    for (gsize at = 0; at < people->n_kommuner * n_years; at++) {
        gsize u = at / n_years, year = at % n_years;
        double heads = people->heads[u * people->n_days + year];
        if (observed->is_seen[at] && heads > 0.0 && observed->all[at] > heads) {
            observed->is_seen[at] = FALSE;
            sp_quality_note(
                work->quality, "use_above_one", service->id, 0,
                "more users than inhabitants, first in %s on 1 January %d: the figure is "
                "not believed",
                people->codes[u], people->first_year + (int)year);
        }
    }
}

void sp_demand_note_zero_years(const SpDemandWork *work, const char *subject, guint n_years)
{
    for (guint i = 0; i < n_years; i++) {
        sp_quality_note(work->quality, "zero_year", subject, 0,
                        "a year in which every kommune has 0 is taken as not filled in");
    }
}

void sp_demand_note_unsettled(const SpDemandWork *work, const char *subject, const char *what)
{
    sp_quality_note(work->quality, "unsettled_estimate", subject, 0, "%s: the rounds ended first",
                    what);
}

void sp_demand_drop_thin_years(const SpDemandWork *work, const char *subject, gboolean is_seen[])
{
    const SpPeople *people = work->people;
    gsize n_years = people->base_day + 1;
    g_autofree double *heads = g_new(double, people->n_kommuner);
    g_autofree gboolean *is_thin = g_new(gboolean, n_years);
    for (gsize u = 0; u < people->n_kommuner; u++) {
        heads[u] = people->heads[u * people->n_days + people->base_day];
    }
    sp_observed_find_thin_years(people->n_kommuner, n_years, is_seen, heads, is_thin);
    for (gsize year = 0; year < n_years; year++) {
        if (!is_thin[year]) {
            continue;
        }
        sp_quality_note(
            work->quality, "thin_year", subject, 0,
            "kommuner with figures of %d have fewer than half of the people of those of "
            "the fullest year: the year is left out, for it does not tell of the country",
            people->first_year + (int)year - 1);
        for (gsize u = 0; u < people->n_kommuner; u++) {
            is_seen[u * n_years + year] = FALSE;
        }
    }
}

static gboolean observe(const SpDemandWork *work, const SpService *service, Observed *observed,
                        GError **error)
{
    const SpPeople *people = work->people;
    const SpObservedAxes axes = {.n_kommuner = people->n_kommuner,
                                 .n_years = people->base_day + 1,
                                 .codes = (const char *const *)people->codes,
                                 .first_year = people->first_year - 1};
    gsize n_cells = axes.n_kommuner * axes.n_years;
    observed->all = g_new0(double, n_cells);
    observed->elderly = g_new0(double, n_cells);
    observed->is_seen = g_new0(gboolean, n_cells);
    observed->is_elderly_seen = g_new0(gboolean, n_cells);
    const SpTable *table =
        *service->table == '\0' ? NULL : sp_tables_find(work->in, service->table);
    if (table == NULL) {
        return TRUE;
    }
    const SpObserved all = {service->measure, "", "", ""}, elderly = {service->elderly, "", "", ""};
    if (!sp_observe(table, &all, &axes, observed->all, observed->is_seen, error) ||
        (*service->elderly != '\0' && !sp_observe(table, &elderly, &axes, observed->elderly,
                                                  observed->is_elderly_seen, error))) {
        return FALSE;
    }
    drop_impossible(work, service, observed);
    sp_demand_note_zero_years(work, service->id,
                              sp_observed_drop_zero_years(axes.n_kommuner, axes.n_years,
                                                          observed->all, observed->is_seen));
    sp_demand_drop_thin_years(work, service->id, observed->is_seen);
    return TRUE;
}

/* Use below 80 and from 80 on is brought to the newest year's users of those ages; the shape within
   each is the table's. Without such figures it stays. */
static void calibrate(const SpDemandWork *work, gsize k, const Observed *observed, double factor[2])
{
    const SpPeople *people = work->people;
    gsize n_years = people->base_day + 1;
    factor[0] = factor[1] = 1.0;
    for (gsize year = n_years; year-- > 0;) {
        double seen[2] = {0}, expected[2] = {0};
        for (gsize u = 0; u < people->n_kommuner; u++) {
            gsize at = u * n_years + year;
            gsize cell = (k * people->n_kommuner + u) * people->n_days + year;
            if (observed->is_seen[at] && observed->is_elderly_seen[at] &&
                observed->elderly[at] <= observed->all[at] &&
                people->heads[u * people->n_days + year] > 0.0) {
                seen[0] += observed->all[at] - observed->elderly[at];
                seen[1] += observed->elderly[at];
                expected[0] += people->younger[cell];
                expected[1] += people->elderly[cell];
            }
        }
        if (seen[0] > 0.0 && seen[1] > 0.0 && expected[0] > 0.0 && expected[1] > 0.0) {
            factor[0] = seen[0] / expected[0];
            factor[1] = seen[1] / expected[1];
            return;
        }
    }
}

static void fit(SpDemandWork *work, gsize k, const Observed *observed)
{
    const SpService *service = &g_array_index(work->services, SpService, k);
    const SpPeople *people = work->people;
    gsize n_cells = people->n_kommuner * people->n_days;
    gsize n_years = people->base_day + 1, n_past = people->n_kommuner * n_years;
    g_autofree double *past = g_new(double, 2 * n_past);
    sp_demand_past(people, people->heads, past);
    sp_demand_past(people, &work->constant[k * n_cells], past + n_past);
    const SpDemandSeriesData data = {.n_kommuner = people->n_kommuner,
                                     .n_years = n_years,
                                     .observed = observed->all,
                                     .is_seen = observed->is_seen,
                                     .heads = past,
                                     .by_age = past + n_past,
                                     .n_groups = work->n_groups,
                                     .group = work->group};
    /* A service that follows persons of some ages is those persons: nothing dampens them. */
    const SpSize whole = {SP_SIZE_NONE, 0};
    const SpDemandOptions *options = work->options;
    gboolean is_persons = *service->table == '\0';
    sp_demand_series_fit(&data, &sp_growth_find(work->growth, "bruk", service->id)->prior,
                         is_persons ? &whole : &options->ageing,
                         is_persons ? &whole : &options->use_drift, &options->drift_damping,
                         &work->users[k]);
    work->users[k].levels.kept *= 1.0 - options->convergence;
    if (!work->users[k].levels.is_settled) {
        sp_demand_note_unsettled(work, service->id, "local levels of users");
    }
}

/* Equal need: the country's use by age on the kommune's people of the day; the sum is that of
   today's level, so that the country's drift and ageing are in both. */
static void fill_equal(const SpDemandWork *work, gsize k, const double by_age[])
{
    const SpDemandPaths *paths = work->paths;
    gsize n_t = paths->n_days, n_u = paths->n_kommuner;
    double *today = &paths->users[k * n_t], *equal = today + n_u * paths->n_services * n_t;
    for (gsize t = 0; t < n_t; t++) {
        double sum[2] = {0};
        for (gsize u = 0; u < n_u; u++) {
            double *to = &equal[u * paths->n_services * n_t + t];
            *to = by_age[u * n_t + t];
            sum[0] += *to;
            sum[1] += today[u * paths->n_services * n_t + t];
        }
        for (gsize u = 0; u < n_u && sum[0] > 0.0; u++) {
            equal[u * paths->n_services * n_t + t] *= sum[1] / sum[0];
        }
    }
}

static void fill_bands(const SpDemandWork *work, gsize k)
{
    SpDemandPaths *paths = work->paths;
    const SpService *service = &g_array_index(work->services, SpService, k);
    const SpDemandSeries *series = &work->users[k];
    gsize n_b = paths->groups.n_groups, n_t = paths->n_days;
    for (gsize t = 0; t < n_t; t++) {
        double *use = &paths->band_use[(k * n_t + t) * n_b], sum = 0, users = 0;
        for (guint age = 0; age < SP_N_AGES; age++) {
            double mean = (service->use[SP_MEN][age] + service->use[SP_WOMEN][age]) / 2 *
                          work->calibration[2 * k + (age >= SP_ELDERLY_AGE)];
            use[paths->groups.of[SP_MEN][age]] =
                series->ageing * mean + (1.0 - series->ageing) * series->mean_use;
        }
        for (gsize u = 0; u < paths->n_kommuner; u++) {
            const double *persons = &paths->band_persons[(u * n_t + t) * n_b];
            for (gsize b = 0; b < n_b; b++) {
                sum += persons[b] * use[b];
            }
            users += sp_demand_users(paths, SP_NEED_TODAY, u, k)[t];
        }
        for (gsize b = 0; b < n_b && sum > 0.0; b++) {
            use[b] *= users / sum;
        }
    }
}

static void fill_paths(const SpDemandWork *work, gsize k)
{
    SpDemandPaths *paths = work->paths;
    const SpPeople *people = work->people;
    gsize n_t = paths->n_days, n_u = paths->n_kommuner, n_k = paths->n_services;
    gsize n_cells = n_u * people->n_days, n_later = n_u * n_t;
    g_autofree double *later = g_new(double, 5 * n_later);
    double *heads = later, *by_age = later + n_later, *constant = later + 2 * n_later;
    double *figure = later + 3 * n_later, *sd = later + 4 * n_later;
    sp_demand_later(people, people->heads, heads);
    sp_demand_later(people, &work->by_age[k * n_cells], by_age);
    sp_demand_later(people, &work->constant[k * n_cells], constant);
    sp_demand_series_project(&work->users[k], n_t, heads, by_age, figure, sd);
    for (gsize u = 0; u < n_u; u++) {
        for (gsize t = 0; t < n_t; t++) {
            gsize to = (u * n_k + k) * n_t + t;
            paths->users[to] = figure[u * n_t + t];
            paths->use_sd[to] = sd[u * n_t + t];
            double base = constant[u * n_t];
            paths->constant_use[to] = base > 0.0 ? constant[u * n_t + t] / base : 0.0;
        }
    }
    paths->use_drift[k] = work->users[k].drift;
    paths->use_noise[k] = (SpDemandNoise){work->users[k].levels.v0, work->users[k].levels.v1};
    fill_equal(work, k, by_age);
    fill_bands(work, k);
}

gboolean sp_demand_fill_users(SpDemandWork *work, GError **error)
{
    const SpPeople *people = work->people;
    gsize n_cells = people->n_kommuner * people->n_days;
    for (gsize k = 0; k < work->services->len; k++) {
        g_auto(Observed) observed = {0};
        double *factor = &work->calibration[2 * k];
        if (!observe(work, &g_array_index(work->services, SpService, k), &observed, error)) {
            return FALSE;
        }
        calibrate(work, k, &observed, factor);
        sp_people_by_age(people, k, factor[0], factor[1], &work->by_age[k * n_cells]);
        if (work->constant != work->by_age) {
            sp_people_by_age(people, work->services->len + k, factor[0], factor[1],
                             &work->constant[k * n_cells]);
        }
        fit(work, k, &observed);
        fill_paths(work, k);
    }
    return TRUE;
}
