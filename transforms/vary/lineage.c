/* Lineage of indicator values. */
#include "transforms/vary/lineage.h"

#include "core/error.h"
#include "core/period.h"
#include "core/rollup.h"
#include "transforms/vary/hosts.h"
#include "transforms/vary/positions.h"

#include <string.h>

/* The country's figure is its own row, or that of all kommuner where the table has none. */
static const char *region_in(const SpTables *in, const SpFormula *formula, const char *region)
{
    guint32 number = 0;
    const SpTable *table = sp_formula_first_table(formula, in);
    const gsize column = sp_table_find(table, "region");
    const gboolean is_country = strcmp(region, SP_REGION_COUNTRY_CODE) == 0;
    return is_country && column != SP_NO_COLUMN &&
                   !sp_codes_find(sp_table_codes(table, column), region, &number)
               ? "*"
               : region;
}

/* Cells behind one formula; all kommuner when region is "*". */
static gboolean add_cells(const SpTables *in, const SpFormula *formula, const char *region,
                          const char *period, SpExplanation *explanation)
{
    SpPeriod parsed;
    if (formula == NULL || sp_formula_lacks(formula, in) != NULL) {
        return FALSE;
    }
    region = region_in(in, formula, region);
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

const SpIndicator *sp_lineage_indicator(const GPtrArray *indicators, const SpCell *cell)
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
    const SpIndicator *indicator = sp_lineage_indicator(indicators, cell);
    if (strcmp(cell->table, "indikatorverdi") != 0 || indicator == NULL ||
        sp_cell_code(cell, "region") == NULL || !explain_value(in, indicator, cell, explanation)) {
        return sp_lineage_refuse(cell, error);
    }
    return TRUE;
}
