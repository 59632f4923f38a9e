/* A finished unit's own tables, for its transforms' explanations. */
#include "pipeline/recall.h"

void sp_recall_add(SpTables *from, SpTables *in)
{
    while (sp_tables_size(from) > 0) {
        g_autoptr(SpTable) table = sp_tables_steal(from, sp_table_name(sp_tables_at(from, 0)));
        if (sp_tables_find(in, sp_table_name(table)) == NULL) {
            sp_tables_add(in, g_steal_pointer(&table));
        }
    }
}

gboolean sp_recall_own(const SpUnit *unit, const char *const *names, SpTables *in, GError **error)
{
    static const char *const reports[] = {"kvalitet", "kontroll", "kildebruk"};
    g_autoptr(SpTables) own = sp_tables_read_any(unit->folder, names, error);
    if (own == NULL) {
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(reports); i++) {
        sp_table_free(sp_tables_steal(own, reports[i]));
    }
    sp_recall_add(own, in);
    return TRUE;
}
