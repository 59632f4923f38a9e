/* An elimination in which every cell above has a mark of its own: where marks alone are left, they
 * are the combination of cells above. */
#include "transforms/protect/lifted.h"

#include "transforms/protect/residue.h"

static void clear(gpointer data)
{
    sp_sparse_clear(&((SpLifted *)data)->above);
}

/* The first row is an inner cell, if one is left, else a mark: cells above follow from one
 * another. */
static void accept(SpElimination *marked, SpSparse *rest)
{
    if (rest->n > 0) {
        (void)sp_elimination_accept(marked, rest, 0);
    }
}

/* A cell above and its mark are 0 together: what is left is the sum of the marks, each of which is
 * minus its cell. */
static void lift(GArray *lifted, guint32 cell, const SpSparse *rest, guint32 n_inner)
{
    SpLifted one = {
        .cell = cell,
        .above = {.n = rest->n,
                  .row = g_memdup2(rest->row, (rest->n + 1) * sizeof *rest->row),
                  .value = g_memdup2(rest->value, (rest->n + 1) * sizeof *rest->value)}};
    for (guint32 i = 0; i < rest->n; i++) {
        one.above.row[i] -= n_inner;
        one.above.value[i] = sp_residue_subtract(0, one.above.value[i]);
    }
    g_array_append_val(lifted, one);
}

static void accept_above(SpElimination *marked, const SpDesign *design, const gboolean is_above[])
{
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        if (is_above[cell]) {
            SpSparse column = sp_sparse_of_cell(design, cell, 0);
            column.row[column.n] = (guint32)design->n_inner + cell;
            column.value[column.n++] = 1;
            SpSparse rest = sp_elimination_reduce(marked, &column);
            accept(marked, &rest);
            sp_sparse_clear(&rest);
            sp_sparse_clear(&column);
        }
    }
}

GArray *sp_lifted_find(const SpDesign *design, const gboolean is_above[], const gboolean is_known[])
{
    const guint32 n_inner = (guint32)design->n_inner;
    g_autoptr(SpElimination) marked = sp_elimination_new(design->n_inner + design->n_cells);
    GArray *lifted = g_array_new(FALSE, FALSE, sizeof(SpLifted));
    g_array_set_clear_func(lifted, clear);
    accept_above(marked, design, is_above);
    for (int turn = 0; turn < 2; turn++) {
        for (guint32 cell = 0; cell < design->n_cells; cell++) {
            const gboolean is_empty = design->start[cell] == design->start[cell + 1];
            if (is_above[cell] || is_empty || is_known[cell] != (turn == 0)) {
                continue;
            }
            SpSparse column = sp_sparse_of_cell(design, cell, 0);
            SpSparse rest = sp_elimination_reduce(marked, &column);
            const gboolean is_lifted = rest.n == 0 || rest.row[0] >= n_inner;
            if (is_lifted && (rest.n > 0 || turn == 1)) {
                lift(lifted, cell, &rest, n_inner);
            }
            if (turn == 0) {
                accept(marked, &rest);
            }
            sp_sparse_clear(&rest);
            sp_sparse_clear(&column);
        }
    }
    return lifted;
}

/* A sum in the making. */
typedef struct {
    guint64 *sum;   /* [n_places] 0 where nothing is */
    gsize *met_by;  /* [n_places] the last cell that was met there, counted from 1 */
    GArray *places; /* guint32: all that were met, perhaps several times */
} Placing;

static void add_cell(Placing *placing, const SpDesign *design, guint32 cell, guint64 coef,
                     const guint32 place[])
{
    for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
        const guint32 at = place[design->inner[i]];
        if (placing->met_by[at] != (gsize)cell + 1) {
            placing->met_by[at] = (gsize)cell + 1;
            placing->sum[at] = sp_residue_add(placing->sum[at], coef);
            g_array_append_val(placing->places, at);
        }
    }
}

static gint by_number(gconstpointer a, gconstpointer b)
{
    const guint32 i = *(const guint32 *)a;
    const guint32 j = *(const guint32 *)b;
    return i < j ? -1 : i > j ? 1 : 0;
}

/* What was summed up; all is 0 again. */
static SpSparse take(Placing *placing)
{
    const guint n = placing->places->len;
    SpSparse sparse = {.row = g_new(guint32, n + 1), .value = g_new(guint64, n + 1)};
    g_array_sort(placing->places, by_number);
    for (guint i = 0; i < n; i++) {
        const guint32 at = g_array_index(placing->places, guint32, i);
        if (placing->sum[at] != 0) {
            sparse.row[sparse.n] = at;
            sparse.value[sparse.n++] = placing->sum[at];
        }
        placing->sum[at] = 0;
        placing->met_by[at] = 0;
    }
    g_array_set_size(placing->places, 0);
    return sparse;
}

void sp_lifted_place(GArray *lifted, const SpDesign *design, const guint32 place[], gsize n_places)
{
    Placing placing = {.sum = g_new0(guint64, n_places + 1),
                       .met_by = g_new0(gsize, n_places + 1),
                       .places = g_array_new(FALSE, FALSE, sizeof(guint32))};
    for (guint i = 0; i < lifted->len; i++) {
        SpLifted *one = &g_array_index(lifted, SpLifted, i);
        for (guint32 j = 0; j < one->above.n; j++) {
            add_cell(&placing, design, one->above.row[j], one->above.value[j], place);
        }
        sp_sparse_clear(&one->above);
        one->above = take(&placing);
    }
    g_free(placing.sum);
    g_free(placing.met_by);
    g_array_unref(placing.places);
}
