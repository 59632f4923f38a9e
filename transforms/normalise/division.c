/* `region` and `kommune_endring` under the names that core/regions takes. */
#include "transforms/normalise/division.h"

#include <string.h>

static SpTable *kommuner(const SpTable *regions, GError **error)
{
    static const SpColumn columns[] = {{.name = "code", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "name", .kind = SP_COLUMN_CODE}};
    gsize code = 0;
    gsize kind = 0;
    gsize name = 0;
    if (!sp_table_need(regions, "region", SP_COLUMN_CODE, &code, error) ||
        !sp_table_need(regions, "slag", SP_COLUMN_CODE, &kind, error) ||
        !sp_table_need(regions, "navn", SP_COLUMN_CODE, &name, error)) {
        return NULL;
    }
    SpTable *table = sp_table_new("kommuner", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < sp_table_n_rows(regions); i++) {
        if (strcmp(sp_table_code(regions, i, kind), "kommune") == 0) {
            gsize row = sp_table_add_row(table);
            sp_table_set_code(table, row, 0, sp_table_code(regions, i, code));
            sp_table_set_code(table, row, 1, sp_table_code(regions, i, name));
        }
    }
    return table;
}

static SpTable *changes_as_klass(const SpTable *changes, GError **error)
{
    static const char *const ours[] = {"dato", "fra", "fra_navn", "til", "til_navn"};
    static const SpColumn columns[] = {{.name = "date", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "old_code", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "old_name", .kind = SP_COLUMN_CODE},
                                       {.name = "new_code", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "new_name", .kind = SP_COLUMN_CODE}};
    gsize from[G_N_ELEMENTS(ours)];
    if (!sp_table_need_all(changes, ours, G_N_ELEMENTS(ours), SP_COLUMN_CODE, from, error)) {
        return NULL;
    }
    SpTable *table = sp_table_new("endringer", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < sp_table_n_rows(changes); i++) {
        gsize row = sp_table_add_row(table);
        for (gsize column = 0; column < G_N_ELEMENTS(ours); column++) {
            sp_table_set_code(table, row, column, sp_table_code(changes, i, from[column]));
        }
    }
    return table;
}

SpRegions *sp_normalise_regions(const SpTables *tables, SpDay target, GError **error)
{
    const SpTable *regions = sp_tables_need(tables, "region", error);
    const SpTable *changes =
        regions == NULL ? NULL : sp_tables_need(tables, "kommune_endring", error);
    g_autoptr(SpTable) codes = changes == NULL ? NULL : kommuner(regions, error);
    g_autoptr(SpTable) edges = codes == NULL ? NULL : changes_as_klass(changes, error);
    return edges == NULL ? NULL : sp_regions_new(codes, target, edges, error);
}
