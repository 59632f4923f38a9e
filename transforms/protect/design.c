/* The sparse matrix of published cells. */
#include "transforms/protect/design.h"

#include <string.h>

/* Entries of equal `key` stay in their order. */
static SpDesignEntry *sort_by(const SpDesignEntry entries[], gsize n, gsize n_keys,
                              gboolean by_cell)
{
    g_autofree gsize *next = g_new0(gsize, n_keys + 1);
    SpDesignEntry *sorted = g_new0(SpDesignEntry, n + 1);
    for (gsize i = 0; i < n; i++) {
        next[(by_cell ? entries[i].cell : entries[i].inner) + 1]++;
    }
    for (gsize key = 0; key < n_keys; key++) {
        next[key + 1] += next[key];
    }
    for (gsize i = 0; i < n; i++) {
        sorted[next[by_cell ? entries[i].cell : entries[i].inner]++] = entries[i];
    }
    return sorted;
}

SpDesign *sp_design_new(gsize n_inner, gsize n_cells, const SpDesignEntry entries[],
                        gsize n_entries)
{
    g_autofree SpDesignEntry *by_inner = sort_by(entries, n_entries, n_inner, FALSE);
    g_autofree SpDesignEntry *sorted = sort_by(by_inner, n_entries, n_cells, TRUE);
    SpDesign *design = g_new(SpDesign, 1);
    *design = (SpDesign){.n_inner = n_inner,
                         .n_cells = n_cells,
                         .start = g_new0(gsize, n_cells + 1),
                         .inner = g_new(guint32, n_entries + 1),
                         .coef = g_new(gint32, n_entries + 1)};
    gsize n = 0;
    for (gsize i = 0, cell = 0; cell < n_cells; cell++) {
        while (i < n_entries && sorted[i].cell == cell) {
            const guint32 inner = sorted[i].inner;
            gint32 coef = 0;
            for (; i < n_entries && sorted[i].cell == cell && sorted[i].inner == inner; i++) {
                coef += sorted[i].coef;
            }
            if (coef != 0) {
                design->inner[n] = inner;
                design->coef[n++] = coef;
            }
        }
        design->start[cell + 1] = n;
    }
    return design;
}

void sp_design_free(SpDesign *design)
{
    if (design != NULL) {
        g_free(design->start);
        g_free(design->inner);
        g_free(design->coef);
        g_free(design);
    }
}

SpDesign *sp_design_choose(const SpDesign *design, gsize n_chosen, const guint32 cells[])
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    for (guint32 cell = 0; cell < n_chosen; cell++) {
        for (gsize i = design->start[cells[cell]]; i < design->start[cells[cell] + 1]; i++) {
            const SpDesignEntry entry = {design->inner[i], cell, design->coef[i]};
            g_array_append_val(entries, entry);
        }
    }
    return sp_design_new(design->n_inner, n_chosen, (const SpDesignEntry *)(gpointer)entries->data,
                         entries->len);
}

/* ---- copies ---- */

typedef struct {
    const SpDesign *design;
    guint32 cell;
} Column;

static guint hash_column(gconstpointer key)
{
    const Column *column = key;
    guint hash = 5381;
    for (gsize i = column->design->start[column->cell]; i < column->design->start[column->cell + 1];
         i++) {
        hash = hash * 33 + column->design->inner[i] * 31 + (guint)column->design->coef[i];
    }
    return hash;
}

static gboolean are_equal(gconstpointer a, gconstpointer b)
{
    const Column *one = a;
    const Column *other = b;
    const SpDesign *design = one->design;
    const gsize from = design->start[one->cell];
    const gsize to = design->start[other->cell];
    const gsize n = design->start[one->cell + 1] - from;
    return n == design->start[other->cell + 1] - to &&
           memcmp(design->inner + from, design->inner + to, n * sizeof *design->inner) == 0 &&
           memcmp(design->coef + from, design->coef + to, n * sizeof *design->coef) == 0;
}

void sp_design_find_copies(const SpDesign *design, guint32 first[])
{
    g_autofree Column *columns = g_new(Column, design->n_cells + 1);
    g_autoptr(GHashTable) seen = g_hash_table_new(hash_column, are_equal);
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        columns[cell] = (Column){design, cell};
        const Column *known = g_hash_table_lookup(seen, &columns[cell]);
        const gboolean is_empty = design->start[cell] == design->start[cell + 1];
        first[cell] = known != NULL && !is_empty ? known->cell : cell;
        if (known == NULL) {
            g_hash_table_add(seen, &columns[cell]);
        }
    }
}
