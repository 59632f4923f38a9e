/* Run and lineage of gap, recruitment need and demographic cost. */
#include "core/error.h"
#include "core/number.h"
#include "core/rollup.h"
#include "transforms/project/balance/balance.h"
#include "transforms/project/balance/cost_table.h"
#include "transforms/project/balance/gap.h"
#include "transforms/project/balance/gap_table.h"
#include "transforms/project/balance/recruitment_table.h"
#include "transforms/project/lineage.h"
#include "transforms/project/scenario.h"

#include <string.h>

#define DEMAND "framskriving_etterspoersel"
#define SUPPLY "framskriving_tilbud"
#define COST_GROUPS "project.cost_groups"

static const char *const config_keys[] = {COST_GROUPS};

/* TRUE if all are there; else the first that is not is told. */
static gboolean has_all(const SpTables *in, const char *made, const char *const names[], gsize n,
                        SpQuality *quality)
{
    for (gsize i = 0; i < n; i++) {
        if (sp_tables_find(in, names[i]) == NULL) {
            sp_quality_note(quality, "left_out", made, 0,
                            "there is no table %s in this edition; %s is not made", names[i], made);
            return FALSE;
        }
    }
    return TRUE;
}

static const char *first_period(const SpTable *table)
{
    gsize column = sp_table_find(table, "period");
    const char *first = NULL;
    for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, column);
        first = first == NULL || strcmp(code, first) < 0 ? code : first;
    }
    return first != NULL ? first : "";
}

static gboolean gap_input_init(SpGapInput *input, const SpTables *in, SpQuality *quality,
                               GError **error)
{
    SpScenario scenario;
    sp_scenario_init(&scenario, NULL);
    if (!sp_scenario_read(in, &scenario, error)) {
        return FALSE;
    }
    const SpTable *demand = sp_tables_find(in, DEMAND);
    *input = (SpGapInput){.demand = demand,
                          .supply = sp_tables_find(in, SUPPLY),
                          .base = scenario.balance.base};
    input->shortage = sp_shortage_new(in, scenario.balance.base_gap, first_period(demand), quality,
                                      error);
    return input->shortage != NULL;
}

static gboolean add(SpTables *out, SpTable *table)
{
    if (table != NULL) {
        sp_tables_add(out, table);
    }
    return table != NULL;
}

static gboolean add_gap(const SpTables *in, SpTables *out, SpQuality *quality, GError **error)
{
    static const char *const names[] = {DEMAND, SUPPLY};
    SpGapInput input;
    if (!has_all(in, "framskriving_gap", names, G_N_ELEMENTS(names), quality)) {
        return TRUE;
    }
    if (!gap_input_init(&input, in, quality, error)) {
        return FALSE;
    }
    g_autoptr(SpShortage) shortage = (SpShortage *)input.shortage;
    return add(out, sp_gap_table(&input, quality, error)) &&
           add(out, sp_balance_table(&input, error));
}

/* A table that could not be made for a reason that was told is no failure. */
static gboolean add_optional(SpTables *out, SpTable *table, GError *failure, GError **error)
{
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    (void)add(out, table);
    return TRUE;
}

static gboolean add_recruitment(const SpTables *in, SpTables *out, SpQuality *quality,
                                GError **error)
{
    static const char *const names[] = {DEMAND, "alder_og_stabilitet", "region"};
    if (!has_all(in, "rekrutteringsbehov", names, G_N_ELEMENTS(names), quality)) {
        return TRUE;
    }
    const SpRecruitmentInput input = {.demand = sp_tables_find(in, DEMAND),
                                      .turnover = sp_tables_find(in, names[1]),
                                      .regions = sp_tables_find(in, names[2])};
    GError *failure = NULL;
    SpTable *table = sp_recruitment_table(&input, quality, &failure);
    return add_optional(out, table, failure, error);
}

static gboolean add_cost(const SpTables *in, const SpSettings *settings, SpTables *out,
                         SpQuality *quality, GError **error)
{
    static const char *const names[] = {"framskriving_befolkning", "regnskap", "kostnad"};
    if (!has_all(in, "demografikostnad", names, G_N_ELEMENTS(names), quality)) {
        return TRUE;
    }
    g_auto(GStrv) groups = sp_settings_list(settings, COST_GROUPS, error);
    if (groups == NULL) {
        return FALSE;
    }
    const SpCostInput input = {.population = sp_tables_find(in, names[0]),
                               .accounts = sp_tables_find(in, names[1]),
                               .use = sp_tables_find(in, names[2]),
                               .groups = groups};
    GError *failure = NULL;
    SpTable *table = sp_cost_table(&input, quality, &failure);
    return add_optional(out, table, failure, error);
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    return add_gap(in, out, quality, error) && add_recruitment(in, out, quality, error) &&
           add_cost(in, settings, out, quality, error);
}

/* ---- lineage ---- */

static void add_cell(SpExplanation *explanation, const char *table, const char *measure,
                     const char *region, const char *yrke, const char *period)
{
    SpCell *cell = sp_cell_with(sp_cell_new(table, measure), "region", region);
    sp_cell_with(sp_cell_with(cell, "yrke", yrke), "period", period);
    g_ptr_array_add(explanation->inputs, cell);
}

/* "gap = 1 on 2026-01-01 + 3 more needed - 0.5 more supply": signs as the parts have them. */
static char *tell_parts(const double parts[SP_N_GAP_PARTS], const char *base)
{
    char text[SP_N_GAP_PARTS][SP_NUMBER_SIZE];
    for (guint i = 0; i < SP_N_GAP_PARTS; i++) {
        sp_number_format(parts[i], text[i]);
    }
    return g_strdup_printf("demand + initial shortage - scaled supply = %s on %s, %s by growth of "
                           "demand, %s by change of supply, docs/methods/balance.md#gap",
                           text[SP_GAP_START], base, text[SP_GAP_DEMAND], text[SP_GAP_SUPPLY]);
}

static gboolean explain_gap(const SpTables *in, const SpCell *cell, SpExplanation *explanation,
                            GError **error)
{
    const char *region = sp_cell_code(cell, "region"), *yrke = sp_cell_code(cell, "yrke");
    const char *period = sp_cell_code(cell, "period");
    if (region == NULL || yrke == NULL || period == NULL || sp_tables_find(in, DEMAND) == NULL ||
        sp_tables_find(in, SUPPLY) == NULL) {
        return sp_project_not_ours(cell, error);
    }
    g_autoptr(SpQuality) told = sp_quality_new();
    SpGapInput input;
    if (!gap_input_init(&input, in, told, error)) {
        return FALSE;
    }
    g_autoptr(SpShortage) shortage = (SpShortage *)input.shortage;
    const char *base = first_period(input.demand);
    gboolean is_demand = strcmp(cell->measure, "etterspoersel") == 0;
    gboolean is_supply = strcmp(cell->measure, "tilbud") == 0;
    if (!is_supply) {
        add_cell(explanation, DEMAND, "aarsverk", region, yrke, period);
    }
    if (!is_demand) {
        add_cell(explanation, SUPPLY, "aarsverk", region, yrke, period);
        if (input.base == SP_BASE_BALANCED) {
            add_cell(explanation, DEMAND, "aarsverk", SP_REGION_COUNTRY_CODE, yrke, base);
            add_cell(explanation, SUPPLY, "aarsverk", SP_REGION_COUNTRY_CODE, yrke, base);
        }
    }
    explanation->is_injective = is_demand;
    if (is_demand || is_supply) {
        explanation->method = g_strdup(
            is_demand ? "the figure itself"
                      : "supply times the country's demand over its supply in the base, "
                        "docs/methods/balance.md#base");
        return TRUE;
    }
    double parts[SP_N_GAP_PARTS];
    GError *failure = NULL;
    gboolean has_parts = sp_gap_cell_parts(&input, region, yrke, period, parts, &failure);
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    explanation->method = has_parts ? tell_parts(parts, base)
                                    : g_strdup("no gap: a part of it is no number, "
                                               "docs/methods/balance.md#gap");
    return TRUE;
}

static gboolean explain_recruitment(const SpTables *in, const SpCell *cell,
                                    SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region"), *yrke = sp_cell_code(cell, "yrke");
    if (region == NULL || yrke == NULL || sp_cell_code(cell, "period") == NULL ||
        sp_tables_find(in, DEMAND) == NULL) {
        return sp_project_not_ours(cell, error);
    }
    static const char *const measures[] = {"turnover_personer", "sluttet_brutto", "sluttet_netto"};
    add_cell(explanation, DEMAND, "aarsverk", region, yrke, "*");
    /* Rates are shrunk towards all kommuner and all professions, so all are behind each. */
    for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
        SpCell *left = sp_cell_new("alder_og_stabilitet", measures[i]);
        sp_cell_with(sp_cell_with(left, "region", "*"), "yrke", "*");
        sp_cell_with(sp_cell_with(sp_cell_with(left, "alder", "*"), "kjonn", "0"), "period", "*");
        g_ptr_array_add(explanation->inputs, left);
    }
    explanation->method =
        g_strdup("recruitment = growth of the need since the base + those who left in the years "
                 "between, at the shrunk exit rate, docs/methods/balance.md#recruitment");
    return TRUE;
}

static gboolean explain_cost(const SpCell *cell, SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region"), *function = sp_cell_code(cell, "funksjon");
    const char *period = sp_cell_code(cell, "period");
    if (region == NULL || function == NULL || period == NULL) {
        return sp_project_not_ours(cell, error);
    }
    gboolean is_own = strcmp(cell->measure, "merkostnad") != 0;
    gboolean is_all = strcmp(function, "alle") == 0;
    SpCell *spending = sp_cell_new("regnskap", "beloep");
    sp_cell_with(sp_cell_with(spending, "region", is_own ? region : "*"), "kontoklasse", "drift");
    sp_cell_with(sp_cell_with(spending, "funksjon", is_all ? "*" : function), "artsgruppe", "*");
    g_ptr_array_add(explanation->inputs, sp_cell_with(spending, "period", "*"));
    if (strcmp(cell->measure, "utgift_basis") != 0) {
        g_ptr_array_add(explanation->inputs,
                        sp_project_person_cell("framskriving_befolkning", region, "*", "*", "*"));
    }
    g_ptr_array_add(explanation->settings, g_strdup(COST_GROUPS));
    explanation->method =
        g_strdup("sum over functions and ages of the cost per head x the change of persons since "
                 "the base, docs/methods/balance.md#cost");
    return TRUE;
}

static gboolean explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error)
{
    (void)settings;
    if (strcmp(cell->table, "framskriving_gap") == 0) {
        return explain_gap(in, cell, explanation, error);
    }
    if (strcmp(cell->table, "rekrutteringsbehov") == 0) {
        return explain_recruitment(in, cell, explanation, error);
    }
    if (strcmp(cell->table, "demografikostnad") == 0) {
        return explain_cost(cell, explanation, error);
    }
    const char *yrke = sp_cell_code(cell, "yrke"), *period = sp_cell_code(cell, "period");
    if (strcmp(cell->table, "framskriving_balanse") != 0 || yrke == NULL || period == NULL) {
        return sp_project_not_ours(cell, error);
    }
    if (strcmp(cell->measure, "tilbud") != 0) {
        add_cell(explanation, DEMAND, "aarsverk", SP_REGION_COUNTRY_CODE, yrke, period);
    }
    if (strcmp(cell->measure, "etterspoersel") != 0) {
        add_cell(explanation, SUPPLY, "aarsverk", SP_REGION_COUNTRY_CODE, yrke, period);
    }
    explanation->is_injective = strcmp(cell->measure, "faktor") != 0;
    explanation->method = g_strdup("the country's demand over its supply in the base, "
                                   "docs/methods/balance.md#base");
    return TRUE;
}

const SpTransform sp_transform_balance = {
    .name = "balance",
    .summary = "gap, recruitment need and demographic cost",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = explain,
};
