/* Straight lines to the nearest hospital and place of study. */
#include "transforms/vary/distances.h"

#include "core/table_rows.h"
#include "transforms/vary/groups.h"
#include "transforms/vary/columns.h"

#include <math.h>
#include <string.h>

static const double earth_radius_km = 6371.0088;

double sp_distance_km(double latitude, double longitude, double to_latitude, double to_longitude)
{
    const double radians = G_PI / 180.0;
    const double up = sin((to_latitude - latitude) * radians / 2.0);
    const double along = sin((to_longitude - longitude) * radians / 2.0);
    const double chord =
        up * up + cos(latitude * radians) * cos(to_latitude * radians) * along * along;
    return 2.0 * earth_radius_km * asin(fmin(1.0, sqrt(chord)));
}

/* Points of a table. */
typedef struct {
    const SpTable *table;
    gsize name; /* code column: kommune, or kind of place */
    gsize degrees[2];
} Points;

static gboolean points_init(Points *points, const SpTable *table, const char *name, GError **error)
{
    static const char *const degrees[] = {"breddegrad", "lengdegrad"};
    points->table = table;
    return sp_table_need(table, name, SP_COLUMN_CODE, &points->name, error) &&
           sp_table_need_all(table, degrees, G_N_ELEMENTS(degrees), SP_COLUMN_MEASURE,
                             points->degrees, error);
}

static gboolean point_at(const Points *points, gsize row, double degrees[2])
{
    for (gsize i = 0; i < 2; i++) {
        const SpReal real = sp_table_real(points->table, row, points->degrees[i]);
        if (!sp_real_is_number(real)) {
            return FALSE;
        }
        degrees[i] = real.value;
    }
    return TRUE;
}

/* Missing where no place of the kind has coordinates. */
static SpReal nearest(const Points *places, const char *kind, const double from[2])
{
    SpReal least = sp_real_none(SP_MISSING);
    for (gsize row = 0; row < sp_table_n_rows(places->table); row++) {
        double to[2];
        if (strcmp(sp_table_code(places->table, row, places->name), kind) != 0 ||
            !point_at(places, row, to)) {
            continue;
        }
        const double km = sp_distance_km(from[0], from[1], to[0], to[1]);
        if (!sp_real_is_number(least) || km < least.value) {
            least = sp_real_flagged(km, SP_FLAG_MODELLED);
        }
    }
    return least;
}

/* The day in "kommune@2024-01-01", or nothing. */
static const char *division_of(const SpTable *regions)
{
    const char *of = sp_table_column(regions, sp_table_find(regions, "region"))->classification;
    const char *day = of != NULL ? strchr(of, '@') : NULL;
    return day != NULL ? day + 1 : "";
}

enum { REGION, KIND, PERIOD, KM, N_COLUMNS };
static const SpColumn columns[N_COLUMNS] = {
    [REGION] = SP_VARY_REGION,
    [KIND] = {.name = "stedsslag", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    [PERIOD] = SP_VARY_PERIOD,
    [KM] = {.name = "km", .kind = SP_COLUMN_MEASURE, .unit = "km"},
};

static void add_rows(SpTable *table, const Points *places, const char *kommune,
                     const double from[2], const char *period)
{
    g_auto(GStrv) kinds = sp_table_used_list(places->table, places->name, NULL, NULL);
    for (char **kind = kinds; *kind != NULL; kind++) {
        const SpReal km = nearest(places, *kind, from);
        if (sp_real_is_number(km)) {
            const gsize row = sp_table_add_row(table);
            sp_table_set_code(table, row, REGION, kommune);
            sp_table_set_code(table, row, KIND, *kind);
            sp_table_set_code(table, row, PERIOD, period);
            sp_table_set_real(table, row, KM, km);
        }
    }
}

SpTable *sp_distances(const SpTable *places, const SpTable *middles, const SpTable *regions,
                      SpQuality *quality, GError **error)
{
    Points to;
    Points from;
    g_autoptr(GPtrArray) kommuner = sp_groups_list_kommuner(regions, error);
    if (kommuner == NULL || !points_init(&to, places, "stedsslag", error) ||
        !points_init(&from, middles, "kommune", error)) {
        return NULL;
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(middles, &from.name, 1);
    g_autoptr(SpTable) table = sp_table_new(SP_TABLE_DISTANCES, columns, N_COLUMNS);
    sp_table_set_marks(table, sp_table_marks(places));
    sp_table_set_edition(table, sp_table_edition(places));
    for (guint i = 0; i < kommuner->len; i++) {
        const char *kommune = g_ptr_array_index(kommuner, i);
        double middle[2];
        gsize row = 0;
        if (sp_table_index_find(index, &kommune, &row) && point_at(&from, row, middle)) {
            add_rows(table, &to, kommune, middle, division_of(regions));
        } else {
            sp_quality_note(quality, "middle_unknown", kommune, 0,
                            "no middle of the kommune is known, so that no distance from it is; "
                            "add it to config/midtpunkter.csv");
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
