/* A table's figures by region, profession and day. */
#include "transforms/project/balance/panel.h"

#include "core/error.h"
#include "core/table_rows.h"

#include <string.h>

enum { REGION, YRKE, PERIOD, N_KEYS };

gboolean sp_panel_find(char *const codes[], gsize n, const char *code, gsize *place)
{
    gsize from = 0, to = n;
    while (from < to) {
        gsize middle = from + (to - from) / 2;
        int order = strcmp(codes[middle], code);
        if (order == 0) {
            *place = middle;
            return TRUE;
        }
        if (order < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return FALSE;
}

/* The codes that rows have, in byte order, and the place of each by its number (`places`,
 * g_free). */
static char **axis(const SpTable *table, gsize column, gsize *n, gint32 **places)
{
    char **list = sp_table_used_list(table, column, NULL, NULL);
    *n = g_strv_length(list);
    *places = sp_codes_places(sp_table_codes(table, column), list, *n);
    return list;
}

SpPanel *sp_panel_new(const SpTable *table, const char *const measures[], gsize n, GError **error)
{
    static const char *const keys[N_KEYS] = {"region", "yrke", "period"};
    gsize columns[N_KEYS];
    g_autofree gsize *from = g_new(gsize, MAX(n, 1));
    if (!sp_table_need_all(table, keys, N_KEYS, SP_COLUMN_CODE, columns, error) ||
        !sp_table_need_all(table, measures, n, SP_COLUMN_MEASURE, from, error)) {
        return NULL;
    }
    gsize n_rows = sp_table_n_rows(table);
    if (n_rows == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s has no row; look at the unit it was made in",
                     sp_table_name(table));
        return NULL;
    }
    SpPanel *panel = g_new0(SpPanel, 1);
    g_autofree gint32 *region = NULL;
    g_autofree gint32 *yrke = NULL;
    g_autofree gint32 *period = NULL;
    panel->regions = axis(table, columns[REGION], &panel->n_regions, &region);
    panel->yrker = axis(table, columns[YRKE], &panel->n_yrker, &yrke);
    panel->periods = axis(table, columns[PERIOD], &panel->n_periods, &period);
    panel->n_measures = n;
    gsize n_cells = panel->n_regions * panel->n_yrker * panel->n_periods;
    panel->figures = g_new(SpReal, n * n_cells);
    for (gsize i = 0; i < n * n_cells; i++) {
        panel->figures[i] = sp_real_none(SP_MISSING);
    }
    const guint32 *of_region = sp_table_code_numbers_const(table, columns[REGION]);
    const guint32 *of_yrke = sp_table_code_numbers_const(table, columns[YRKE]);
    const guint32 *of_period = sp_table_code_numbers_const(table, columns[PERIOD]);
    for (gsize row = 0; row < n_rows; row++) {
        gsize r = (gsize)region[of_region[row]], g = (gsize)yrke[of_yrke[row]];
        gsize place = (r * panel->n_yrker + g) * panel->n_periods + (gsize)period[of_period[row]];
        for (gsize i = 0; i < n; i++) {
            panel->figures[i * n_cells + place] = sp_table_real(table, row, from[i]);
        }
    }
    return panel;
}

void sp_panel_free(SpPanel *panel)
{
    if (panel == NULL) {
        return;
    }
    g_strfreev(panel->regions);
    g_strfreev(panel->yrker);
    g_strfreev(panel->periods);
    g_free(panel->figures);
    g_free(panel);
}

SpReal sp_panel_figure(const SpPanel *panel, gsize measure, const char *region, const char *yrke,
                       const char *period)
{
    gsize r, g, t;
    return sp_panel_find(panel->regions, panel->n_regions, region, &r) &&
                   sp_panel_find(panel->yrker, panel->n_yrker, yrke, &g) &&
                   sp_panel_find(panel->periods, panel->n_periods, period, &t)
               ? sp_panel_at(panel, measure, r, g)[t]
               : sp_real_none(SP_MISSING);
}

const SpReal *sp_panel_at(const SpPanel *panel, gsize measure, gsize region, gsize yrke)
{
    gsize place = (measure * panel->n_regions + region) * panel->n_yrker + yrke;
    return &panel->figures[place * panel->n_periods];
}
