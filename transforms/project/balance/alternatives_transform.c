/* Run and lineage of the scenarios beside each other. */
#include "transforms/project/balance/alternatives.h"
#include "transforms/project/balance/balance.h"
#include "transforms/project/chosen.h"
#include "transforms/project/lineage.h"

#include <string.h>

#define DEMAND "framskriving_etterspoersel"
#define GAP "framskriving_gap"
#define USERS "framskriving_behov"
#define PARTED_BY ':' /* in no name of a table or scenario */

static const char *const config_keys[] = {SP_CHOSEN_YEARS};

/* What is chosen of each scenario, and what all of it becomes. */
static const struct {
    const char *chosen, *all;
} pairs[] = {{"framskriving_valgte_aar", "framskriving_alternativ"},
             {"framskriving_valgte_brukere", "framskriving_alternativ_brukere"}};
enum { STAFF, PEOPLE };

char *sp_alternative_name(const char *table, const char *scenario)
{
    return g_strdup_printf("%s%c%s", table, PARTED_BY, scenario);
}

/* ---- one scenario at chosen years ---- */

static gboolean run_chosen(const SpTables *in, const SpSettings *settings, SpTables *out,
                           SpQuality *quality, GError **error)
{
    (void)quality;
    const SpTable *demand = sp_tables_find(in, DEMAND);
    g_autoptr(GArray) years = sp_chosen_years_read(settings, error);
    if (years == NULL || demand == NULL) {
        return years != NULL; /* why there is no demand, is told where it would be made */
    }
    const int *at = (const int *)(gpointer)years->data;
    SpTable *table = sp_chosen_years_table(demand, sp_tables_find(in, GAP), years->len, at, error);
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(out, table);
    const SpTable *users = sp_tables_find(in, USERS);
    table = users == NULL ? NULL : sp_chosen_users_table(users, years->len, at, error);
    if (table != NULL) {
        sp_tables_add(out, table);
    }
    return users == NULL || table != NULL;
}

/* What the figure of `cell`, of one of the two tables, is made from. `of` is the scenario, NULL for
 * the one at work. FALSE when the cell is not of `table`. */
static gboolean explain_as(const char *table, int pair, const char *of, const SpCell *cell,
                           SpExplanation *explanation)
{
    const char *key = pair == PEOPLE ? "tjeneste" : "yrke";
    const char *region = sp_cell_code(cell, "region"), *by = sp_cell_code(cell, key);
    const char *period = sp_cell_code(cell, "period");
    if (strcmp(cell->table, table) != 0 || region == NULL || by == NULL || period == NULL) {
        return FALSE;
    }
    gboolean is_index = pair == STAFF && strcmp(cell->measure, "indeks") == 0;
    gboolean is_need = pair == STAFF && (is_index || strcmp(cell->measure, "etterspoersel") == 0);
    const char *from = pair == PEOPLE ? USERS : is_need ? DEMAND : GAP;
    g_autofree char *name = of == NULL ? g_strdup(from) : sp_alternative_name(from, of);
    SpCell *input = sp_cell_new(name, is_need ? "aarsverk" : cell->measure);
    sp_cell_with(sp_cell_with(input, "region", region), key, by);
    g_ptr_array_add(explanation->inputs, sp_cell_with(input, "period", is_index ? "*" : period));
    explanation->is_injective = !is_index;
    explanation->method = g_strdup(is_index ? "the scenario's need of the day over that of its base"
                                            : "the figure of the scenario itself");
    return TRUE;
}

static gboolean explain_chosen(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                               SpExplanation *explanation, GError **error)
{
    (void)in;
    (void)settings;
    return explain_as(pairs[STAFF].chosen, STAFF, NULL, cell, explanation) ||
           explain_as(pairs[PEOPLE].chosen, PEOPLE, NULL, cell, explanation) ||
           sp_project_not_ours(cell, error);
}

const SpTransform sp_transform_chosen_years = {
    .name = "chosen_years",
    .summary = "demand, supply and gap of a scenario at chosen years",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run_chosen,
    .explain = explain_chosen,
};

/* ---- all scenarios ---- */

static GArray *collect(const SpTables *in, const char *chosen)
{
    GArray *alternatives = g_array_new(FALSE, FALSE, sizeof(SpAlternative));
    g_autofree char *prefix = sp_alternative_name(chosen, "");
    for (gsize i = 0; i < sp_tables_size(in); i++) {
        const SpTable *table = sp_tables_at(in, i);
        if (g_str_has_prefix(sp_table_name(table), prefix)) {
            const SpAlternative alternative = {.scenario = sp_table_name(table) + strlen(prefix),
                                               .table = table};
            g_array_append_val(alternatives, alternative);
        }
    }
    return alternatives;
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    (void)settings;
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autoptr(GArray) alternatives = collect(in, pairs[i].chosen);
        if (alternatives->len == 0) {
            sp_quality_note(quality, "left_out", pairs[i].all, 0,
                            "no scenario has what it is made from; %s is not made", pairs[i].all);
            continue;
        }
        SpTable *table =
            sp_alternatives_table(pairs[i].all, alternatives->len,
                                  (const SpAlternative *)(gpointer)alternatives->data, error);
        if (table == NULL) {
            return FALSE;
        }
        sp_tables_add(out, table);
    }
    return TRUE;
}

static gboolean explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error)
{
    (void)settings;
    const char *scenario = sp_cell_code(cell, "scenario");
    for (int i = 0; scenario != NULL && i < (int)G_N_ELEMENTS(pairs); i++) {
        g_autofree char *name = sp_alternative_name(pairs[i].chosen, scenario);
        if (sp_tables_find(in, name) != NULL &&
            explain_as(pairs[i].all, i, scenario, cell, explanation)) {
            return TRUE;
        }
    }
    return sp_project_not_ours(cell, error);
}

const SpTransform sp_transform_alternatives = {
    .name = "alternatives",
    .summary = "all scenarios at chosen years",
    .run = run,
    .explain = explain,
};
