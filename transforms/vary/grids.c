/* Evaluated formulas by their text. */
#include "transforms/vary/grids.h"

typedef struct {
    SpFormula *formula; /* our own copy, which the grid borrows */
    SpGrid *grid;
} Entry;

struct SpGrids {
    const SpTables *in;
    GHashTable *by_text; /* char* of the entry's formula -> Entry* */
    GHashTable *tables;  /* names of tables that were evaluated */
};

static void entry_free(gpointer data)
{
    Entry *entry = data;
    sp_grid_free(entry->grid);
    sp_formula_free(entry->formula);
    g_free(entry);
}

SpGrids *sp_grids_new(const SpTables *in)
{
    SpGrids *grids = g_new0(SpGrids, 1);
    grids->in = in;
    grids->by_text = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entry_free);
    grids->tables = g_hash_table_new(g_str_hash, g_str_equal);
    return grids;
}

void sp_grids_free(SpGrids *grids)
{
    if (grids != NULL) {
        g_hash_table_unref(grids->tables);
        g_hash_table_unref(grids->by_text);
        g_free(grids);
    }
}

const SpGrid *sp_grids_find(SpGrids *grids, const SpFormula *formula, GError **error)
{
    const char *text = sp_formula_text(formula);
    Entry *entry = g_hash_table_lookup(grids->by_text, text);
    if (entry == NULL) {
        /* A text that was read once is read again. */
        SpFormula *own = sp_formula_parse(text, NULL);
        SpGrid *grid = sp_grid_new(own, grids->in, error);
        if (grid == NULL) {
            sp_formula_free(own);
            return NULL;
        }
        entry = g_new(Entry, 1);
        *entry = (Entry){.formula = own, .grid = grid};
        g_hash_table_insert(grids->by_text, (char *)sp_formula_text(own), entry);
        sp_formula_add_tables(own, grids->tables);
    }
    return entry->grid;
}

void sp_grids_note(SpGrids *grids, const char *table)
{
    if (sp_tables_find(grids->in, table) != NULL) {
        g_hash_table_add(grids->tables, (char *)table);
    }
}

void sp_grids_mark(const SpGrids *grids, SpTable *table)
{
    GHashTableIter iterator;
    gpointer name = NULL;
    g_hash_table_iter_init(&iterator, grids->tables);
    while (g_hash_table_iter_next(&iterator, &name, NULL)) {
        const SpTable *used = sp_tables_find(grids->in, name);
        const char *edition = sp_table_edition(table);
        sp_table_set_marks(table, sp_table_marks(table) | sp_table_marks(used));
        if (g_strcmp0(sp_table_edition(used), edition) > 0) {
            sp_table_set_edition(table, sp_table_edition(used));
        }
    }
}
