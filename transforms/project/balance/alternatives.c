/* Scenarios at chosen years, and beside each other. */
#include "transforms/project/balance/alternatives.h"

#include "core/period.h"
#include "core/table_rows.h"
#include "transforms/project/balance/panel.h"
#include "transforms/project/chosen.h"

#include <string.h>

enum { REGION, YRKE, PERIOD, N_KEYS };
enum { DEMAND, SUPPLY, GAP, INDEX, N_MEASURES };

/* What the columns are is told by `source`. */
static SpTable *new_table(const SpTable *source)
{
    static const char *const keys[N_KEYS] = {"region", "yrke", "period"};
    static const struct {
        const char *name, *unit;
    } measures[N_MEASURES] = {[DEMAND] = {"etterspoersel", "aarsverk"},
                              [SUPPLY] = {"tilbud", "aarsverk"},
                              [GAP] = {"gap", "aarsverk"},
                              [INDEX] = {"indeks", "ratio"}};
    SpTable *table = sp_table_new("framskriving_valgte_aar", NULL, 0);
    for (gsize i = 0; i < N_KEYS; i++) {
        sp_table_add_column(table, sp_table_column(source, sp_table_find(source, keys[i])));
    }
    for (gsize i = 0; i < N_MEASURES; i++) {
        const SpColumn measure = {
            .name = measures[i].name, .kind = SP_COLUMN_MEASURE, .unit = measures[i].unit};
        sp_table_add_column(table, &measure);
    }
    sp_table_set_edition(table, sp_table_edition(source));
    return table;
}

/* ---- chosen years ---- */

/* The days told (chosen.h) of those of a table, which are all 1 Januaries from its first to its
 * last. g_strfreev. */
static char **chosen_days(const SpTable *demand, gsize n_years, const int years[])
{
    gsize period = sp_table_find(demand, "period");
    int first = G_MAXINT, last = 0;
    for (gsize row = 0; row < sp_table_n_rows(demand); row++) {
        SpDay day = 0;
        if (sp_day_parse(sp_table_code(demand, row, period), &day)) {
            first = MIN(first, sp_day_year(day));
            last = MAX(last, sp_day_year(day));
        }
    }
    g_autoptr(GStrvBuilder) days = g_strv_builder_new();
    if (first <= last) {
        g_autoptr(GArray) chosen = sp_chosen_days(n_years, years, first, (gsize)(last - first) + 1);
        for (guint i = 0; i < chosen->len; i++) {
            g_autofree char *day =
                g_strdup_printf("%04d-01-01", first + (int)g_array_index(chosen, gsize, i));
            g_strv_builder_add(days, day);
        }
    }
    return g_strv_builder_end(days);
}

/* Of the same figures: need of the days and of the base, and supply and gap, NULL without. */
typedef struct {
    SpPanel *need, *base, *rest;
} Panels;

static void panels_clear(Panels *panels)
{
    g_clear_pointer(&panels->need, sp_panel_free);
    g_clear_pointer(&panels->base, sp_panel_free);
    g_clear_pointer(&panels->rest, sp_panel_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Panels, panels_clear)

static SpReal figure_of(const SpPanel *panel, gsize measure, const char *const codes[N_KEYS])
{
    return panel == NULL
               ? sp_real_none(SP_MISSING)
               : sp_panel_figure(panel, measure, codes[REGION], codes[YRKE], codes[PERIOD]);
}

static void add_row(SpTable *table, const Panels *panels, const gsize at[N_KEYS])
{
    const SpPanel *need = panels->need;
    const char *codes[N_KEYS] = {need->regions[at[REGION]], need->yrker[at[YRKE]],
                                 need->periods[at[PERIOD]]};
    const char *of_base[N_KEYS] = {codes[REGION], codes[YRKE], panels->base->periods[0]};
    const SpReal here = sp_panel_at(need, 0, at[REGION], at[YRKE])[at[PERIOD]];
    const SpReal figures[N_MEASURES] = {
        [DEMAND] = here,
        [SUPPLY] = figure_of(panels->rest, 0, codes),
        [GAP] = figure_of(panels->rest, 1, codes),
        [INDEX] = sp_real_rate(here, figure_of(panels->base, 0, of_base), 1.0)};
    gsize row = sp_table_add_row(table);
    for (gsize i = 0; i < N_KEYS; i++) {
        sp_table_set_code(table, row, i, codes[i]);
    }
    for (gsize i = 0; i < N_MEASURES; i++) {
        sp_table_set_real(table, row, N_KEYS + i, figures[i]);
    }
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

static gboolean panels_init(Panels *panels, const SpTable *demand, const SpTable *gap,
                            char *const days[], GError **error)
{
    static const char *const needed[] = {"aarsverk"}, *const others[] = {"tilbud", "gap"};
    g_auto(GStrv) all = sp_table_used_list(demand, sp_table_find(demand, "period"), NULL, NULL);
    char *const first[] = {all[0], NULL};
    panels->need = panel_of(demand, days, needed, G_N_ELEMENTS(needed), error);
    panels->base =
        panels->need == NULL ? NULL : panel_of(demand, first, needed, G_N_ELEMENTS(needed), error);
    if (panels->base == NULL || gap == NULL) {
        return panels->base != NULL;
    }
    panels->rest = panel_of(gap, days, others, G_N_ELEMENTS(others), error);
    return panels->rest != NULL;
}

SpTable *sp_chosen_years_table(const SpTable *demand, const SpTable *gap, gsize n_years,
                               const int years[], GError **error)
{
    g_auto(Panels) panels = {NULL, NULL, NULL};
    g_auto(GStrv) days = chosen_days(demand, n_years, years);
    if (!panels_init(&panels, demand, gap, days, error)) {
        return NULL;
    }
    g_autoptr(SpTable) table = new_table(demand);
    const SpPanel *need = panels.need;
    for (gsize r = 0; r < need->n_regions; r++) {
        for (gsize g = 0; g < need->n_yrker; g++) {
            for (gsize t = 0; t < need->n_periods; t++) {
                add_row(table, &panels, (const gsize[]){r, g, t});
            }
        }
    }
    sp_table_set_marks(table, sp_table_marks(demand) | (gap != NULL ? sp_table_marks(gap) : 0));
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

SpTable *sp_chosen_users_table(const SpTable *users, gsize n_years, const int years[],
                               GError **error)
{
    static const char *const columns[] = {"region", "tjeneste", "period", "brukere", "indeks"};
    g_autoptr(SpTable) all = sp_table_select(users, columns, G_N_ELEMENTS(columns), error);
    if (all == NULL) {
        return NULL;
    }
    g_auto(GStrv) days = chosen_days(all, n_years, years);
    SpTable *table =
        sp_table_filter_codes(all, sp_table_find(all, "period"), (const char *const *)days,
                              g_strv_length((char **)(gpointer)days));
    sp_table_set_name(table, "framskriving_valgte_brukere");
    return table;
}

/* ---- scenarios beside each other ---- */

/* The table with the scenario as its first column. */
static SpTable *with_scenario(const SpAlternative *alternative, GError **error)
{
    const SpColumn scenario = {
        .name = "scenario", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "scenario"};
    g_autoptr(SpTable) table = sp_table_copy(alternative->table);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    gsize added = sp_table_add_column(table, &scenario);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        sp_table_set_code(table, row, added, alternative->scenario);
    }
    g_ptr_array_add(names, (gpointer)scenario.name);
    for (gsize i = 0; i < added; i++) {
        g_ptr_array_add(names, (gpointer)sp_table_column(table, i)->name);
    }
    return sp_table_select(table, (const char *const *)names->pdata, names->len, error);
}

SpTable *sp_alternatives_table(const char *name, gsize n, const SpAlternative alternatives[],
                               GError **error)
{
    g_assert(n > 0);
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func((GDestroyNotify)sp_table_free);
    for (gsize i = 0; i < n; i++) {
        SpTable *table = with_scenario(&alternatives[i], error);
        if (table == NULL) {
            g_prefix_error(error, "scenario %s: ", alternatives[i].scenario);
            return NULL;
        }
        g_ptr_array_add(tables, table);
    }
    g_autoptr(SpTable) all =
        sp_table_concat((const SpTable *const *)(gpointer)tables->pdata, n, error);
    if (all == NULL) {
        return NULL;
    }
    sp_table_set_name(all, name);
    return sp_table_check_unique(all, error) ? g_steal_pointer(&all) : NULL;
}
