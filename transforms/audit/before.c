/* Rows of earlier tables, looked up by their keys. */
#include "transforms/audit/before.h"

#include <string.h>

/* Whether it is the table of some edition. */
static gboolean is_of(const SpTable *earlier, const SpTable *table)
{
    const char *name = sp_table_name(table);
    const gsize size = strlen(name);
    return strncmp(sp_table_name(earlier), name, size) == 0 && sp_table_name(earlier)[size] == '@';
}

static gboolean find_cell(const SpTable *earlier, gsize row, const SpLattice *lattice,
                          const gsize at[], guint32 *cell)
{
    g_autofree guint32 *tuple = g_new(guint32, lattice->n_columns + 1);
    for (gsize i = 0; i < lattice->n_columns; i++) {
        if (!sp_codes_find(lattice->codes[i], sp_table_code(earlier, row, at[i]), &tuple[i])) {
            return FALSE;
        }
    }
    return sp_tuples_find(lattice->keys, tuple, cell);
}

static void find(const SpTable *earlier, const char *measure, const SpLattice *lattice,
                 gboolean is_told[])
{
    const gsize column = sp_table_find(earlier, measure);
    g_autofree gsize *at = g_new(gsize, lattice->n_columns + 1);
    gboolean has_all =
        column != SP_NO_COLUMN && sp_table_column(earlier, column)->kind == SP_COLUMN_MEASURE;
    for (gsize i = 0; i < lattice->n_columns; i++) {
        at[i] = sp_table_find(earlier, lattice->columns[i]);
        has_all = has_all && at[i] != SP_NO_COLUMN &&
                  sp_table_column(earlier, at[i])->kind == SP_COLUMN_CODE;
    }
    for (gsize row = 0; has_all && row < sp_table_n_rows(earlier); row++) {
        guint32 cell = 0;
        if (sp_real_is_number(sp_table_real(earlier, row, column)) &&
            find_cell(earlier, row, lattice, at, &cell)) {
            is_told[cell] = TRUE;
        }
    }
}

gboolean *sp_before_find(const SpTables *before, const SpMeasure *measure)
{
    gboolean *is_told = NULL;
    for (gsize i = 0; before != NULL && i < sp_tables_size(before); i++) {
        const SpTable *earlier = sp_tables_at(before, i);
        for (gsize t = 0; t < measure->n; t++) {
            const SpTable *table = measure->tables[t];
            if (is_of(earlier, table)) {
                is_told =
                    is_told != NULL ? is_told : g_new0(gboolean, measure->lattice->n_cells + 1);
                find(earlier, sp_table_column(table, measure->columns[t])->name, measure->lattice,
                     is_told);
            }
        }
    }
    return is_told;
}
