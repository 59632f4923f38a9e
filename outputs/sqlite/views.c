/* Views. */
#include "outputs/sqlite/views.h"

#include "outputs/views.h"

static gboolean has_columns(const SpTable *table, const char *columns)
{
    g_auto(GStrv) names = g_strsplit(columns, " ", -1);
    for (char **name = names; table != NULL && *name != NULL; name++) {
        if (sp_table_find(table, *name) == SP_NO_COLUMN) {
            return FALSE;
        }
    }
    return table != NULL;
}

gboolean sp_base_put_views(SpBase *base, GError **error)
{
    const SpViewWords words = {
        .language = sp_base_languages[sp_base_language(base)], .prefix = "", .columns = ""};
    for (gsize i = 0; i < sp_views_size(); i++) {
        const SpView *view = sp_views_at(i);
        if (!has_columns(sp_tables_find(base->package->tables, view->table), view->columns)) {
            continue;
        }
        g_autofree char *sql = sp_view_sql(view, &words);
        g_autofree char *all = g_strdup_printf("CREATE VIEW %s AS %s", view->name, sql);
        if (!sp_database_run(base->database, all, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
