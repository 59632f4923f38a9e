/* Forecasts of every kommune. */
#include "transforms/project/backtest/told.h"

#include "transforms/project/backtest/judge_table.h"

static const SpJudgeColumn told_keys[] = {{"serie", NULL},     {"modell", NULL},
                                          {"base", "period"},  {"maalaar", "period"},
                                          {"gruppe", "alder"}, {"region", "kommune"}};
static const SpJudgeColumn told_measures[SP_N_FORECAST] = {
    {"verdi", NULL}, {"p05", NULL}, {"p10", NULL}, {"p90", NULL}, {"p95", NULL}};

SpTable *sp_told_table_new(void)
{
    return sp_judge_table_new("treffsikkerhet_prognose", told_keys, G_N_ELEMENTS(told_keys),
                              told_measures, G_N_ELEMENTS(told_measures));
}

static void add_told(const SpOutcome *outcome, gsize model, gsize place, const char *const codes[],
                     SpTable *table)
{
    const SpTold *told = &outcome->told[model];
    if (!sp_real_is_number(told->figure[SP_FORECAST_EXPECTED][place])) {
        return;
    }
    gsize row = sp_table_add_row(table), n_keys = G_N_ELEMENTS(told_keys);
    for (gsize i = 0; i < n_keys; i++) {
        sp_table_set_code(table, row, i, codes[i]);
    }
    for (gsize i = 0; i < SP_N_FORECAST; i++) {
        sp_table_set_real(table, row, n_keys + i, told->figure[i][place]);
    }
}

static void add_told_model(const SpBacktestRun *run, const SpOutcome *outcome, gsize model,
                           int target, SpTable *table)
{
    char base[16], year_text[16];
    g_snprintf(base, sizeof base, "%d", run->base);
    for (gsize year = 0; year < run->places.n_years; year++) {
        int of = run->places.first_year + (int)year;
        g_snprintf(year_text, sizeof year_text, "%d", of);
        for (gsize unit = 0; (target == 0 || of == target) && unit < run->places.n_units; unit++) {
            for (gsize group = 0; group < outcome->series->n_groups; group++) {
                const char *const codes[] = {outcome->series->name,
                                             sp_forecasters[model].name,
                                             base,
                                             year_text,
                                             sp_series_group(outcome->series, group),
                                             run->places.units[unit]};
                add_told(outcome, model,
                         sp_series_place(outcome->series, &run->places, unit, group, year), codes,
                         table);
            }
        }
    }
}

void sp_told_add(const SpBacktestRun *run, int target, SpTable *table)
{
    for (guint i = 0; i < run->outcomes->len; i++) {
        const SpOutcome *outcome = &g_array_index(run->outcomes, SpOutcome, i);
        for (gsize model = 0; model < sp_n_forecasters(); model++) {
            if (outcome->told[model].figure[SP_FORECAST_EXPECTED] != NULL) {
                add_told_model(run, outcome, model, target, table);
            }
        }
    }
}
