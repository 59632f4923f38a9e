/* Tables of the past, each read once. */
#include "pipeline/recall.h"

#include "core/table_rows.h"

#include <string.h>

void sp_recall_add(SpTables *from, SpTables *in)
{
    while (sp_tables_size(from) > 0) {
        g_autoptr(SpTable) table = sp_tables_steal(from, sp_table_name(sp_tables_at(from, 0)));
        if (sp_tables_find(in, sp_table_name(table)) == NULL) {
            sp_tables_add(in, g_steal_pointer(&table));
        }
    }
}

static gboolean has_file(const SpInput *input, const char *table)
{
    g_autofree char *file = g_strconcat(table, ".csv", NULL);
    g_autofree char *path = g_build_filename(input->path, file, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

gboolean sp_recall_table(const SpUnit *unit, const char *table,
                         gboolean (*takes)(const char *input), SpTables *in, GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint i = 0; sp_tables_find(in, table) == NULL && i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind != SP_INPUT_STAGE || (takes != NULL && !takes(input->name)) ||
            !has_file(input, table)) {
            continue;
        }
        g_auto(GStrv) parts = g_strsplit(input->name, "/", 2);
        const SpTable *one = sp_unit_read_table(unit, parts[0], parts[1], table, error);
        if (one == NULL) {
            return FALSE;
        }
        g_ptr_array_add(found, (gpointer)one);
    }
    if (found->len > 0) {
        SpTable *whole = found->len == 1 ? sp_table_share(found->pdata[0])
                                         : sp_table_concat((const SpTable *const *)found->pdata,
                                                           found->len, error);
        if (whole == NULL) {
            return FALSE;
        }
        sp_tables_add(in, whole);
    }
    return TRUE;
}

gboolean sp_recall_own(const SpUnit *unit, SpTables *in, GError **error)
{
    static const char *const reports[] = {"kvalitet", "kontroll", "kildebruk", NULL};
    GHashTable *known = unit->context->tables;
    g_autofree char *key = g_strconcat(unit->folder, "/", NULL);
    SpTables *own = g_hash_table_lookup(known, key);
    if (own == NULL) {
        own = sp_tables_read(unit->folder, NULL, error);
        if (own == NULL) {
            return FALSE;
        }
        g_hash_table_insert(known, g_steal_pointer(&key), own);
    }
    for (gsize i = 0; i < sp_tables_size(own); i++) {
        const SpTable *table = sp_tables_at(own, i);
        const char *name = sp_table_name(table);
        if (sp_tables_find(in, name) == NULL && !g_strv_contains(reports, name)) {
            sp_tables_add(in, sp_table_share(table));
        }
    }
    return TRUE;
}

const SpTable *sp_recall_known(const SpContext *context, const char *folder, const char *table)
{
    const char *const names[] = {"", table};
    const SpTable *found = NULL;
    for (gsize i = 0; found == NULL && i < G_N_ELEMENTS(names); i++) {
        g_autofree char *key = g_strdup_printf("%s/%s", folder, names[i]);
        const SpTables *tables = g_hash_table_lookup(context->tables, key);
        found = tables != NULL ? sp_tables_find(tables, table) : NULL;
    }
    return found;
}
