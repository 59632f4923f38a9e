/* One base of the back-test. */
#include "transforms/project/backtest/run.h"

#include "core/error.h"
#include "transforms/project/backtest/areas.h"
#include "transforms/project/backtest/asof.h"

#include <string.h>

gsize sp_n_forecasters(void)
{
    gsize n = 0;
    while (sp_forecasters[n].name != NULL) {
        n++;
    }
    return n;
}

gsize sp_forecaster_find(const char *name)
{
    for (gsize i = 0; sp_forecasters[i].name != NULL; i++) {
        if (strcmp(sp_forecasters[i].name, name) == 0) {
            return i;
        }
    }
    return SP_NO_COLUMN;
}

const SpOutcome *sp_backtest_outcome(const SpBacktestRun *run, const char *series)
{
    for (guint i = 0; i < run->outcomes->len; i++) {
        const SpOutcome *outcome = &g_array_index(run->outcomes, SpOutcome, i);
        if (strcmp(outcome->series->name, series) == 0) {
            return outcome;
        }
    }
    return NULL;
}

static void outcome_clear(gpointer data)
{
    SpOutcome *outcome = data;
    for (gsize i = 0; outcome->told != NULL && i < sp_n_forecasters(); i++) {
        for (gsize figure = 0; figure < SP_N_FORECAST; figure++) {
            g_free(outcome->told[i].figure[figure]);
        }
    }
    g_free(outcome->told);
    g_free(outcome->base);
    g_free(outcome->actual);
    g_free(outcome->sd);
}

void sp_backtest_run_free(SpBacktestRun *run)
{
    if (run == NULL) {
        return;
    }
    g_clear_pointer(&run->outcomes, g_array_unref);
    g_clear_pointer(&run->areas, g_array_unref);
    g_free(run->is_left_out);
    g_free(run->population.persons);
    sp_table_free(run->population.table);
    sp_population_model_free(run->population.model);
    sp_tables_free(run->known);
    sp_tables_free(run->rules);
    g_free(run);
}

/* ---- what was known ---- */

static gboolean make_population(SpBacktestRun *run, const SpBacktestOptions *options, int horizon,
                                SpQuality *quality, GError **error)
{
    SpPopulationOptions population = options->population;
    population.base = run->base;
    population.horizon = horizon;
    run->population.draws = options->draws;
    run->population.model = sp_population_model_new(run->known, &population, quality, error);
    if (run->population.model == NULL) {
        return FALSE;
    }
    const SpHistory *history = run->population.model->history;
    run->population.n_days = (gsize)(horizon - run->base) + 1;
    run->population.persons = g_new(SpPersons, history->n_regions * run->population.n_days);
    sp_population_project(run->population.model, run->population.n_days, run->population.persons,
                          quality);
    run->places = (SpSeriesPlaces){
        .n_units = history->n_regions,
        .units = (const char *const *)history->codes,
        .first_year = run->base + 1,
        .n_years = (gsize)(horizon - run->base),
    };
    run->population.table = sp_known_population_table(&run->population, &run->places);
    return TRUE;
}

/* Divided kommuner are told whether the base knew of them or not. */
static gboolean find_left_out(SpBacktestRun *run, const SpTables *in, SpQuality *quality,
                              GError **error)
{
    g_autoptr(GHashTable) divided = sp_divided_kommuner(
        sp_tables_find(in, "folkemengde"), sp_tables_find(in, "kommune_endring"), error);
    if (divided == NULL) {
        return FALSE;
    }
    run->is_left_out = g_new(gboolean, run->places.n_units + 1);
    for (gsize unit = 0; unit < run->places.n_units; unit++) {
        run->is_left_out[unit] = g_hash_table_contains(divided, run->places.units[unit]);
    }
    g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(divided), (GCompareFunc)strcmp);
    for (GList *each = codes; each != NULL; each = each->next) {
        sp_quality_note(quality, "backtest_left_out", each->data, 0,
                        "divided, or with a part of a divided kommune, after the first day of "
                        "folkemengde: its figures before are modelled, so it is in no measure");
    }
    return TRUE;
}

static void find_areas(SpBacktestRun *run, const SpBacktestOptions *options)
{
    g_autofree double *persons = g_new(double, run->places.n_units + 1);
    for (gsize unit = 0; unit < run->places.n_units; unit++) {
        persons[unit] = sp_known_persons(&run->population, unit, 0, 0, SP_N_AGES - 1);
    }
    run->areas =
        sp_areas_new(run->population.model->places, persons, options->sizes, options->n_sizes);
}

/* ---- forecasts and what happened ---- */

static gboolean ask(const SpBacktestRun *run, const SpForecastTask *task, gsize number,
                    SpOutcome *outcome, GError **error)
{
    const SpForecaster *forecaster = &sp_forecasters[number];
    SpReal **figure = outcome->told[number].figure;
    gsize n = run->places.n_units * task->series->n_groups * run->places.n_years;
    if (!sp_forecaster_tells(forecaster, task->series)) {
        return TRUE;
    }
    for (gsize i = 0; i < SP_N_FORECAST; i++) {
        figure[i] = g_new(SpReal, n + 1);
        for (gsize place = 0; place < n; place++) {
            figure[i][place] = sp_real_none(SP_MISSING);
        }
    }
    if (!forecaster->forecast(task, figure, error)) {
        g_prefix_error(error, "%s of %s: ", forecaster->name, task->series->name);
        return FALSE;
    }
    return TRUE;
}

static gboolean make_outcome(const SpBacktestRun *run, const SpTables *in, const SpSeries *series,
                             SpOutcome *outcome, GError **error)
{
    const SpForecastTask task = {
        .series = series,
        .base = run->base,
        .places = run->places,
        .known = run->known,
        .rules = run->rules,
        .population = &run->population,
    };
    SpSeriesPlaces base = run->places;
    base.first_year = run->base;
    base.n_years = 1;
    gsize n_cells = base.n_units * series->n_groups;
    *outcome = (SpOutcome){
        .series = series,
        .base = g_new(SpReal, n_cells + 1),
        .actual = g_new(SpReal, n_cells * run->places.n_years + 1),
        .told = g_new0(SpTold, sp_n_forecasters()),
    };
    if (!sp_series_read(series, run->known, &base, outcome->base, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_n_forecasters(); i++) {
        if (!ask(run, &task, i, outcome, error)) {
            return FALSE;
        }
    }
    if (series->is_population) {
        outcome->sd = g_new(double, n_cells * run->places.n_years + 1);
        sp_population_chance(&task, outcome->sd);
    }
    /* Only now what happened is read: no forecaster has seen it. */
    return sp_series_read(series, in, &run->places, outcome->actual, error);
}

static gboolean fill(SpBacktestRun *run, const SpBacktestInput *input, SpQuality *quality,
                     GError **error)
{
    int horizon = run->base + (int)run->places.n_years;
    if (!sp_as_of_check(run->known, run->base, error) ||
        !make_population(run, input->options, horizon, quality, error) ||
        !find_left_out(run, input->in, quality, error)) {
        return FALSE;
    }
    find_areas(run, input->options);
    for (guint i = 0; i < input->series->len; i++) {
        SpOutcome outcome;
        gboolean is_made = make_outcome(run, input->in, &g_array_index(input->series, SpSeries, i),
                                        &outcome, error);
        g_array_append_val(run->outcomes, outcome);
        if (!is_made) {
            return FALSE;
        }
    }
    return TRUE;
}

SpBacktestRun *sp_backtest_run_new(const SpBacktestInput *input, int base, int horizon,
                                   SpQuality *quality, GError **error)
{
    g_autoptr(SpBacktestRun) run = g_new0(SpBacktestRun, 1);
    run->base = base;
    run->places.n_years = (gsize)(horizon - base);
    run->known = sp_as_of_cut(input->in, base, quality);
    run->rules = sp_as_of_rules(input->in);
    run->outcomes = g_array_new(FALSE, FALSE, sizeof(SpOutcome));
    g_array_set_clear_func(run->outcomes, outcome_clear);
    if (!fill(run, input, quality, error)) {
        g_prefix_error(error, "back-test from 1 January %d: ", base);
        return NULL;
    }
    return g_steal_pointer(&run);
}
