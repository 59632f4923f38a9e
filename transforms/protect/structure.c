/* Wholes and parts of regions beside those of the layouts. */
#include "transforms/protect/structure.h"

#include "core/table_rows.h"

#include <string.h>

enum { TABELL, KOLONNE, HEL, DEL, PERSONER, N_COLUMNS };

static const char *const names[N_COLUMNS] = {"tabell", "kolonne", "hel", "del", "personer"};

typedef struct {
    SpTable *whole;
    gsize at[N_COLUMNS];
    const SpTable *regions;
    gsize region, kind, fylke;
} Work;

static void add(const Work *work, const char *table, const char *of, const char *part)
{
    const char *const codes[N_COLUMNS] = {table, "region", of, part, "hoeyst"};
    const gsize row = sp_table_add_row(work->whole);
    for (gsize i = 0; i < N_COLUMNS; i++) {
        sp_table_set_code(work->whole, row, work->at[i], codes[i]);
    }
}

static void add_regions(const Work *work, const char *table)
{
    for (gsize row = 0; row < sp_table_n_rows(work->regions); row++) {
        const char *kind = sp_table_code(work->regions, row, work->kind);
        const char *region = sp_table_code(work->regions, row, work->region);
        const char *fylke = sp_table_code(work->regions, row, work->fylke);
        if (strcmp(kind, "kommune") == 0 && *fylke != '\0') {
            add(work, table, fylke, region);
        } else if (strcmp(kind, "fylke") == 0) {
            add(work, table, "0", region);
        }
    }
}

static gboolean is_of_tables(const SpTable *table, gsize row, gpointer data)
{
    return sp_tables_find(data, sp_table_code(table, row, sp_table_find(table, names[TABELL]))) !=
           NULL;
}

SpTable *sp_structure_complete(const SpTable *structure, const SpTables *tables,
                               const SpTable *regions, GError **error)
{
    Work work = {.regions = regions};
    if (!sp_table_need_all(structure, names, N_COLUMNS, SP_COLUMN_CODE, work.at, error) ||
        !sp_table_need(regions, "region", SP_COLUMN_CODE, &work.region, error) ||
        !sp_table_need(regions, "slag", SP_COLUMN_CODE, &work.kind, error) ||
        !sp_table_need(regions, "fylke", SP_COLUMN_CODE, &work.fylke, error)) {
        return NULL;
    }
    g_autoptr(SpTable) chosen = sp_table_filter(structure, is_of_tables, (gpointer)tables);
    g_autoptr(SpTable) whole = work.whole = sp_table_copy(chosen);
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const char *table = sp_table_name(sp_tables_at(tables, i));
        if (sp_table_find(sp_tables_at(tables, i), "region") != SP_NO_COLUMN) {
            add_regions(&work, table);
        }
    }
    /* Codes, and no persons. */
    sp_table_set_marks(whole, sp_table_marks(whole) & ~(guint)SP_MARK_RESTRICTED);
    return sp_table_check_unique(whole, error) ? g_steal_pointer(&whole) : NULL;
}
