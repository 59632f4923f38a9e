/* Run and lineage of the scenarios beside each other. */
#include "core/error.h"
#include "core/number.h"
#include "transforms/project/balance/alternatives.h"
#include "transforms/project/balance/balance.h"
#include "transforms/project/lineage.h"

#include <string.h>

#define YEARS "project.alternative_years"
#define DEMAND "framskriving_etterspoersel"
#define GAP "framskriving_gap"
#define PARTED_BY ':' /* in no name of a table or scenario */

static const char *const config_keys[] = {YEARS};

char *sp_alternative_name(const char *table, const char *scenario)
{
    return g_strdup_printf("%s%c%s", table, PARTED_BY, scenario);
}

static GArray *read_years(const SpSettings *settings, GError **error)
{
    g_auto(GStrv) words = sp_settings_list(settings, YEARS, error);
    g_autoptr(GArray) years = g_array_new(FALSE, FALSE, sizeof(int));
    for (char **word = words; word != NULL && *word != NULL; word++) {
        gint64 read;
        if (!sp_number_parse_int(*word, strlen(*word), &read) || read < 1900 || read > 2150) {
            sp_error_set(error, SP_ERROR_CONFIG, YEARS ": \"%s\" is no year; write 2030, 2035",
                         *word);
            return NULL;
        }
        int year = (int)read;
        g_array_append_val(years, year);
    }
    return words == NULL ? NULL : g_steal_pointer(&years);
}

static GArray *collect(const SpTables *in)
{
    GArray *alternatives = g_array_new(FALSE, FALSE, sizeof(SpAlternative));
    g_autofree char *prefix = sp_alternative_name(DEMAND, "");
    for (gsize i = 0; i < sp_tables_size(in); i++) {
        const SpTable *demand = sp_tables_at(in, i);
        if (g_str_has_prefix(sp_table_name(demand), prefix)) {
            const char *scenario = sp_table_name(demand) + strlen(prefix);
            g_autofree char *gap = sp_alternative_name(GAP, scenario);
            const SpAlternative alternative = {
                .scenario = scenario, .demand = demand, .gap = sp_tables_find(in, gap)};
            g_array_append_val(alternatives, alternative);
        }
    }
    return alternatives;
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    g_autoptr(GArray) years = read_years(settings, error);
    if (years == NULL) {
        return FALSE;
    }
    g_autoptr(GArray) alternatives = collect(in);
    if (alternatives->len == 0) {
        sp_quality_note(quality, "left_out", "framskriving_alternativ", 0,
                        "no scenario has a table " DEMAND "; framskriving_alternativ is not made");
        return TRUE;
    }
    SpTable *table = sp_alternatives_table(alternatives->len,
                                           (const SpAlternative *)(gpointer)alternatives->data,
                                           years->len, (const int *)(gpointer)years->data, error);
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(out, table);
    return TRUE;
}

static gboolean explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error)
{
    (void)settings;
    const char *scenario = sp_cell_code(cell, "scenario"), *region = sp_cell_code(cell, "region");
    const char *yrke = sp_cell_code(cell, "yrke"), *period = sp_cell_code(cell, "period");
    if (strcmp(cell->table, "framskriving_alternativ") != 0 || scenario == NULL || region == NULL ||
        yrke == NULL || period == NULL) {
        return sp_project_not_ours(cell, error);
    }
    gboolean is_demand = strcmp(cell->measure, "etterspoersel") == 0;
    g_autofree char *name = sp_alternative_name(is_demand ? DEMAND : GAP, scenario);
    if (sp_tables_find(in, name) == NULL) {
        return sp_project_not_ours(cell, error);
    }
    SpCell *input = sp_cell_new(name, is_demand ? "aarsverk" : cell->measure);
    sp_cell_with(sp_cell_with(sp_cell_with(input, "region", region), "yrke", yrke), "period",
                 period);
    g_ptr_array_add(explanation->inputs, input);
    explanation->is_injective = TRUE;
    explanation->method = g_strdup("the figure of the scenario itself");
    return TRUE;
}

const SpTransform sp_transform_alternatives = {
    .name = "alternatives",
    .summary = "all scenarios at chosen years",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = explain,
};
