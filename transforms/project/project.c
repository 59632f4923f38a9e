/* Run and lineage of demand. */
#include "transforms/project/project.h"

#include "core/regions.h"
#include "core/rollup.h"
#include "transforms/project/demand.h"
#include "transforms/project/lineage.h"
#include "transforms/project/use.h"

#include <string.h>

static gboolean run_demand(const SpTables *in, const SpSettings *settings, SpTables *out,
                           SpQuality *quality, GError **error)
{
    (void)settings;
    (void)quality;
    const SpTable *population = sp_tables_need(in, "framskriving_befolkning", error);
    const SpTable *regions = population == NULL ? NULL : sp_tables_need(in, "region", error);
    const SpTable *use = regions == NULL ? NULL : sp_tables_need(in, "bruk", error);
    if (use == NULL) {
        return FALSE;
    }
    SpTable *demand = sp_demand_table(population, regions, use, error);
    if (demand == NULL) {
        return FALSE;
    }
    sp_tables_add(out, demand);
    return TRUE;
}

/* The kommuner that a region of the table sums: itself, those of the fylke, or "*" for the country.
 */
static GPtrArray *kommuner_of(const SpTable *regions, const char *region)
{
    GPtrArray *codes = g_ptr_array_new();
    gsize code = sp_table_find(regions, "region"), fylke = sp_table_find(regions, "fylke");
    if (strcmp(region, SP_REGION_COUNTRY_CODE) == 0) {
        g_ptr_array_add(codes, (gpointer) "*");
        return codes;
    }
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        const char *kommune = sp_table_code(regions, row, code);
        if (sp_region_kind(kommune) == SP_REGION_KOMMUNE &&
            (strcmp(kommune, region) == 0 ||
             strcmp(sp_table_code(regions, row, fylke), region) == 0)) {
            g_ptr_array_add(codes, (gpointer)kommune);
        }
    }
    return codes;
}

static gboolean has_service(const GArray *uses, const char *tjeneste)
{
    for (guint i = 0; i < uses->len; i++) {
        if (strcmp(g_array_index(uses, SpUse, i).tjeneste, tjeneste) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean has_period(const SpTable *population, const char *period)
{
    guint32 number;
    gsize column = sp_table_find(population, "period");
    return column != SP_NO_COLUMN &&
           sp_codes_find(sp_table_codes(population, column), period, &number);
}

static gboolean explain_demand(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                               SpExplanation *explanation, GError **error)
{
    (void)settings;
    const char *region = sp_cell_code(cell, "region");
    const char *tjeneste = sp_cell_code(cell, "tjeneste"), *period = sp_cell_code(cell, "period");
    gboolean is_index = strcmp(cell->measure, "indeks") == 0;
    if (strcmp(cell->table, "framskriving_behov") != 0 || region == NULL || tjeneste == NULL ||
        period == NULL || (!is_index && strcmp(cell->measure, "brukere") != 0)) {
        return sp_project_not_ours(cell, error);
    }
    const SpTable *population = sp_tables_need(in, "framskriving_befolkning", error);
    const SpTable *regions = population == NULL ? NULL : sp_tables_need(in, "region", error);
    const SpTable *use = regions == NULL ? NULL : sp_tables_need(in, "bruk", error);
    gsize column;
    if (use == NULL || !sp_table_need(regions, "region", SP_COLUMN_CODE, &column, error) ||
        !sp_table_need(regions, "fylke", SP_COLUMN_CODE, &column, error)) {
        return FALSE;
    }
    g_autoptr(GArray) uses = sp_use_new(use, error);
    if (uses == NULL) {
        return FALSE;
    }
    g_autoptr(GPtrArray) kommuner = kommuner_of(regions, region);
    const char *base = sp_demand_base(population);
    if (kommuner->len == 0 || base == NULL || !has_period(population, period) ||
        !has_service(uses, tjeneste)) {
        return sp_project_not_ours(cell, error);
    }
    for (guint i = 0; i < kommuner->len; i++) {
        const char *code = kommuner->pdata[i];
        g_ptr_array_add(explanation->inputs,
                        sp_project_person_cell("framskriving_befolkning", code, "*", "*", period));
        if (is_index && strcmp(period, base) != 0) {
            g_ptr_array_add(explanation->inputs, sp_project_person_cell("framskriving_befolkning",
                                                                        code, "*", "*", base));
        }
    }
    SpCell *rates = sp_cell_with(sp_cell_new("bruk", "bruk"), "tjeneste", tjeneste);
    sp_cell_with(sp_cell_with(rates, "kjonn", "*"), "alder_fra", "*");
    g_ptr_array_add(explanation->inputs, sp_cell_with(rates, "alder_til", "*"));
    explanation->method =
        g_strdup(is_index ? "users over users of the base, docs/methods/demand.md"
                          : "sum over sex and age of persons x use, docs/methods/demand.md");
    return TRUE;
}

const SpTransform sp_transform_demand = {
    .name = "demand",
    .summary = "expected users of services when use by age stays as it is",
    .run = run_demand,
    .explain = explain_demand,
};
