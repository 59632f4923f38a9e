/* A unit at work reads what it has declared. */
#include "pipeline/stage.h"

#include "core/error.h"
#include "core/table_rows.h"

#include <string.h>

/* The folder of a declared input, its bytes still those of its manifest; NULL with error. */
static const char *check_input(const SpUnit *unit, const char *stage, const char *other,
                               GError **error)
{
    g_autofree char *name = g_strdup_printf("%s/%s", stage, other);
    const char *path = sp_unit_input(unit, SP_INPUT_STAGE, name)->path;
    g_autoptr(SpManifest) manifest = sp_manifest_read(path, error);
    if (manifest == NULL || !sp_manifest_check(manifest, path, error)) {
        g_prefix_error(error, "%s: ", name);
        return NULL;
    }
    return path;
}

/* Those among `names` (NULL: all) that are there; `what` tells them from other readings of the same
 * folder. */
static SpTables *read_once(const SpUnit *unit, const char *stage, const char *other,
                           const char *what, const char *const *names, GError **error)
{
    g_autofree char *name = g_strdup_printf("%s/%s", stage, other);
    const char *path = sp_unit_input(unit, SP_INPUT_STAGE, name)->path;
    g_autofree char *key = g_strdup_printf("%s/%s", path, what);
    pthread_mutex_lock(&unit->context->tables_lock);
    SpTables *tables = g_hash_table_lookup(unit->context->tables, key);
    if (tables == NULL && check_input(unit, stage, other, error) != NULL) {
        tables = sp_tables_read_any(path, names, error);
        if (tables != NULL) {
            g_hash_table_insert(unit->context->tables, g_steal_pointer(&key), tables);
        }
    }
    pthread_mutex_unlock(&unit->context->tables_lock);
    return tables;
}

const SpTables *sp_unit_read(const SpUnit *unit, const char *stage, const char *other,
                             GError **error)
{
    return read_once(unit, stage, other, "", NULL, error);
}

const SpTable *sp_unit_read_table(const SpUnit *unit, const char *stage, const char *other,
                                  const char *table, GError **error)
{
    const char *const names[] = {table, NULL};
    const SpTables *tables = read_once(unit, stage, other, table, names, error);
    return tables != NULL ? sp_tables_find(tables, table) : NULL;
}

SpTables *sp_unit_read_chosen(const SpUnit *unit, const char *stage, const char *other,
                              const char *const *names, const SpRowChoice *choice, GError **error)
{
    const char *path = check_input(unit, stage, other, error);
    return path != NULL ? sp_tables_read_chosen(path, names, choice, error) : NULL;
}

/* Several datasets may make one table, each some of its rows (rounds of a projection, a file a
 * year). Takes `own`. */
static gboolean add_table(SpTables *into, SpTable *own, GError **error)
{
    g_autoptr(SpTable) table = own;
    g_autoptr(SpTable) before = sp_tables_steal(into, sp_table_name(table));
    if (before == NULL) {
        sp_tables_add(into, g_steal_pointer(&table));
        return TRUE;
    }
    const SpTable *const both[] = {before, table};
    g_autoptr(SpTable) whole = sp_table_concat(both, G_N_ELEMENTS(both), error);
    sp_table_free(g_steal_pointer(&before)); /* sorting needs room, and they may be large */
    sp_table_free(g_steal_pointer(&table));
    if (whole == NULL || !sp_table_check_unique(whole, error)) {
        g_prefix_error(error, "another dataset makes the table too: ");
        return FALSE;
    }
    sp_tables_add(into, g_steal_pointer(&whole));
    return TRUE;
}

/* Tables that tell about a unit's other tables: not facts, and no input of transforms. */
static gboolean is_report(const char *table)
{
    return strcmp(table, "kvalitet") == 0 || strcmp(table, "kontroll") == 0 ||
           strcmp(table, "kildebruk") == 0;
}

gboolean sp_unit_read_into(const SpUnit *unit, const char *stage, const char *other, SpTables *into,
                           GError **error)
{
    const SpTables *tables = sp_unit_read(unit, stage, other, error);
    if (tables == NULL) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        SpTable *table = sp_tables_at(tables, i);
        if (is_report(sp_table_name(table))) {
            continue;
        }
        if (!add_table(into, sp_table_share(table), error)) {
            g_prefix_error(error, "%s/%s: ", stage, other);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_unit_take_into(const SpUnit *unit, const char *stage, const char *other,
                           const char *const *names, SpTables *into, GError **error)
{
    const char *path = check_input(unit, stage, other, error);
    g_autoptr(SpTables) tables = path == NULL ? NULL : sp_tables_read_any(path, names, error);
    while (tables != NULL && sp_tables_size(tables) > 0) {
        const char *name = sp_table_name(sp_tables_at(tables, 0));
        gboolean tells_of_others = is_report(name);
        SpTable *table = sp_tables_steal(tables, name);
        if (tells_of_others) {
            sp_table_free(table);
        } else if (!add_table(into, table, error)) {
            g_prefix_error(error, "%s/%s: ", stage, other);
            return FALSE;
        }
    }
    return tables != NULL;
}
