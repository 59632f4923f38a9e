/* Which cells a gap comes from, and why it is what it is. */
#include "transforms/project/balance/gap_explain.h"

#include "core/number.h"
#include "core/rollup.h"
#include "transforms/project/balance/gap.h"
#include "transforms/project/balance/inputs.h"
#include "transforms/project/lineage.h"

#include <string.h>

#define BASE "_basis" /* what a figure of the base is called by besides */

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

/* What supply is multiplied by: nothing where the base is taken as observed. */
static void add_factor(const SpGapInput *input, const char *yrke, SpExplanation *explanation)
{
    const char *base = sp_balance_base(input->demand);
    if (input->base != SP_BASE_BALANCED) {
        return;
    }
    sp_project_add_staff(explanation, SP_TABLE_DEMAND, "aarsverk", SP_REGION_COUNTRY_CODE, yrke,
                         base);
    if (sp_table_find(input->demand, "lovkrav") != SP_NO_COLUMN) {
        sp_project_add_staff(explanation, SP_TABLE_DEMAND, "lovkrav", SP_REGION_COUNTRY_CODE, yrke,
                             base);
    }
    sp_project_add_staff(explanation, SP_TABLE_SUPPLY, "aarsverk", SP_REGION_COUNTRY_CODE, yrke,
                         base);
}

static gboolean explain_gap(const SpTables *in, const SpCell *cell, SpExplanation *explanation,
                            GError **error)
{
    const char *region = sp_cell_code(cell, "region"), *yrke = sp_cell_code(cell, "yrke");
    const char *period = sp_cell_code(cell, "period");
    if (region == NULL || yrke == NULL || period == NULL ||
        sp_balance_missing(in, sp_gap_sources) != NULL) {
        return sp_project_not_ours(cell, error);
    }
    g_autoptr(SpQuality) told = sp_quality_new();
    g_autoptr(SpShortage) shortage = NULL;
    SpGapInput input;
    if (!sp_gap_input_init(&input, &shortage, in, told, error)) {
        return FALSE;
    }
    const char *base = sp_balance_base(input.demand);
    gboolean is_demand = strcmp(cell->measure, "etterspoersel") == 0;
    gboolean is_supply = strcmp(cell->measure, "tilbud") == 0;
    if (!is_demand && !is_supply) {
        for (const char *const *name = sp_shortage_sources(input.base_gap); *name != NULL; name++) {
            sp_project_add_table(in, *name, NULL, explanation);
        }
    }
    if (strcmp(cell->measure, "startmangel") == 0) {
        explanation->method = g_strdup("the measured shortage of the base, in municipal årsverk, "
                                       "docs/methods/balance.md#shortage");
        return TRUE;
    }
    if (!is_supply) {
        sp_project_add_staff(explanation, SP_TABLE_DEMAND, "aarsverk", region, yrke, period);
    }
    if (!is_demand) {
        sp_project_add_staff(explanation, SP_TABLE_SUPPLY, "aarsverk", region, yrke, period);
        add_factor(&input, yrke, explanation);
    }
    explanation->is_injective = is_demand;
    if (is_demand || is_supply) {
        explanation->method =
            g_strdup(is_demand ? "the figure itself"
                               : "supply times the country's demand over its supply in the base, "
                                 "docs/methods/balance.md#base");
        return TRUE;
    }
    double parts[SP_N_GAP_PARTS];
    GError *failure = NULL;
    gboolean has_parts = sp_gap_cell_parts(&input, region, yrke, period, parts, &failure);
    explanation->method = has_parts ? tell_parts(parts, base)
                                    : g_strdup("no gap: a part of it is no number, "
                                               "docs/methods/balance.md#gap");
    if (failure != NULL) {
        g_propagate_error(error, failure);
    }
    return failure == NULL;
}

/* A part of framskriving_aarsaker. */
static gboolean explain_part(const SpTables *in, const SpCell *cell, SpExplanation *explanation,
                             GError **error)
{
    const char *yrke = sp_cell_code(cell, "yrke");
    const SpTable *need = sp_tables_find(in, SP_TABLE_NEED_PARTS);
    const SpTable *supply = sp_tables_find(in, SP_TABLE_SUPPLY_PARTS);
    gboolean is_need = need != NULL && sp_table_find(need, cell->measure) != SP_NO_COLUMN;
    if (!is_need && (supply == NULL || sp_table_find(supply, cell->measure) == SP_NO_COLUMN)) {
        return sp_project_not_ours(cell, error);
    }
    sp_project_add_staff(explanation, is_need ? SP_TABLE_NEED_PARTS : SP_TABLE_SUPPLY_PARTS,
                         cell->measure, sp_cell_code(cell, "region"), yrke,
                         sp_cell_code(cell, "period"));
    explanation->is_injective = is_need;
    if (!is_need) {
        g_autoptr(SpQuality) told = sp_quality_new();
        g_autoptr(SpShortage) shortage = NULL;
        SpGapInput input;
        if (!sp_gap_input_init(&input, &shortage, in, told, error)) {
            return FALSE;
        }
        add_factor(&input, yrke, explanation);
    }
    explanation->method =
        g_strdup(is_need ? "the part of the change of need itself, docs/methods/demand.md#parts"
                         : "the part of the change of supply times the country's demand over its "
                           "supply in the base, docs/methods/balance.md#base");
    return TRUE;
}

/* Figures that are those of framskriving_gap, on the day or in the base, and parts. */
static gboolean explain_causes(const SpTables *in, const SpCell *cell, SpExplanation *explanation,
                               GError **error)
{
    static const char *const of_gap[] = {
        "etterspoersel",       "tilbud",       "startmangel", "gap",
        "etterspoersel_basis", "tilbud_basis", NULL};
    const char *region = sp_cell_code(cell, "region"), *yrke = sp_cell_code(cell, "yrke");
    const char *period = sp_cell_code(cell, "period");
    if (region == NULL || yrke == NULL || period == NULL ||
        sp_balance_missing(in, sp_gap_sources) != NULL) {
        return sp_project_not_ours(cell, error);
    }
    if (!g_strv_contains(of_gap, cell->measure)) {
        return explain_part(in, cell, explanation, error);
    }
    gboolean is_base = g_str_has_suffix(cell->measure, BASE);
    g_autofree char *measure =
        g_strndup(cell->measure, strlen(cell->measure) - (is_base ? strlen(BASE) : 0));
    g_autoptr(SpCell) same = sp_cell_new("framskriving_gap", measure);
    sp_cell_with(sp_cell_with(same, "region", region), "yrke", yrke);
    sp_cell_with(same, "period",
                 is_base ? sp_balance_base(sp_tables_find(in, SP_TABLE_DEMAND)) : period);
    return explain_gap(in, same, explanation, error);
}

/* What the figures of framskriving_balanse are made of, of the country on the day: those of these
 * columns that are there. */
static void explain_base(const SpTables *in, const SpCell *cell, SpExplanation *explanation)
{
    static const struct {
        const char *measure, *table, *column;
    } made_of[] = {
        {"etterspoersel", SP_TABLE_DEMAND, "aarsverk"},
        {"etterspoersel", SP_TABLE_DEMAND, "lovkrav"},
        {"tilbud", SP_TABLE_SUPPLY, "aarsverk"},
        {"faktor", SP_TABLE_DEMAND, "aarsverk"},
        {"faktor", SP_TABLE_DEMAND, "lovkrav"},
        {"faktor", SP_TABLE_SUPPLY, "aarsverk"},
        {"felles_kilde", SP_TABLE_DEMAND, "aarsverk"},
        {"felles_kilde", SP_TABLE_DEMAND, "rest"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(made_of); i++) {
        const SpTable *table = sp_tables_find(in, made_of[i].table);
        if (strcmp(made_of[i].measure, cell->measure) == 0 && table != NULL &&
            sp_table_find(table, made_of[i].column) != SP_NO_COLUMN) {
            sp_project_add_staff(explanation, made_of[i].table, made_of[i].column,
                                 SP_REGION_COUNTRY_CODE, sp_cell_code(cell, "yrke"),
                                 sp_cell_code(cell, "period"));
        }
    }
    explanation->is_injective = explanation->inputs->len == 1;
    explanation->method = g_strdup("the country's demand over its supply in the base, "
                                   "docs/methods/balance.md#base");
}

gboolean sp_gap_explain(const SpTables *in, const SpCell *cell, SpExplanation *explanation,
                        GError **error)
{
    if (strcmp(cell->table, "framskriving_gap") == 0) {
        return explain_gap(in, cell, explanation, error);
    }
    if (strcmp(cell->table, SP_TABLE_CAUSES) == 0) {
        return explain_causes(in, cell, explanation, error);
    }
    if (strcmp(cell->table, "framskriving_balanse") != 0 || sp_cell_code(cell, "yrke") == NULL ||
        sp_cell_code(cell, "period") == NULL) {
        return sp_project_not_ours(cell, error);
    }
    explain_base(in, cell, explanation);
    return TRUE;
}
