/* Lineage of indicator values and of what is computed from them. */
#include "transforms/vary/lineage.h"

#include "core/error.h"
#include "core/period.h"
#include "transforms/vary/hosts.h"
#include "transforms/vary/positions.h"

#include <string.h>

/* Cells behind one formula; all kommuner when region is "*". */
static gboolean add_cells(const SpTables *in, const SpFormula *formula, const char *region,
                          const char *period, SpExplanation *explanation)
{
    SpPeriod parsed;
    if (formula == NULL || sp_formula_lacks(formula, in) != NULL) {
        return FALSE;
    }
    /* Four years together: each of them, in its own form of period. */
    if (sp_period_parse(period, &parsed) && parsed.kind == SP_PERIOD_MOVING_MEAN) {
        sp_formula_cells(formula, in, region, "*", explanation->inputs);
        return FALSE;
    }
    return sp_formula_cells(formula, in, region, period, explanation->inputs);
}

/* The bands of indirect standardisation over all kommuner. */
static void add_bands(const SpTables *in, const SpIndicator *indicator, const char *period,
                      SpExplanation *explanation)
{
    const GPtrArray *const lists[] = {indicator->teller_parts, indicator->nevner_parts};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        for (guint k = 0; lists[i] != NULL && k < lists[i]->len; k++) {
            add_cells(in, g_ptr_array_index(lists[i], k), "*", period, explanation);
        }
    }
}

/* forventet, and the variance around it, which for årsverk asks for the sizes of positions too. */
static void explain_expected(const SpTables *in, const SpIndicator *indicator, const SpCell *cell,
                             SpExplanation *explanation)
{
    const char *region = sp_cell_code(cell, "region");
    const char *period = sp_cell_code(cell, "period");
    add_cells(in, indicator->nevner, region, period, explanation);
    for (guint k = 0; indicator->nevner_parts != NULL && k < indicator->nevner_parts->len; k++) {
        add_cells(in, g_ptr_array_index(indicator->nevner_parts, k), region, period, explanation);
    }
    add_cells(in, indicator->teller, "*", period, explanation);
    add_cells(in, indicator->nevner, "*", period, explanation);
    add_bands(in, indicator, period, explanation);
    if (strcmp(cell->measure, "varians") == 0 && indicator->kind == SP_KIND_AARSVERK &&
        sp_tables_find(in, SP_TABLE_POSITIONS) != NULL) {
        SpCell *positions = sp_cell_new(SP_TABLE_POSITIONS, "aarsverk");
        sp_cell_with(positions, "region", "0");
        g_ptr_array_add(explanation->inputs, positions);
    }
    explanation->method = g_strdup("the country's rates on the kommune's own population, "
                                   "docs/methods/variation.md#expected");
}

/* Kommuner that share a service are counted together: any of them may stand in the figure, which
 * then is not one cell. */
static void add_host_cells(const SpTables *in, const SpIndicator *indicator, const SpCell *cell,
                           SpExplanation *explanation)
{
    if (indicator->host_service == NULL || sp_tables_find(in, SP_TABLE_HOSTS) == NULL) {
        return;
    }
    const char *period = sp_cell_code(cell, "period");
    add_cells(in, indicator->teller, "*", period, explanation);
    add_cells(in, indicator->nevner, "*", period, explanation);
    explanation->is_injective = FALSE;
}

static gboolean explain_value(const SpTables *in, const SpIndicator *indicator, const SpCell *cell,
                              SpExplanation *explanation)
{
    const char *region = sp_cell_code(cell, "region");
    const char *period = sp_cell_code(cell, "period");
    if (strcmp(cell->measure, "teller") == 0 && indicator->teller != NULL) {
        explanation->is_injective = add_cells(in, indicator->teller, region, period, explanation);
        explanation->method = g_strdup_printf("teller: %s", sp_formula_text(indicator->teller));
    } else if (strcmp(cell->measure, "nevner") == 0 && indicator->nevner != NULL) {
        explanation->is_injective = add_cells(in, indicator->nevner, region, period, explanation);
        explanation->method = g_strdup_printf("nevner: %s", sp_formula_text(indicator->nevner));
    } else if (strcmp(cell->measure, "verdi") == 0 && indicator->verdi != NULL) {
        explanation->is_injective = add_cells(in, indicator->verdi, region, period, explanation);
        explanation->method = g_strdup_printf("verdi: %s", sp_formula_text(indicator->verdi));
    } else if (strcmp(cell->measure, "verdi") == 0) {
        /* The population is public, so the rate gives the count away. */
        explanation->is_injective = add_cells(in, indicator->teller, region, period, explanation);
        add_cells(in, indicator->nevner, region, period, explanation);
        explanation->method =
            g_strdup("teller / nevner * per, docs/methods/variation.md#indicators");
    } else if (indicator->has_chance &&
               (strcmp(cell->measure, "forventet") == 0 || strcmp(cell->measure, "varians") == 0)) {
        explain_expected(in, indicator, cell, explanation);
    } else {
        return FALSE;
    }
    add_host_cells(in, indicator, cell, explanation);
    return TRUE;
}

static gboolean is_one_of(const char *word, const char *const words[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (strcmp(word, words[i]) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* A figure of indikatorverdi as an input. */
static void add_value(SpExplanation *explanation, const char *measure, const SpCell *cell,
                      const char *region)
{
    SpCell *input = sp_cell_new("indikatorverdi", measure);
    sp_cell_with(input, "indikator", sp_cell_code(cell, "indikator"));
    sp_cell_with(input, "region", region);
    sp_cell_with(input, "period", sp_cell_code(cell, "period"));
    g_ptr_array_add(explanation->inputs, input);
}

static gboolean explain_variation(const SpIndicator *indicator, const SpCell *cell,
                                  SpExplanation *explanation)
{
    static const char *const plain[] = {"n_kommuner", "n_utelatt", "eq",       "ft2",
                                        "ft3",        "cv",        "cv_vektet"};
    static const char *const chance[] = {
        "scv",        "scv_andel_utelatt", "kji2", "kji2_frihetsgrader", "marshall_a",
        "marshall_b", "andel_utenfor_998"};
    const gboolean has_chance = indicator->has_chance;
    if (indicator->kind == SP_KIND_AARSVERK && g_str_has_prefix(cell->measure, "scv")) {
        return FALSE;
    }
    if (!is_one_of(cell->measure, plain, G_N_ELEMENTS(plain)) &&
        !(has_chance && is_one_of(cell->measure, chance, G_N_ELEMENTS(chance)))) {
        return FALSE;
    }
    static const char *const measures[] = {"teller", "nevner", "verdi", "forventet", "varians"};
    for (gsize i = 0; i < (has_chance ? 5 : 3); i++) {
        add_value(explanation, measures[i], cell, "*");
    }
    if (g_str_has_prefix(cell->measure, "scv")) {
        g_ptr_array_add(explanation->settings, g_strdup("vary.scv_minimum_expected"));
    }
    explanation->method =
        g_strdup_printf("%s over all kommuner, docs/methods/variation.md#measures", cell->measure);
    return TRUE;
}

static gboolean explain_placing(const SpIndicator *indicator, const SpCell *cell,
                                SpExplanation *explanation)
{
    static const char *const limits[] = {"nedre_998", "nedre_95", "oevre_95", "oevre_998"};
    const char *region = sp_cell_code(cell, "region");
    if (region == NULL) {
        return FALSE;
    }
    if (strcmp(cell->measure, "verdi") == 0) {
        add_value(explanation, "verdi", cell, region);
        explanation->method = g_strdup("the indicator's value");
    } else if (!indicator->has_chance) {
        return FALSE;
    } else if (strcmp(cell->measure, "ratio") == 0) {
        add_value(explanation, "teller", cell, region);
        add_value(explanation, "forventet", cell, region);
        explanation->method = g_strdup("teller / forventet");
    } else if (strcmp(cell->measure, "krympet") == 0) {
        add_value(explanation, "teller", cell, region);
        add_value(explanation, "forventet", cell, region);
        add_value(explanation, "teller", cell, "*");
        add_value(explanation, "forventet", cell, "*");
        add_value(explanation, "varians", cell, "*");
        explanation->method = g_strdup("Marshall's global empirical Bayes of teller / forventet, "
                                       "docs/methods/variation.md#shrinkage");
    } else if (is_one_of(cell->measure, limits, G_N_ELEMENTS(limits))) {
        add_value(explanation, "forventet", cell, region);
        add_value(explanation, "nevner", cell, region);
        add_value(explanation, "varians", cell, region);
        explanation->method = g_strdup("exact control limit, docs/methods/variation.md#funnel");
    } else {
        return FALSE;
    }
    explanation->is_injective = TRUE;
    return TRUE;
}

/* The indicator a cell is about, NULL if it lacks a key or has no formula. */
static const SpIndicator *find_indicator(const GPtrArray *indicators, const SpCell *cell)
{
    const char *id = sp_cell_code(cell, "indikator");
    return id != NULL && sp_cell_code(cell, "period") != NULL ? sp_indicators_find(indicators, id)
                                                              : NULL;
}

gboolean sp_lineage_refuse(const SpCell *cell, GError **error)
{
    g_autofree char *text = sp_cell_format(cell);
    return sp_error_set(error, SP_ERROR_NO_INPUT,
                        "\"%s\" is no figure that vary makes; give table, measure and all keys "
                        "(docs/tables.md) of an indicator that is computed",
                        text);
}

gboolean sp_lineage_value(const SpTables *in, const GPtrArray *indicators, const SpCell *cell,
                          SpExplanation *explanation, GError **error)
{
    const SpIndicator *indicator = find_indicator(indicators, cell);
    if (strcmp(cell->table, "indikatorverdi") != 0 || indicator == NULL ||
        sp_cell_code(cell, "region") == NULL || !explain_value(in, indicator, cell, explanation)) {
        return sp_lineage_refuse(cell, error);
    }
    return TRUE;
}

gboolean sp_lineage_variation(const GPtrArray *indicators, const SpCell *cell,
                              SpExplanation *explanation, GError **error)
{
    const SpIndicator *indicator = find_indicator(indicators, cell);
    gboolean is_found = FALSE;
    if (indicator == NULL || (indicator->nevner == NULL && indicator->verdi == NULL)) {
        return sp_lineage_refuse(cell, error);
    }
    if (strcmp(cell->table, "variasjon") == 0) {
        is_found = explain_variation(indicator, cell, explanation);
    } else if (strcmp(cell->table, "plassering") == 0) {
        is_found = explain_placing(indicator, cell, explanation);
    }
    return is_found || sp_lineage_refuse(cell, error);
}
