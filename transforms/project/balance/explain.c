/* Which cells a figure of balance comes from, and the parts that it is the sum of. */
#include "transforms/project/balance/explain.h"

#include "core/number.h"
#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/project/balance/gap_explain.h"
#include "transforms/project/balance/inputs.h"
#include "transforms/project/lineage.h"

#include <string.h>

static gboolean pass_on(GError *failure, GError **error)
{
    if (failure != NULL) {
        g_propagate_error(error, failure);
    }
    return failure == NULL;
}

/* The row of rekrutteringsbehov that a cell is in; no table when it is not made, or has no such
 * row. */
typedef struct {
    SpTable *table;
    gsize row;
} Made;

static gboolean find_made(const SpTables *in, const SpCell *cell, Made *made, GError **error)
{
    static const char *const names[] = {"region", "yrke", "period"};
    g_autoptr(SpQuality) told = sp_quality_new();
    SpRecruitmentInput input;
    GError *failure = NULL;
    *made = (Made){0};
    if (sp_balance_missing(in, sp_recruitment_sources) != NULL) {
        return TRUE;
    }
    if (!sp_recruitment_input_init(&input, in, error)) {
        return FALSE;
    }
    g_autoptr(SpTable) table = sp_recruitment_table(&input, NULL, told, &failure);
    if (table == NULL) {
        return pass_on(failure, error);
    }
    const char *codes[G_N_ELEMENTS(names)];
    gsize columns[G_N_ELEMENTS(names)];
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        codes[i] = sp_cell_code(cell, names[i]);
        columns[i] = sp_table_find(table, names[i]);
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(table, columns, G_N_ELEMENTS(columns));
    if (sp_table_index_find(index, codes, &made->row)) {
        made->table = g_steal_pointer(&table);
    }
    return TRUE;
}

static SpReal figure_of(const Made *made, const char *measure)
{
    return made->table == NULL
               ? sp_real_none(SP_MISSING)
               : sp_table_real(made->table, made->row, sp_table_find(made->table, measure));
}

/* "21 = vekst 5 + erstatning_netto 16": the measures that a figure is the sum of, as the table has
 * them; NULL when it is no sum, or no number. */
static char *tell_recruitment(const Made *made, const char *measure)
{
    static const struct {
        const char *sum, *parts[2];
    } sums[] = {{"rekruttering_netto", {"vekst", "erstatning_netto"}},
                {"rekruttering_brutto", {"vekst", "erstatning_brutto"}},
                {"aarsverk", {"aarsverk_basis", "vekst"}}};
    gsize which = 0;
    while (which < G_N_ELEMENTS(sums) && strcmp(sums[which].sum, measure) != 0) {
        which++;
    }
    if (which == G_N_ELEMENTS(sums)) {
        return NULL;
    }
    const char *const all[] = {measure, sums[which].parts[0], sums[which].parts[1]};
    char text[G_N_ELEMENTS(all)][SP_NUMBER_SIZE];
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        SpReal figure = figure_of(made, all[i]);
        if (!sp_real_is_number(figure)) {
            return NULL;
        }
        sp_number_format(figure.value, text[i]);
    }
    return g_strdup_printf("%s = %s %s + %s %s: ", text[0], all[1], text[1], all[2], text[2]);
}

/* All staff and leavers: rates are shrunk towards all kommuner and all professions, so all are
 * behind each. The kommune's own beside them where they are in its rate. */
static void add_leavers(SpExplanation *explanation, const char *region, const char *yrke,
                        gboolean is_own)
{
    static const char *const measures[] = {"turnover_personer", "turnover_aarsverk",
                                           "sluttet_brutto", "sluttet_netto"};
    const char *const whose[][2] = {{"*", "*"}, {region, yrke}};
    for (gsize i = 0; i < G_N_ELEMENTS(measures) * (is_own ? 2 : 1); i++) {
        const char *const *of = whose[i / G_N_ELEMENTS(measures)];
        SpCell *left = sp_cell_new(SP_TABLE_LEAVERS, measures[i % G_N_ELEMENTS(measures)]);
        sp_cell_with(sp_cell_with(left, "region", of[0]), "yrke", of[1]);
        sp_cell_with(sp_cell_with(sp_cell_with(left, "alder", "*"), "kjonn", "0"), "period", "*");
        g_ptr_array_add(explanation->inputs, left);
    }
}

/* Persons needed are årsverk over the position of the country's staff: of the profession, else of
 * its education group or of all. */
static void add_position(SpExplanation *explanation)
{
    static const char *const measures[] = {"personer", "aarsverk"};
    for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
        SpCell *staff = sp_cell_new(SP_TABLE_LEAVERS, measures[i]);
        sp_cell_with(sp_cell_with(staff, "region", SP_REGION_COUNTRY_CODE), "yrke", "*");
        sp_cell_with(sp_cell_with(sp_cell_with(staff, "alder", "*"), "kjonn", "0"), "period", "*");
        g_ptr_array_add(explanation->inputs, staff);
    }
}

static gboolean explain_recruitment(const SpTables *in, const SpCell *cell,
                                    SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region"), *yrke = sp_cell_code(cell, "yrke");
    if (region == NULL || yrke == NULL || sp_cell_code(cell, "period") == NULL ||
        sp_tables_find(in, SP_TABLE_DEMAND) == NULL) {
        return sp_project_not_ours(cell, error);
    }
    static const char *const of_need[] = {"aarsverk_basis", "aarsverk", "vekst", NULL};
    Made made;
    if (!find_made(in, cell, &made, error)) {
        return FALSE;
    }
    if (strncmp(cell->measure, "avgang", strlen("avgang")) != 0) {
        sp_project_add_staff(explanation, SP_TABLE_DEMAND, "aarsverk", region, yrke, "*");
    }
    if (!g_strv_contains(of_need, cell->measure)) {
        SpReal persons = figure_of(&made, "turnover_personer");
        add_leavers(explanation, region, yrke, persons.status != SP_NOT_APPLICABLE);
    }
    if (strcmp(cell->measure, "rekruttering_personer") == 0) {
        add_position(explanation);
    }
    g_autofree char *parts = tell_recruitment(&made, cell->measure);
    explanation->method =
        g_strconcat(parts != NULL ? parts : "",
                    "recruitment = growth of the need since the base + those who left in the years "
                    "between, at the shrunk exit rate, docs/methods/balance.md#recruitment",
                    NULL);
    sp_table_free(made.table);
    return TRUE;
}

/* Change of cost by who it is for, whose sum is the figure; NULL when it is no number. */
static char *tell_cost(const SpTables *in, const SpSettings *settings, const SpCostCell *cell,
                       GError **error)
{
    g_auto(GStrv) groups = NULL;
    SpCostInput input;
    double parts[SP_N_COST_PARTS], sum = 0.0;
    if (sp_balance_missing(in, sp_cost_sources) != NULL ||
        !sp_cost_input_init(&input, &groups, in, settings, error)) {
        return NULL;
    }
    if (!sp_cost_cell_parts(&input, cell, parts, error)) {
        return NULL;
    }
    char text[SP_N_COST_PARTS + 1][SP_NUMBER_SIZE];
    for (guint i = 0; i < SP_N_COST_PARTS; i++) {
        sum += parts[i];
        sp_number_format(parts[i], text[i]);
    }
    sp_number_format(sum, text[SP_N_COST_PARTS]);
    return g_strdup_printf(
        "%s = %s for those below 67 + %s for 67-79 + %s for 80 and over: ", text[SP_N_COST_PARTS],
        text[SP_COST_YOUNG], text[SP_COST_OLD], text[SP_COST_OLDEST]);
}

static gboolean explain_cost(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                             SpExplanation *explanation, GError **error)
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
        if (sp_tables_find(in, "folkemengde") != NULL) {
            g_ptr_array_add(
                explanation->inputs,
                sp_project_person_cell("folkemengde", is_own ? region : "*", "*", "*", "*"));
        }
    }
    g_ptr_array_add(explanation->settings, g_strdup(SP_COST_GROUPS));
    const SpCostCell of = {
        .region = region, .function = function, .period = period, .is_own = is_own};
    GError *failure = NULL;
    g_autofree char *parts =
        strcmp(cell->measure, "utgift_basis") == 0 ? NULL : tell_cost(in, settings, &of, &failure);
    explanation->method = g_strconcat(
        parts != NULL ? parts : "",
        "sum over functions and ages of the cost per head x the change of persons since the base, "
        "docs/methods/balance.md#cost",
        NULL);
    return pass_on(failure, error);
}

gboolean sp_balance_explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                            SpExplanation *explanation, GError **error)
{
    if (strcmp(cell->table, "rekrutteringsbehov") == 0) {
        return explain_recruitment(in, cell, explanation, error);
    }
    if (strcmp(cell->table, "demografikostnad") == 0) {
        return explain_cost(in, settings, cell, explanation, error);
    }
    return sp_gap_explain(in, cell, explanation, error);
}
