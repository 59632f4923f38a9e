/* Run and lineage of the back-test. */
#include "core/error.h"
#include "transforms/project/backtest/backtest.h"
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

static void add_input(SpExplanation *explanation, const char *table, const char *measure)
{
    SpCell *cell = sp_cell_new(table, measure);
    g_ptr_array_add(explanation->inputs,
                    sp_cell_with(sp_cell_with(cell, "region", "*"), "period", "*"));
}

/* The table and measure of a series, from the list of series. FALSE when it is not there. */
static gboolean find_series(const SpTables *in, const char *name, const char **table,
                            const char **measure)
{
    const SpTable *list = sp_tables_find(in, "treffsikkerhet_serier");
    gsize columns[3];
    static const char *const names[] = {"serie", "tabell", "maal"};
    if (list == NULL || !sp_table_need_all(list, names, 3, SP_COLUMN_CODE, columns, NULL)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(list); row++) {
        if (strcmp(sp_table_code(list, row, columns[0]), name) == 0) {
            *table = sp_table_code(list, row, columns[1]);
            *measure = sp_table_code(list, row, columns[2]);
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean explain_backtest(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                                 SpExplanation *explanation, GError **error)
{
    const char *series = sp_cell_code(cell, "serie"), *table, *measure;
    (void)settings;
    gboolean is_ours = strcmp(cell->table, "treffsikkerhet") == 0 ||
                       strcmp(cell->table, "treffsikkerhet_deling") == 0;
    if (!is_ours || series == NULL || sp_cell_code(cell, "base") == NULL ||
        sp_cell_code(cell, "maalaar") == NULL || sp_cell_code(cell, "modell") == NULL ||
        !find_series(in, series, &table, &measure)) {
        return sp_project_not_ours(cell, error);
    }
    /* What happened, what was known, and what the forecast learnt from. */
    add_input(explanation, table, measure);
    if (strcmp(table, "folkemengde") != 0) {
        add_input(explanation, "folkemengde", "innbyggere");
    }
    static const char *const rates[][2] = {{"doedelighet", "doedsrate"},
                                           {"fruktbarhet", "fruktbarhetsrate"}};
    for (gsize i = 0; i < G_N_ELEMENTS(rates); i++) {
        if (sp_tables_find(in, rates[i][0]) != NULL) {
            SpCell *rate = sp_cell_new(rates[i][0], rates[i][1]);
            g_ptr_array_add(explanation->inputs, sp_cell_with(rate, "period", "*"));
        }
    }
    for (gsize i = 0; i < SP_N_BACKTEST_KEYS; i++) {
        g_ptr_array_add(explanation->settings, g_strdup(sp_backtest_keys[i]));
    }
    explanation->method =
        g_strdup(strcmp(cell->table, "treffsikkerhet") == 0
                     ? "forecasts from figures known on 1 January of the base against what "
                       "happened, docs/methods/backtest.md#measures"
                     : "the error parted by logarithmic means, docs/methods/backtest.md#parts");
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
