/* Sets of tables by name. They are few, so a name is looked for one by one. */
#include "core/table.h"

#include <string.h>

#include "core/error.h"

struct SpTables {
    GPtrArray *tables; /* SpTable* */
};

SpTables *sp_tables_new(void)
{
    SpTables *tables = g_new0(SpTables, 1);
    tables->tables = g_ptr_array_new_with_free_func((GDestroyNotify)sp_table_free);
    return tables;
}

void sp_tables_free(SpTables *tables)
{
    if (tables == NULL) {
        return;
    }
    g_ptr_array_unref(tables->tables);
    g_free(tables);
}

void sp_tables_add(SpTables *tables, SpTable *table)
{
    g_assert(sp_tables_find(tables, sp_table_name(table)) == NULL);
    g_ptr_array_add(tables->tables, table);
}

gsize sp_tables_size(const SpTables *tables)
{
    return tables->tables->len;
}

SpTable *sp_tables_at(const SpTables *tables, gsize i)
{
    g_assert(i < tables->tables->len);
    return tables->tables->pdata[i];
}

SpTable *sp_tables_find(const SpTables *tables, const char *name)
{
    for (gsize i = 0; i < tables->tables->len; i++) {
        if (strcmp(sp_table_name(tables->tables->pdata[i]), name) == 0) {
            return tables->tables->pdata[i];
        }
    }
    return NULL;
}

SpTable *sp_tables_need(const SpTables *tables, const char *name, GError **error)
{
    SpTable *table = sp_tables_find(tables, name);
    if (table == NULL) {
        g_autoptr(GString) known = g_string_new(NULL);
        for (gsize i = 0; i < tables->tables->len; i++) {
            g_string_append_printf(known, "%s%s", i > 0 ? ", " : "",
                                   sp_table_name(tables->tables->pdata[i]));
        }
        sp_error_set(error, SP_ERROR_NO_INPUT, "no table \"%s\"; there is %s", name,
                     known->len > 0 ? known->str : "none");
    }
    return table;
}

SpTable *sp_tables_steal(SpTables *tables, const char *name)
{
    for (guint i = 0; i < tables->tables->len; i++) {
        if (strcmp(sp_table_name(tables->tables->pdata[i]), name) == 0) {
            return g_ptr_array_steal_index(tables->tables, i);
        }
    }
    return NULL;
}
