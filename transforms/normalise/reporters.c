/* Periods and their kommuner. */
#include "transforms/normalise/reporters.h"

#include "core/codes.h"
#include "transforms/normalise/routes.h"

#include <string.h>

struct SpReporters {
    const char *division; /* NULL: each period's own */
    const SpRegions *regions;
    GHashTable *periods; /* char* -> GHashTable* of kommuner (char*) */
};

SpReporters *sp_reporters_new(const SpRegions *regions, const char *division)
{
    SpReporters *reporters = g_new0(SpReporters, 1);
    reporters->division = division;
    reporters->regions = regions;
    reporters->periods =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    return reporters;
}

void sp_reporters_free(SpReporters *reporters)
{
    if (reporters != NULL) {
        g_hash_table_unref(reporters->periods);
        g_free(reporters);
    }
}

static void add(SpReporters *reporters, const char *period, const char *kommune)
{
    GHashTable *kommuner = g_hash_table_lookup(reporters->periods, period);
    if (kommuner == NULL) {
        kommuner = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_hash_table_insert(reporters->periods, g_strdup(period), kommuner);
    }
    if (kommune != NULL) {
        g_hash_table_add(kommuner, g_strdup(kommune));
    }
}

static gboolean day_of(const SpReporters *reporters, const char *period, SpDay *day)
{
    return reporters->division != NULL ? sp_day_parse(reporters->division, day)
                                       : sp_route_day(period, day);
}

gboolean sp_reporters_add(SpReporters *reporters, const char *period, const char *region)
{
    SpDay day = 0;
    if (period == NULL || (region != NULL && !day_of(reporters, period, &day))) {
        return TRUE;
    }
    SpRegionKind kind = region != NULL ? sp_region_kind(region) : SP_REGION_COUNTRY;
    gboolean is_valid = kind == SP_REGION_KOMMUNE && reporters->regions != NULL &&
                        sp_regions_is_valid(reporters->regions, region, day);
    add(reporters, period, is_valid ? region : NULL);
    return reporters->regions == NULL || is_valid ||
           !(kind == SP_REGION_KOMMUNE || kind == SP_REGION_OTHER);
}

static GPtrArray *sorted_keys(GHashTable *table)
{
    GPtrArray *keys = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key = NULL;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        g_ptr_array_add(keys, key);
    }
    g_ptr_array_sort(keys, sp_codes_compare);
    return keys;
}

GPtrArray *sp_reporters_periods(const SpReporters *reporters)
{
    return sorted_keys(reporters->periods);
}

GPtrArray *sp_reporters_of(const SpReporters *reporters, const char *period)
{
    GHashTable *kommuner = g_hash_table_lookup(reporters->periods, period);
    return kommuner != NULL ? sorted_keys(kommuner) : g_ptr_array_new();
}

/* The two digits that all kommuner begin with; NULL when they are of several fylker. */
static const char *only_fylke(const GPtrArray *reported)
{
    for (guint i = 1; i < reported->len; i++) {
        if (strncmp(reported->pdata[i], reported->pdata[0], 2) != 0) {
            return NULL;
        }
    }
    return reported->len > 0 ? reported->pdata[0] : NULL;
}

/* Whether any row is of a kommune: kommuner are not asked to have rows in national figures. */
static gboolean has_kommuner(const SpReporters *reporters)
{
    GHashTableIter iter;
    gpointer kommuner = NULL;
    g_hash_table_iter_init(&iter, reporters->periods);
    while (g_hash_table_iter_next(&iter, NULL, &kommuner)) {
        if (g_hash_table_size(kommuner) > 0) {
            return TRUE;
        }
    }
    return FALSE;
}

GPtrArray *sp_reporters_silent(const SpReporters *reporters, const char *period, SpDay *day)
{
    if (reporters->regions == NULL || !has_kommuner(reporters) || !day_of(reporters, period, day)) {
        return NULL;
    }
    g_autoptr(GPtrArray) reported = sp_reporters_of(reporters, period);
    const char *fylke = only_fylke(reported);
    g_autofree const char **all = sp_regions_at(reporters->regions, *day);
    GPtrArray *silent = g_ptr_array_new();
    for (const char **kommune = all; *kommune != NULL; kommune++) {
        if ((fylke == NULL || strncmp(*kommune, fylke, 2) == 0) &&
            !g_ptr_array_find_with_equal_func(reported, *kommune, g_str_equal, NULL)) {
            g_ptr_array_add(silent, (gpointer)*kommune);
        }
    }
    return silent;
}
