/* The rows of a fylke. */
#include "pipeline/own_tables.h"

#include "core/regions.h"
#include "core/table_rows.h"
#include "pipeline/origins.h"

#include <string.h>

typedef struct {
    const char *region;
    gsize column;
    gboolean has_kommuner; /* the country's package: kommune rows too? */
    GHashTable *groups;    /* codes of the groups that the fylke's kommuner are in */
} Own;

/* KOSTRA groups and centrality classes of a fylke's kommuner. */
static GHashTable *groups_of(const SpTable *regions, const char *fylke)
{
    static const char *const names[] = {"kostragruppe", "sentralitet"};
    GHashTable *groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gsize region = sp_table_find(regions, "region");
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        gsize group = sp_table_find(regions, names[i]);
        for (gsize row = 0; group != SP_NO_COLUMN && row < sp_table_n_rows(regions); row++) {
            const char *code = sp_table_code(regions, row, region);
            if (sp_region_kind(code) == SP_REGION_KOMMUNE && g_str_has_prefix(code, fylke)) {
                g_hash_table_add(groups, g_strdup(sp_table_code(regions, row, group)));
            }
        }
    }
    return groups;
}

/* A fylke's package holds its own kommuner, itself, the country and the groups that they are in;
 * the country's holds fylker and all groups, and kommuner where the catalogue says so. */
static gboolean is_own(const SpTable *table, gsize row, gpointer data)
{
    const Own *own = data;
    const char *code = sp_table_code(table, row, own->column);
    gboolean is_country = strcmp(own->region, "0") == 0;
    switch (sp_region_kind(code)) {
    case SP_REGION_KOMMUNE:
        return is_country ? own->has_kommuner : strncmp(code, own->region, 2) == 0;
    case SP_REGION_FYLKE:
        return is_country || strcmp(code, own->region) == 0;
    case SP_REGION_KOSTRA_GROUP:
    case SP_REGION_CENTRALITY:
        return is_country || g_hash_table_contains(own->groups, code);
    case SP_REGION_COUNTRY:
    case SP_REGION_COUNTRY_WITHOUT_OSLO:
    case SP_REGION_OTHER:
    default:
        return TRUE;
    }
}

/* TRUE if the catalogue lets the country's package hold the kommune rows of a table. */
static gboolean has_national_kommuner(const SpTable *catalogue, const char *name)
{
    gsize names = sp_table_find(catalogue, "name");
    gsize national = sp_table_find(catalogue, "national");
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, names), name) == 0) {
            return national == SP_NO_COLUMN ||
                   strcmp(sp_table_code(catalogue, row, national), "fylker") != 0;
        }
    }
    return TRUE;
}

SpTables *sp_own_tables(const SpTables *all, const SpTable *catalogue, const SpTable *regions,
                        const char *region)
{
    g_autoptr(GHashTable) groups = groups_of(regions, region);
    static const char *const about[] = {"region", "kvalitet", SP_ORIGINS_TABLE, NULL};
    SpTables *own = sp_tables_new();
    for (gsize i = 0; i < sp_tables_size(all); i++) {
        const SpTable *table = sp_tables_at(all, i);
        const char *name = sp_table_name(table);
        if (g_strv_contains(about, name)) {
            continue;
        }
        Own filter = {.region = region,
                      .column = sp_table_find(table, "region"),
                      .has_kommuner = has_national_kommuner(catalogue, name),
                      .groups = groups};
        sp_tables_add(own, filter.column == SP_NO_COLUMN ? sp_table_copy(table)
                                                         : sp_table_filter(table, is_own, &filter));
    }
    return own;
}
