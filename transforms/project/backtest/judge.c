/* Accuracy of a run's forecasts, area by area. */
#include "transforms/project/backtest/judge.h"

#include "core/rollup.h"
#include "transforms/project/backtest/accuracy.h"
#include "transforms/project/backtest/areas.h"
#include "transforms/project/backtest/judge_table.h"
#include "transforms/project/backtest/paired.h"

#include <math.h>
#include <string.h>

enum { SERIE, MODELL, BASE, MAALAAR, GRUPPE, OMRAADE, GITT, N_KEYS };

static const SpJudgeColumn keys[N_KEYS] = {
    {"serie", NULL},     {"modell", NULL},       {"base", "period"}, {"maalaar", "period"},
    {"gruppe", "alder"}, {"omraade", "kommune"}, {"gitt", NULL}};

/* Where there is no unit it is that of the series, which the column cannot tell. */
static const SpJudgeColumn measures[] = {
    {"n", "kommuner"},
    {"n_utelatt", "kommuner"},
    {"framskrevet", NULL},
    {"faktisk", NULL},
    {"pe", "percent"},
    {"aarlig_avvik", "percent"},
    {"mpe", "percent"},
    {"mape", "percent"},
    {"medape", "percent"},
    {"wape", "percent"},
    {"mae", NULL},
    {"rmse", NULL},
    {"theil_u", "ratio"},
    {"avvik_sd", "ratio"},
    {"retning", "share"},
    {"dekning_80", "share"},
    {"dekning_90", "share"},
    {"skaar_80", NULL},
    {"skaar_90", NULL},
    {"differanse_uendret", "percentage points"},
    {"differanse_uendret_nedre", "percentage points"},
    {"differanse_uendret_oevre", "percentage points"},
    {"ferdighet_uendret", "ratio"},
    {"ferdighet_uendret_nedre", "ratio"},
    {"ferdighet_uendret_oevre", "ratio"},
    {"differanse_enkel", "percentage points"},
    {"differanse_enkel_nedre", "percentage points"},
    {"differanse_enkel_oevre", "percentage points"},
    {"ferdighet_enkel", "ratio"},
    {"ferdighet_enkel_nedre", "ratio"},
    {"ferdighet_enkel_oevre", "ratio"},
};
enum { N_MEASURES = G_N_ELEMENTS(measures) };

SpTable *sp_accuracy_table_new(void)
{
    return sp_judge_table_new("treffsikkerhet", keys, N_KEYS, measures, N_MEASURES);
}

/* ---- what a row is of ---- */

typedef struct {
    const SpBacktestRun *run;
    const SpOutcome *outcome;
    const SpArea *area;
    gsize group, year;
    gboolean is_given_country; /* forecasts are brought to the country's true total */
    SpTable *table;
    double *scale; /* [number of forecasters] 1 unless is_given_country */
    /* Working memory, [n_units] each. */
    gsize *unit;
    double *forecast, *actual, *other, *low, *high, *sd;
    guint32 *cluster;
} Cell;

static SpReal figure(const Cell *cell, gsize model, SpForecastFigure which, gsize unit)
{
    const SpReal *figures = cell->outcome->told[model].figure[which];
    gsize place =
        sp_series_place(cell->outcome->series, &cell->run->places, unit, cell->group, cell->year);
    return figures == NULL ? sp_real_none(SP_MISSING) : figures[place];
}

static SpReal actual_of(const Cell *cell, gsize unit)
{
    return cell->outcome->actual[sp_series_place(cell->outcome->series, &cell->run->places, unit,
                                                 cell->group, cell->year)];
}

/* Kommuner of the area that count for a model, and for a second one where there is one. */
static gsize choose(Cell *cell, gsize model, gsize second)
{
    gsize n = 0;
    for (guint i = 0; i < cell->area->units->len; i++) {
        gsize unit = g_array_index(cell->area->units, gsize, i);
        SpReal told = figure(cell, model, SP_FORECAST_EXPECTED, unit);
        SpReal seen = actual_of(cell, unit);
        SpReal other =
            second == SP_NO_COLUMN ? told : figure(cell, second, SP_FORECAST_EXPECTED, unit);
        if (cell->run->is_left_out[unit] || !sp_real_is_number(told) || !sp_real_is_number(seen) ||
            !sp_real_is_number(other)) {
            continue;
        }
        cell->unit[n] = unit;
        cell->forecast[n] = told.value * cell->scale[model];
        cell->actual[n] = seen.value;
        cell->other[n] = second == SP_NO_COLUMN ? told.value : other.value * cell->scale[second];
        cell->cluster[n] =
            cell->area->is_fylke ? (guint32)unit : cell->run->population.model->places->fylke[unit];
        n++;
    }
    return n;
}

/* ---- measures ---- */

/* In the order of `measures`. */
typedef struct {
    SpReal real[N_MEASURES];
    gsize n;
} Row;

static void put(Row *row, double value)
{
    row->real[row->n++] = sp_judge_real(value);
}

static guint32 n_clusters(const Cell *cell)
{
    return cell->area->is_fylke ? (guint32)cell->run->places.n_units
                                : sp_codes_size(cell->run->population.model->places->fylke_codes);
}

/* The forecaster that changes nothing. */
static gsize naive_of(const SpSeries *series)
{
    for (gsize i = 0; sp_forecasters[i].name != NULL; i++) {
        if (sp_forecasters[i].is_no_change && sp_forecaster_tells(&sp_forecasters[i], series)) {
            return i;
        }
    }
    return SP_NO_COLUMN;
}

/* The key of resampling: what is compared decides it, not the order of rows. */
static SpRandom key_of(const Cell *cell, gsize model, gsize peer)
{
    SpRandom random = sp_random_seed(cell->run->population.draws.seed);
    random = sp_random_named(sp_random_named(random, "backtest"), cell->outcome->series->name);
    random = sp_random_named(random, sp_series_group(cell->outcome->series, cell->group));
    random = sp_random_named(sp_random_named(random, sp_forecasters[model].name),
                             sp_forecasters[peer].name);
    random = sp_random_named(random, cell->area->code);
    random = sp_random_numbered(random, (guint64)cell->run->base);
    return sp_random_numbered(random, cell->year);
}

static void put_estimate(Row *row, SpEstimate estimate)
{
    put(row, estimate.estimate);
    put(row, estimate.low);
    put(row, estimate.high);
}

/* Mean difference of absolute errors in percent, and skill by absolute errors. */
static void put_comparison(Cell *cell, gsize model, gsize peer, Row *row)
{
    const SpEstimate none = {(double)NAN, (double)NAN, (double)NAN};
    gboolean has_peer = peer != SP_NO_COLUMN && peer != model && cell->scale[peer] > 0;
    gsize n = has_peer ? choose(cell, model, peer) : 0;
    if (n == 0) {
        put_estimate(row, none);
        put_estimate(row, none);
        return;
    }
    gsize n_percent = 0;
    g_autofree guint32 *cluster = g_new(guint32, n);
    for (gsize i = 0; i < n; i++) {
        if (cell->actual[i] > 0) {
            cell->low[n_percent] = 100 * fabs(cell->forecast[i] / cell->actual[i] - 1);
            cell->high[n_percent] = 100 * fabs(cell->other[i] / cell->actual[i] - 1);
            cluster[n_percent++] = cell->cluster[i];
        }
        cell->forecast[i] = fabs(cell->forecast[i] - cell->actual[i]);
        cell->other[i] = fabs(cell->other[i] - cell->actual[i]);
    }
    put_estimate(row,
                 sp_paired_difference(n_percent, cell->low, cell->high, cluster, n_clusters(cell)));
    put_estimate(row, sp_skill(n, cell->forecast, cell->other, cell->cluster, n_clusters(cell),
                               key_of(cell, model, peer)));
}

/* Coverage and score of one interval over kommuner that have it. */
typedef struct {
    double coverage, score;
} Held;

static Held find_interval(Cell *cell, gsize model, gsize n, const SpForecastFigure ends[2],
                          double level)
{
    gsize n_here = 0;
    for (gsize i = 0; i < n && !cell->is_given_country; i++) {
        SpReal low = figure(cell, model, ends[0], cell->unit[i]);
        SpReal high = figure(cell, model, ends[1], cell->unit[i]);
        if (sp_real_is_number(low) && sp_real_is_number(high)) {
            cell->low[n_here] = low.value;
            cell->high[n_here] = high.value;
            cell->other[n_here++] = cell->actual[i];
        }
    }
    return (Held){sp_coverage(n_here, cell->low, cell->high, cell->other),
                  sp_interval_score(n_here, level, cell->low, cell->high, cell->other)};
}

static void put_intervals(Cell *cell, gsize model, gsize n, Row *row)
{
    static const SpForecastFigure ends_80[] = {SP_FORECAST_P10, SP_FORECAST_P90};
    static const SpForecastFigure ends_90[] = {SP_FORECAST_P05, SP_FORECAST_P95};
    const Held in_80 = find_interval(cell, model, n, ends_80, 0.80);
    const Held in_90 = find_interval(cell, model, n, ends_90, 0.90);
    put(row, in_80.coverage);
    put(row, in_90.coverage);
    put(row, in_80.score);
    put(row, in_90.score);
}

/* Over what chance alone gives: told for counts, and not where the total is given. */
static double over_sd(Cell *cell, gsize n)
{
    const SpOutcome *outcome = cell->outcome;
    if (!outcome->series->is_count || cell->is_given_country) {
        return (double)NAN;
    }
    for (gsize i = 0; i < n; i++) {
        cell->sd[i] = outcome->sd == NULL
                          ? sqrt(cell->forecast[i])
                          : outcome->sd[sp_series_place(outcome->series, &cell->run->places,
                                                        cell->unit[i], cell->group, cell->year)];
    }
    return sp_error_over_sd(n, cell->forecast, cell->actual, cell->sd);
}

static double direction(Cell *cell, gsize n)
{
    gsize n_here = 0;
    for (gsize i = 0; i < n && !cell->is_given_country; i++) {
        SpReal base =
            cell->outcome->base[cell->unit[i] * cell->outcome->series->n_groups + cell->group];
        if (sp_real_is_number(base)) {
            cell->low[n_here] = base.value;
            cell->high[n_here] = cell->forecast[i];
            cell->other[n_here++] = cell->actual[i];
        }
    }
    return sp_sign_hit(n_here, cell->low, cell->high, cell->other);
}

static double theil_u(Cell *cell, gsize model)
{
    gsize naive = naive_of(cell->outcome->series);
    SpAccuracy ours, theirs;
    gsize n = naive == SP_NO_COLUMN ? 0 : choose(cell, model, naive);
    sp_accuracy(n, cell->forecast, cell->actual, 1, &ours);
    sp_accuracy(n, cell->other, cell->actual, 1, &theirs);
    return sp_theil_u(ours.rmse, theirs.rmse);
}

/* ---- rows ---- */

static void add_keys(const Cell *cell, gsize model, gsize row)
{
    char base[16], target[16];
    g_snprintf(base, sizeof base, "%d", cell->run->base);
    g_snprintf(target, sizeof target, "%d", cell->run->places.first_year + (int)cell->year);
    const char *const codes[N_KEYS] = {
        [SERIE] = cell->outcome->series->name,
        [MODELL] = sp_forecasters[model].name,
        [BASE] = base,
        [MAALAAR] = target,
        [GRUPPE] = sp_series_group(cell->outcome->series, cell->group),
        [OMRAADE] = cell->area->code,
        [GITT] = cell->is_given_country ? "landet" : "ingen",
    };
    for (gsize i = 0; i < N_KEYS; i++) {
        sp_table_set_code(cell->table, row, i, codes[i]);
    }
}

static void add_row(Cell *cell, gsize model)
{
    SpAccuracy accuracy;
    Row row = {.n = 0};
    double u = theil_u(cell, model);
    gsize n = choose(cell, model, SP_NO_COLUMN);
    if (n == 0 || cell->scale[model] <= 0) {
        return;
    }
    sp_accuracy(n, cell->forecast, cell->actual, (guint)cell->year + 1, &accuracy);
    if (cell->is_given_country && strcmp(cell->area->code, SP_REGION_COUNTRY_CODE) == 0) {
        /* Right by construction: what rounding leaves is no error. */
        accuracy.pe = accuracy.annual = 0;
    }
    const double plain[] = {(double)n,
                            (double)(cell->area->units->len - n),
                            accuracy.forecast,
                            accuracy.actual,
                            accuracy.pe,
                            accuracy.annual,
                            accuracy.mpe,
                            accuracy.mape,
                            accuracy.medape,
                            accuracy.wape,
                            accuracy.mae,
                            accuracy.rmse,
                            u,
                            over_sd(cell, n),
                            direction(cell, n)};
    for (gsize i = 0; i < G_N_ELEMENTS(plain); i++) {
        put(&row, plain[i]);
    }
    put_intervals(cell, model, n, &row);
    put_comparison(cell, model, naive_of(cell->outcome->series), &row);
    put_comparison(cell, model, sp_forecaster_find(cell->outcome->series->simple), &row);
    g_assert(row.n == N_MEASURES);
    gsize number = sp_table_add_row(cell->table);
    add_keys(cell, model, number);
    for (gsize i = 0; i < N_MEASURES; i++) {
        sp_table_set_real(cell->table, number, N_KEYS + i, row.real[i]);
    }
}

/* Each model's factor that makes its sum over the country the true one; 0 where it has none. */
static void find_scales(Cell *cell, const SpArea *country)
{
    const SpArea *area = cell->area;
    cell->area = country;
    for (gsize model = 0; model < sp_n_forecasters(); model++) {
        cell->scale[model] = 1;
    }
    gsize naive = naive_of(cell->outcome->series);
    gsize n_all = naive == SP_NO_COLUMN ? 0 : choose(cell, naive, SP_NO_COLUMN);
    for (gsize model = 0; cell->is_given_country && model < sp_n_forecasters(); model++) {
        double told = 0, seen = 0;
        gsize n = choose(cell, model, SP_NO_COLUMN);
        for (gsize i = 0; i < n; i++) {
            told += cell->forecast[i];
            seen += cell->actual[i];
        }
        /* A model that tells some kommuner alone has no sum of the country. */
        cell->scale[model] = told > 0 && n == n_all ? seen / told : 0;
    }
    cell->area = area;
}

static void add_areas(Cell *cell)
{
    const GArray *areas = cell->run->areas;
    find_scales(cell, &g_array_index(areas, SpArea, 0));
    for (guint i = 0; i < areas->len; i++) {
        cell->area = &g_array_index(areas, SpArea, i);
        for (gsize model = 0; model < sp_n_forecasters(); model++) {
            add_row(cell, model);
        }
    }
}

/* All ages: what no one could know of the country (refugees) is also taken away. */
static gboolean is_all_ages(const SpSeries *series, gsize group)
{
    return series->bands != NULL && series->bands[group].from == 0 &&
           series->bands[group].to == SP_N_AGES - 1;
}

static void add_outcome(Cell *cell, int target)
{
    for (gsize year = 0; year < cell->run->places.n_years; year++) {
        if (target != 0 && cell->run->places.first_year + (int)year != target) {
            continue;
        }
        cell->year = year;
        for (gsize group = 0; group < cell->outcome->series->n_groups; group++) {
            cell->group = group;
            cell->is_given_country = FALSE;
            add_areas(cell);
            cell->is_given_country = is_all_ages(cell->outcome->series, group);
            if (cell->is_given_country) {
                add_areas(cell);
            }
        }
    }
}

void sp_accuracy_add(const SpBacktestRun *run, int target, SpTable *table)
{
    gsize n = run->places.n_units + 1;
    g_autofree double *numbers = g_new(double, 6 * n + sp_n_forecasters());
    g_autofree gsize *unit = g_new(gsize, n);
    g_autofree guint32 *cluster = g_new(guint32, n);
    Cell cell = {
        .run = run,
        .table = table,
        .unit = unit,
        .forecast = numbers,
        .actual = numbers + n,
        .other = numbers + 2 * n,
        .low = numbers + 3 * n,
        .high = numbers + 4 * n,
        .sd = numbers + 5 * n,
        .scale = numbers + 6 * n,
        .cluster = cluster,
    };
    for (guint i = 0; i < run->outcomes->len; i++) {
        cell.outcome = &g_array_index(run->outcomes, SpOutcome, i);
        add_outcome(&cell, target);
    }
}
