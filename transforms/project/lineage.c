/* What projections are made from. */
#include "transforms/project/lineage.h"

#include "core/error.h"

gboolean sp_project_not_ours(const SpCell *cell, GError **error)
{
    g_autofree char *text = sp_cell_format(cell);
    return sp_error_set(error, SP_ERROR_NO_INPUT,
                        "\"%s\" is no cell of this projection; see docs/tables.md for its columns "
                        "and the base and horizon for its periods",
                        text);
}

SpCell *sp_project_person_cell(const char *table, const char *region, const char *kjonn,
                               const char *alder, const char *period)
{
    SpCell *cell = sp_cell_new(table, "innbyggere");
    sp_cell_with(sp_cell_with(cell, "region", region), "kjonn", kjonn);
    return sp_cell_with(sp_cell_with(cell, "alder", alder), "period", period);
}

guint sp_project_marks(const SpTables *in, const char *const names[], const char *const lists[])
{
    guint marks = 0;
    for (const char *const *name = names; *name != NULL; name++) {
        const SpTable *table = sp_tables_find(in, *name);
        marks |= table == NULL ? 0 : sp_table_marks(table);
    }
    for (const char *const *list = lists; *list != NULL; list++) {
        const SpTable *table = sp_tables_find(in, *list);
        gsize column = table == NULL ? SP_NO_COLUMN : sp_table_find(table, "tabell");
        for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(table); row++) {
            const char *const named[] = {sp_table_code(table, row, column), NULL};
            marks |= sp_project_marks(in, named, named + 1);
        }
    }
    return marks;
}
