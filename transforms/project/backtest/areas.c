/* Groups of kommuner. */
#include "transforms/project/backtest/areas.h"

#include "core/rollup.h"

#include <string.h>

static void area_clear(gpointer data)
{
    g_array_unref(((SpArea *)data)->units);
}

static GArray *add_area(GArray *areas, const char *code, gboolean is_fylke)
{
    SpArea area = {.is_fylke = is_fylke, .units = g_array_new(FALSE, FALSE, sizeof(gsize))};
    g_strlcpy(area.code, code, sizeof area.code);
    g_array_append_val(areas, area);
    return area.units;
}

/* One area a code that has kommuner, in byte order. */
static void add_groups(GArray *areas, const SpCodes *codes, const guint32 of[], gsize n_units,
                       gboolean is_fylke)
{
    guint32 n = sp_codes_size(codes);
    g_autofree guint32 *rank = sp_codes_ranks(codes);
    g_autofree guint32 *by_rank = g_new(guint32, n + 1);
    for (guint32 i = 0; i < n; i++) {
        by_rank[rank[i]] = i;
    }
    for (guint32 i = 0; i < n; i++) {
        GArray *units = NULL;
        for (gsize unit = 0; unit < n_units; unit++) {
            if (of[unit] == by_rank[i]) {
                units = units == NULL ? add_area(areas, sp_codes_text(codes, by_rank[i]), is_fylke)
                                      : units;
                g_array_append_val(units, unit);
            }
        }
    }
}

static void add_sizes(GArray *areas, gsize n_units, const double persons[], const double limits[],
                      gsize n_limits)
{
    for (gsize size = 0; size <= n_limits; size++) {
        double least = size == 0 ? 0 : limits[size - 1];
        char code[SP_AREA_CODE_SIZE];
        if (size == n_limits) {
            g_snprintf(code, sizeof code, "%06.0f+", least);
        } else {
            g_snprintf(code, sizeof code, "%06.0f-%06.0f", least, limits[size] - 1);
        }
        GArray *units = NULL;
        for (gsize unit = 0; unit < n_units; unit++) {
            if (persons[unit] >= least && (size == n_limits || persons[unit] < limits[size])) {
                units = units == NULL ? add_area(areas, code, FALSE) : units;
                g_array_append_val(units, unit);
            }
        }
    }
}

GArray *sp_areas_new(const SpPlaces *places, const double persons[], const double limits[],
                     gsize n_limits)
{
    GArray *areas = g_array_new(FALSE, FALSE, sizeof(SpArea));
    g_array_set_clear_func(areas, area_clear);
    GArray *all = add_area(areas, SP_REGION_COUNTRY_CODE, FALSE);
    for (gsize unit = 0; unit < places->n_regions; unit++) {
        g_array_append_val(all, unit);
    }
    add_groups(areas, places->fylke_codes, places->fylke, places->n_regions, TRUE);
    add_groups(areas, places->centrality_codes, places->centrality, places->n_regions, FALSE);
    add_sizes(areas, places->n_regions, persons, limits, n_limits);
    return areas;
}
