/* The rows of a fylke. */
#include "pipeline/own_tables.h"

#include "core/regions.h"
#include "core/table_rows.h"
#include "pipeline/origins.h"

#include <string.h>

/* What tells of the edition's making. */
static const char *const about[] = {"region", "kvalitet", SP_ORIGINS_TABLE, NULL};

typedef struct {
    const char *region;
    GHashTable *groups;  /* codes of the groups that the fylke's kommuner are in; NULL: of all */
    GHashTable *coarser; /* tables of which the country's package has no kommune; NULL: of all */
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

/* Tables whose kommune rows the catalogue keeps out of the country's package. Names are
 * borrowed. */
static GHashTable *coarser_of(const SpTable *catalogue)
{
    const gsize name = sp_table_find(catalogue, "name");
    const gsize national = sp_table_find(catalogue, "national");
    GHashTable *coarser = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize row = 0; national != SP_NO_COLUMN && row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, national), "fylker") == 0) {
            g_hash_table_add(coarser, (gpointer)sp_table_code(catalogue, row, name));
        }
    }
    return coarser;
}

/* A fylke's package holds its own kommuner, itself, the country and the groups that they are in;
 * the country's holds fylker and all groups, and kommuner where the catalogue says so. */
static gboolean is_own(const char *table, const char *code, gpointer data)
{
    const Own *own = data;
    const gboolean is_country = strcmp(own->region, "0") == 0;
    switch (sp_region_kind(code)) {
    case SP_REGION_KOMMUNE:
        return is_country ? own->coarser != NULL && !g_hash_table_contains(own->coarser, table)
                          : strncmp(code, own->region, 2) == 0;
    case SP_REGION_FYLKE:
        return is_country || own->groups == NULL || strcmp(code, own->region) == 0;
    case SP_REGION_KOSTRA_GROUP:
    case SP_REGION_CENTRALITY:
        return is_country || own->groups == NULL || g_hash_table_contains(own->groups, code);
    case SP_REGION_COUNTRY:
    case SP_REGION_COUNTRY_WITHOUT_OSLO:
    case SP_REGION_OTHER:
    default:
        return TRUE;
    }
}

static SpTables *read_rows(const SpUnit *unit, const char *const *names, Own *own, GError **error)
{
    const SpRowChoice choice = {.column = "region", .wants = is_own, .data = own};
    return sp_unit_read_chosen(unit, "protect", "utgave", names, &choice, error);
}

SpTables *sp_own_tables(const SpUnit *unit, const SpTable *catalogue, const SpTable *regions,
                        GError **error)
{
    g_autoptr(GHashTable) groups = groups_of(regions, unit->unit);
    g_autoptr(GHashTable) coarser = coarser_of(catalogue);
    Own own = {.region = unit->unit, .groups = groups, .coarser = coarser};
    SpTables *tables = read_rows(unit, NULL, &own, error);
    for (gsize i = 0; tables != NULL && about[i] != NULL; i++) {
        sp_table_free(sp_tables_steal(tables, about[i]));
    }
    return tables;
}

SpTables *sp_own_neighbours(const SpUnit *unit, const char *const *names, GError **error)
{
    Own own = {.region = unit->unit};
    return read_rows(unit, names, &own, error);
}
