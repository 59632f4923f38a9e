/* One figure of all kommuner: ageing, drift, levels, and the path they give. */
#include "transforms/project/demand/series.h"

#include <math.h>

enum { N_TERMS = 3 };

/* A larger kommune counts for more in the regression, but none for more than about 50 (antatt). */
static const double regression_size = 50.0;

/* The first and the newest year that any kommune has a figure and people in. */
typedef struct {
    gsize first, last;
} Span;

static Span span_of(const SpDemandSeriesData *data)
{
    Span span = {.first = data->n_years - 1, .last = 0};
    for (gsize i = 0; i < data->n_kommuner * data->n_years; i++) {
        if (data->is_seen[i] && data->heads[i] > 0.0) {
            span.first = MIN(span.first, i % data->n_years);
            span.last = MAX(span.last, i % data->n_years);
        }
    }
    return span;
}

/* Weighted least squares of the log change of a figure on a constant, the log change of heads, and
   that of use by age per head. Columns: left, right, and squares of y. */
typedef struct {
    double left[N_TERMS][N_TERMS], right[N_TERMS], squares;
    gsize n;
} Regression;

static void add_change(Regression *regression, const SpDemandSeriesData *data, const Span *span,
                       gsize kommune)
{
    gsize first = kommune * data->n_years + span->first;
    gsize last = kommune * data->n_years + span->last;
    if (!data->is_seen[first] || !data->is_seen[last] || data->observed[first] <= 0.0 ||
        data->observed[last] <= 0.0 || data->heads[first] <= 0.0 || data->heads[last] <= 0.0 ||
        data->by_age[first] <= 0.0 || data->by_age[last] <= 0.0) {
        return;
    }
    double heads = log(data->heads[last] / data->heads[first]);
    double terms[N_TERMS] = {1.0, heads, log(data->by_age[last] / data->by_age[first]) - heads};
    double change = log(data->observed[last] / data->observed[first]);
    double weight = data->observed[first] / (1.0 + data->observed[first] / regression_size);
    for (gsize i = 0; i < N_TERMS; i++) {
        for (gsize k = 0; k < N_TERMS; k++) {
            regression->left[i][k] += weight * terms[i] * terms[k];
        }
        regression->right[i] += weight * terms[i] * change;
    }
    regression->squares += weight * change * change;
    regression->n++;
}

/* Sweeps the terms before the last out of the last: its coefficient and standard error. FALSE when
   there are too few changes or no difference in ageing. */
static gboolean last_coefficient(const Regression *regression, double *value, double *error)
{
    double m[N_TERMS + 1][N_TERMS + 1];
    for (gsize i = 0; i < N_TERMS; i++) {
        for (gsize k = 0; k < N_TERMS; k++) {
            m[i][k] = regression->left[i][k];
        }
        m[i][N_TERMS] = m[N_TERMS][i] = regression->right[i];
    }
    m[N_TERMS][N_TERMS] = regression->squares;
    if (regression->n < 2 * N_TERMS + 1) {
        return FALSE;
    }
    double left = 0;
    for (gsize i = 0; i < N_TERMS; i++) {
        if (m[i][i] <= 1e-10 * regression->left[i][i]) {
            return FALSE;
        }
        if (i + 1 == N_TERMS) {
            *value = m[i][N_TERMS] / m[i][i];
            left = m[i][i];
        }
        for (gsize row = i + 1; row <= N_TERMS; row++) {
            double times = m[row][i] / m[i][i];
            for (gsize k = i; k <= N_TERMS; k++) {
                m[row][k] -= times * m[i][k];
            }
        }
    }
    double rest = MAX(m[N_TERMS][N_TERMS], 0.0) / (double)(regression->n - N_TERMS);
    *error = sqrt(rest / left);
    return *error > 0.0;
}

static void fit_ageing(const SpDemandSeriesData *data, const Span *span,
                       const SpDemandSeriesPrior *prior, SpDemandSeries *series)
{
    Regression regression = {.n = 0};
    for (gsize kommune = 0; kommune < data->n_kommuner && span->first < span->last; kommune++) {
        add_change(&regression, data, span, kommune);
    }
    double precision = 1.0 / (prior->ageing_sd * prior->ageing_sd);
    double sum = precision * prior->ageing;
    series->ageing_seen = 0.0;
    series->ageing_error = (double)INFINITY;
    if (last_coefficient(&regression, &series->ageing_seen, &series->ageing_error)) {
        double seen = 1.0 / (series->ageing_error * series->ageing_error);
        sum += seen * series->ageing_seen;
        precision += seen;
    }
    series->ageing = CLAMP(sum / precision, 0.0, 1.0);
}

static void fit_own_use(const SpDemandSeriesData *data, SpDemandSeries *series)
{
    double heads = 0, by_age = 0;
    series->own_use = g_new0(double, data->n_kommuner);
    for (gsize kommune = 0; kommune < data->n_kommuner; kommune++) {
        gsize last = kommune * data->n_years + data->n_years - 1;
        if (data->heads[last] > 0.0) {
            series->own_use[kommune] = data->by_age[last] / data->heads[last];
            heads += data->heads[last];
            by_age += data->by_age[last];
        }
    }
    series->mean_use = heads > 0.0 ? by_age / heads : 0.0;
}

/* What the figure follows. */
static double driven_by(const SpDemandSeries *series, gsize kommune, double heads, double by_age)
{
    return series->ageing * by_age + (1.0 - series->ageing) * series->own_use[kommune] * heads;
}

void sp_demand_series_fit(const SpDemandSeriesData *data, const SpDemandSeriesPrior *prior,
                          const SpSize *ageing, const SpSize *drift, const SpSize *damping,
                          SpDemandSeries *series)
{
    gsize n_cells = data->n_kommuner * data->n_years;
    g_autofree double *driver = g_new0(double, n_cells);
    g_autofree double *expected = g_new0(double, n_cells);
    g_autofree double *nation = g_new0(double, data->n_years);
    *series = (SpDemandSeries){.n_kommuner = data->n_kommuner};
    g_assert(data->n_years > 0);
    Span span = span_of(data);
    fit_own_use(data, series);
    fit_ageing(data, &span, prior, series);
    if (ageing->kind != SP_SIZE_ESTIMATED) {
        series->ageing = ageing->kind == SP_SIZE_NUMBER ? ageing->number : 1.0;
    }
    for (gsize i = 0; i < n_cells; i++) {
        driver[i] = data->heads[i] > 0.0
                        ? driven_by(series, i / data->n_years, data->heads[i], data->by_age[i])
                        : 0.0;
    }
    const SpLevelData levels = {.n_units = data->n_kommuner,
                                .n_years = data->n_years,
                                .observed = data->observed,
                                .expected = expected,
                                .n_groups = data->n_groups,
                                .group = data->group};
    sp_level_expect(&levels, data->is_seen, driver, expected, nation);
    const SpDriftData past = {.n_kommuner = data->n_kommuner,
                              .n_years = data->n_years,
                              .observed = data->observed,
                              .is_seen = data->is_seen,
                              .driver = driver};
    series->moves = sp_drift_moves_new(&past);
    series->seen = sp_drift_seen(&past, prior->drift.step_sd);
    series->estimated = sp_drift_estimate(&prior->drift, &series->seen);
    series->drift = sp_drift_choose(&series->estimated, drift, damping);
    double newest = nation[data->n_years - 1 - series->seen.lag];
    series->nation = newest > 0.0 ? newest : 1.0;
    series->now = g_new0(SpLevelState, data->n_kommuner);
    series->group = g_memdup2(data->group, data->n_kommuner * sizeof *data->group);
    sp_level_fit(&levels, prior->kept, &series->levels);
    for (gsize kommune = 0; kommune < data->n_kommuner; kommune++) {
        series->now[kommune] = sp_level_estimate(&series->levels, &levels, kommune);
    }
}

void sp_demand_series_clear(SpDemandSeries *series)
{
    sp_level_model_clear(&series->levels);
    g_clear_pointer(&series->moves, sp_drift_moves_free);
    g_clear_pointer(&series->own_use, g_free);
    g_clear_pointer(&series->now, g_free);
    g_clear_pointer(&series->group, g_free);
}

void sp_demand_series_project(const SpDemandSeries *series, gsize n_days, const double heads[],
                              const double by_age[], double figure[], double sd[])
{
    for (gsize day = 0; day < n_days; day++) {
        double plain = 0, local = 0;
        guint years = (guint)day + series->seen.lag;
        double drift = exp(series->drift.mean * sp_drift_sum(&series->drift, years));
        for (gsize kommune = 0; kommune < series->n_kommuner; kommune++) {
            gsize at = kommune * n_days + day;
            double driven =
                series->nation * MAX(driven_by(series, kommune, heads[at], by_age[at]), 0.0);
            SpLevelState level = sp_level_ahead(&series->levels, series->now[kommune],
                                                series->group[kommune], driven, (guint)day);
            plain += driven;
            figure[at] = driven * (1.0 + level.level);
            local += figure[at];
            if (sd != NULL) {
                sd[at] = sp_level_log_sd(&level);
            }
        }
        double rake = local > 0.0 ? drift * plain / local : drift;
        for (gsize kommune = 0; kommune < series->n_kommuner; kommune++) {
            figure[kommune * n_days + day] *= rake;
        }
    }
}
