/* Run and lineage of the back-test. */
#include "transforms/project/backtest/backtest.h"
#include "transforms/project/backtest/run.h"
#include "transforms/project/lineage.h"
#include "transforms/project/project.h"

#include <string.h>

static gboolean run_backtest(const SpTables *in, const SpSettings *settings, SpTables *out,
                             SpQuality *quality, GError **error)
{
    g_auto(SpBacktestOptions) options;
    if (!sp_backtest_options_init(&options, in, settings, error) ||
        !sp_backtest(in, &options, out, quality, error)) {
        return FALSE;
    }
    /* Forecasts of every kommune are for those who ask for them: the verb. */
    sp_table_free(sp_tables_steal(out, "treffsikkerhet_prognose"));
    return TRUE;
}

/* The row of the list of series, SP_NO_COLUMN when it is not there. */
static gsize find_series(const SpTable *list, const char *name)
{
    gsize column = list == NULL ? SP_NO_COLUMN : sp_table_find(list, "serie");
    for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(list); row++) {
        if (strcmp(sp_table_code(list, row, column), name) == 0) {
            return row;
        }
    }
    return SP_NO_COLUMN;
}

static const char *text_of(const SpTable *list, gsize row, const char *column)
{
    gsize at = sp_table_find(list, column);
    return at == SP_NO_COLUMN ? "" : sp_table_code(list, row, at);
}

/* What the levels of a chain ("befolkning=080-105 hjemmetjenestebrukere") were. */
static void add_chain(const SpTables *in, const SpTable *list, gsize row,
                      SpExplanation *explanation)
{
    g_auto(GStrv) levels = g_strsplit(text_of(list, row, "kjede"), " ", -1);
    for (char **level = levels; *level != NULL; level++) {
        g_auto(GStrv) words = g_strsplit(*level, "=", 2);
        if (words[0] != NULL) {
            sp_project_add_listed(in, "treffsikkerhet_serier", "serie", words[0], explanation);
        }
    }
}

static void add_people(const SpTables *in, gboolean is_rounds, SpExplanation *explanation)
{
    for (const char *const *name = sp_backtest_people; *name != NULL; name++) {
        if (g_str_has_prefix(*name, "ssb_framskriving") == is_rounds) {
            sp_project_add_table(in, *name, NULL, explanation);
        }
    }
}

/* What a model of the series reads beside the series itself. */
static void add_model(const SpTables *in, const char *model, SpExplanation *explanation)
{
    gsize number = sp_forecaster_find(model);
    if (number == SP_NO_COLUMN || sp_forecasters[number].is_no_change) {
        return;
    }
    add_people(in, strcmp(model, "ssb") == 0, explanation);
    if (sp_forecasters[number].forecast == sp_forecast_own_demand) {
        sp_project_add_table(in, "bruk", NULL, explanation);
        sp_project_add_table(in, "bruk_tidligere", NULL, explanation);
        sp_project_add_table(in, "vertskommune", "vertskommune", explanation);
        sp_project_add_listed(in, "tjenester", NULL, NULL, explanation);
    }
}

static gboolean explain_backtest(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                                 SpExplanation *explanation, GError **error)
{
    const char *series = sp_cell_code(cell, "serie"), *model = sp_cell_code(cell, "modell");
    const SpTable *list = sp_tables_find(in, "treffsikkerhet_serier");
    gboolean is_parts = strcmp(cell->table, "treffsikkerhet_deling") == 0;
    (void)settings;
    if ((!is_parts && strcmp(cell->table, "treffsikkerhet") != 0) || series == NULL ||
        model == NULL || sp_cell_code(cell, "base") == NULL ||
        sp_cell_code(cell, "maalaar") == NULL || find_series(list, series) == SP_NO_COLUMN) {
        return sp_project_not_ours(cell, error);
    }
    /* What happened and what was known, what the forecast learnt from, and what it is held
     * against. */
    gsize row = find_series(list, series);
    sp_project_add_listed(in, "treffsikkerhet_serier", "serie", series, explanation);
    add_model(in, model, explanation);
    if (is_parts) {
        add_chain(in, list, row, explanation);
        add_people(in, FALSE, explanation);
    }
    if (strstr(cell->measure, "enkel") != NULL) {
        add_model(in, text_of(list, row, "enkel"), explanation);
    }
    for (gsize i = 0; i < SP_N_BACKTEST_KEYS; i++) {
        g_ptr_array_add(explanation->settings, g_strdup(sp_backtest_keys[i]));
    }
    explanation->method =
        g_strdup(is_parts ? "the error parted by logarithmic means, docs/methods/backtest.md#parts"
                          : "forecasts from figures known on 1 January of the base against what "
                            "happened, docs/methods/backtest.md#measures");
    return TRUE;
}

const SpTransform sp_transform_backtest = {
    .name = "backtest",
    .summary = "how near projections from earlier years came",
    .config_keys = sp_backtest_keys,
    .n_config_keys = SP_N_BACKTEST_KEYS,
    .run = run_backtest,
    .explain = explain_backtest,
};
