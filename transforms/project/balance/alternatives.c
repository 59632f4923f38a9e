/* Scenarios at chosen years, and beside each other. */
#include "transforms/project/balance/alternatives.h"

#include "core/table_rows.h"
#include "transforms/project/balance/panel.h"

#include <string.h>

/* The keys of both tables but the scenario, and their measures. */
enum { REGION, YRKE, PERIOD, N_KEYS };
enum { DEMAND, SUPPLY, GAP, N_MEASURES };

static const char *const key_names[N_KEYS] = {"region", "yrke", "period"};
static const char *const measure_names[N_MEASURES] = {"etterspoersel", "tilbud", "gap"};

static SpTable *new_table(const char *name, gboolean has_scenario, const SpTable *source)
{
    const char *classes[N_KEYS] = {[YRKE] = "profesjon", [PERIOD] = "period"};
    classes[REGION] = sp_table_column(source, sp_table_find(source, "region"))->classification;
    SpTable *table = sp_table_new(name, NULL, 0);
    if (has_scenario) {
        const SpColumn scenario = {.name = "scenario",
                                   .kind = SP_COLUMN_CODE,
                                   .is_key = TRUE,
                                   .classification = "scenario"};
        sp_table_add_column(table, &scenario);
    }
    for (gsize i = 0; i < N_KEYS; i++) {
        const SpColumn key = {.name = key_names[i],
                              .kind = SP_COLUMN_CODE,
                              .is_key = TRUE,
                              .classification = classes[i]};
        sp_table_add_column(table, &key);
    }
    for (gsize i = 0; i < N_MEASURES; i++) {
        const SpColumn measure = {
            .name = measure_names[i], .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"};
        sp_table_add_column(table, &measure);
    }
    sp_table_set_edition(table, sp_table_edition(source));
    return table;
}

/* ---- chosen years ---- */

/* The days told: 1 January of those years that the table has, or its last day when it has none of
 * them. g_strfreev. */
static char **chosen_days(const SpTable *demand, gsize n_years, const int years[])
{
    gsize period = sp_table_find(demand, "period");
    g_autoptr(GStrvBuilder) days = g_strv_builder_new();
    const char *last = "";
    gboolean has_any = FALSE;
    for (gsize i = 0; i < n_years; i++) {
        g_autofree char *day = g_strdup_printf("%04d-01-01", years[i]);
        g_strv_builder_add(days, day);
    }
    g_auto(GStrv) asked = g_strv_builder_end(days);
    for (gsize row = 0; row < sp_table_n_rows(demand); row++) {
        const char *day = sp_table_code(demand, row, period);
        last = strcmp(day, last) > 0 ? day : last;
        has_any = has_any || g_strv_contains((const char *const *)asked, day);
    }
    const char *const only_last[] = {last, NULL};
    return has_any ? g_steal_pointer(&asked) : g_strdupv((char **)(gpointer)only_last);
}

/* One row; supply and gap are of `gap` by the same codes, if it has them. */
static void add_row(SpTable *table, const SpPanel *demand, const SpPanel *gap, const gsize at[3])
{
    const char *codes[N_KEYS] = {demand->regions[at[REGION]], demand->yrker[at[YRKE]],
                                 demand->periods[at[PERIOD]]};
    SpReal supply = sp_real_none(SP_MISSING), difference = supply;
    gsize r, g, t;
    if (gap != NULL && sp_panel_find(gap->regions, gap->n_regions, codes[REGION], &r) &&
        sp_panel_find(gap->yrker, gap->n_yrker, codes[YRKE], &g) &&
        sp_panel_find(gap->periods, gap->n_periods, codes[PERIOD], &t)) {
        supply = sp_panel_at(gap, 0, r, g)[t];
        difference = sp_panel_at(gap, 1, r, g)[t];
    }
    gsize row = sp_table_add_row(table);
    for (gsize i = 0; i < N_KEYS; i++) {
        sp_table_set_code(table, row, i, codes[i]);
    }
    sp_table_set_real(table, row, N_KEYS + DEMAND,
                      sp_panel_at(demand, 0, at[REGION], at[YRKE])[at[PERIOD]]);
    sp_table_set_real(table, row, N_KEYS + SUPPLY, supply);
    sp_table_set_real(table, row, N_KEYS + GAP, difference);
}

/* Figures of a table on the days alone. NULL with error. */
static SpPanel *panel_of(const SpTable *table, char *const days[], const char *const measures[],
                         gsize n, GError **error)
{
    gsize period;
    if (!sp_table_need(table, "period", SP_COLUMN_CODE, &period, error)) {
        return NULL;
    }
    g_autoptr(SpTable) some = sp_table_filter_codes(table, period, (const char *const *)days,
                                                    g_strv_length((char **)(gpointer)days));
    return sp_panel_new(some, measures, n, error);
}

SpTable *sp_chosen_years_table(const SpTable *demand, const SpTable *gap, gsize n_years,
                               const int years[], GError **error)
{
    static const char *const needed[] = {"aarsverk"}, *const others[] = {"tilbud", "gap"};
    g_auto(GStrv) days = chosen_days(demand, n_years, years);
    g_autoptr(SpPanel) need = panel_of(demand, days, needed, G_N_ELEMENTS(needed), error);
    g_autoptr(SpPanel) rest = NULL;
    if (need == NULL) {
        return NULL;
    }
    if (gap != NULL) {
        rest = panel_of(gap, days, others, G_N_ELEMENTS(others), error);
        if (rest == NULL) {
            return NULL;
        }
    }
    g_autoptr(SpTable) table = new_table("framskriving_valgte_aar", FALSE, demand);
    for (gsize r = 0; r < need->n_regions; r++) {
        for (gsize g = 0; g < need->n_yrker; g++) {
            for (gsize t = 0; t < need->n_periods; t++) {
                add_row(table, need, rest, (const gsize[]){r, g, t});
            }
        }
    }
    sp_table_set_marks(table, sp_table_marks(demand) | (gap != NULL ? sp_table_marks(gap) : 0));
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

/* ---- scenarios beside each other ---- */

static gboolean add(SpTable *table, const SpAlternative *alternative, GError **error)
{
    const SpTable *from = alternative->table;
    gsize keys[N_KEYS], measures[N_MEASURES];
    if (!sp_table_need_all(from, key_names, N_KEYS, SP_COLUMN_CODE, keys, error) ||
        !sp_table_need_all(from, measure_names, N_MEASURES, SP_COLUMN_MEASURE, measures, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_table_n_rows(from); i++) {
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, alternative->scenario);
        for (gsize k = 0; k < N_KEYS; k++) {
            sp_table_set_code(table, row, 1 + k, sp_table_code(from, i, keys[k]));
        }
        for (gsize k = 0; k < N_MEASURES; k++) {
            sp_table_set_real(table, row, 1 + N_KEYS + k, sp_table_real(from, i, measures[k]));
        }
    }
    sp_table_set_marks(table, sp_table_marks(table) | sp_table_marks(from));
    return TRUE;
}

SpTable *sp_alternatives_table(gsize n, const SpAlternative alternatives[], GError **error)
{
    g_assert(n > 0);
    g_autoptr(SpTable) table = new_table("framskriving_alternativ", TRUE, alternatives[0].table);
    for (gsize i = 0; i < n; i++) {
        if (!add(table, &alternatives[i], error)) {
            g_prefix_error(error, "scenario %s: ", alternatives[i].scenario);
            return NULL;
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
