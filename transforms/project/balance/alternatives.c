/* Scenarios beside each other. */
#include "transforms/project/balance/alternatives.h"

#include "core/table_rows.h"
#include "transforms/project/balance/panel.h"

#include <string.h>

enum { SCENARIO, REGION, YRKE, PERIOD, DEMAND, SUPPLY, GAP, N_COLUMNS };

static SpTable *new_table(const SpAlternative *first)
{
    gsize region = sp_table_find(first->demand, "region");
    const SpColumn columns[N_COLUMNS] = {
        [SCENARIO] = {.name = "scenario",
                      .kind = SP_COLUMN_CODE,
                      .is_key = TRUE,
                      .classification = "scenario"},
        [REGION] = {.name = "region",
                    .kind = SP_COLUMN_CODE,
                    .is_key = TRUE,
                    .classification = sp_table_column(first->demand, region)->classification},
        [YRKE] = {.name = "yrke",
                  .kind = SP_COLUMN_CODE,
                  .is_key = TRUE,
                  .classification = "profesjon"},
        [PERIOD] = {.name = "period",
                    .kind = SP_COLUMN_CODE,
                    .is_key = TRUE,
                    .classification = "period"},
        [DEMAND] = {.name = "etterspoersel", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        [SUPPLY] = {.name = "tilbud", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        [GAP] = {.name = "gap", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
    };
    SpTable *table = sp_table_new("framskriving_alternativ", columns, N_COLUMNS);
    sp_table_set_edition(table, sp_table_edition(first->demand));
    return table;
}

/* The days told: 1 January of those years that the table has, or its last day when it has none of them. g_strfreev. */
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
static void add_row(SpTable *table, const char *scenario, const SpPanel *demand, const SpPanel *gap,
                    const gsize at[3])
{
    const char *region = demand->regions[at[0]], *yrke = demand->yrker[at[1]];
    const char *period = demand->periods[at[2]];
    SpReal supply = sp_real_none(SP_MISSING), difference = supply;
    gsize r, g, t;
    if (gap != NULL && sp_panel_find(gap->regions, gap->n_regions, region, &r) &&
        sp_panel_find(gap->yrker, gap->n_yrker, yrke, &g) &&
        sp_panel_find(gap->periods, gap->n_periods, period, &t)) {
        supply = sp_panel_at(gap, 0, r, g)[t];
        difference = sp_panel_at(gap, 1, r, g)[t];
    }
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, SCENARIO, scenario);
    sp_table_set_code(table, row, REGION, region);
    sp_table_set_code(table, row, YRKE, yrke);
    sp_table_set_code(table, row, PERIOD, period);
    sp_table_set_real(table, row, DEMAND, sp_panel_at(demand, 0, at[0], at[1])[at[2]]);
    sp_table_set_real(table, row, SUPPLY, supply);
    sp_table_set_real(table, row, GAP, difference);
}

static gboolean add(SpTable *table, const SpAlternative *alternative, char *const days[],
                    GError **error)
{
    static const char *const demand_measure[] = {"aarsverk"}, *const gap_measures[] = {"tilbud",
                                                                                       "gap"};
    g_autoptr(SpPanel) demand = sp_panel_new(alternative->demand, demand_measure, 1, error);
    g_autoptr(SpPanel) gap = NULL;
    if (demand == NULL) {
        return FALSE;
    }
    if (alternative->gap != NULL) {
        gap = sp_panel_new(alternative->gap, gap_measures, G_N_ELEMENTS(gap_measures), error);
        if (gap == NULL) {
            return FALSE;
        }
    }
    for (gsize r = 0; r < demand->n_regions; r++) {
        for (gsize g = 0; g < demand->n_yrker; g++) {
            for (gsize t = 0; t < demand->n_periods; t++) {
                if (g_strv_contains((const char *const *)days, demand->periods[t])) {
                    add_row(table, alternative->scenario, demand, gap, (const gsize[]){r, g, t});
                }
            }
        }
    }
    guint marks = sp_table_marks(table) | sp_table_marks(alternative->demand);
    marks |= alternative->gap != NULL ? sp_table_marks(alternative->gap) : 0;
    sp_table_set_marks(table, marks);
    return TRUE;
}

SpTable *sp_alternatives_table(gsize n, const SpAlternative alternatives[], gsize n_years,
                               const int years[], GError **error)
{
    g_assert(n > 0);
    g_autoptr(SpTable) table = new_table(&alternatives[0]);
    g_auto(GStrv) days = chosen_days(alternatives[0].demand, n_years, years);
    for (gsize i = 0; i < n; i++) {
        if (!add(table, &alternatives[i], days, error)) {
            g_prefix_error(error, "scenario %s: ", alternatives[i].scenario);
            return NULL;
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
