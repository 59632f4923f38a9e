/* Blocks: what is above the kommuner, and each fylke's kommuner under it. */
#include "transforms/protect/secondary.h"

#include "core/error.h"
#include "transforms/parallel.h"
#include "transforms/protect/elimination.h"
#include "transforms/protect/gauss.h"
#include "transforms/protect/narrow.h"
#include "transforms/protect/nested.h"
#include "transforms/protect/residue.h"

#include <string.h>

#define NO_FYLKE G_MAXUINT32

/* Some cells of one group, with their inner cells. */
typedef struct {
    GArray *cells; /* guint32: numbers in SpCells of the block's cells */
    GArray *inner; /* guint32: numbers of the leaves; of what is above, of one for each tuple of
                      `fylke_leaves` */
    GArray *above; /* guint32: the tuple of each leaf; not of what is above */
    SpDesign *design;
} Block;

typedef struct {
    SpCells *cells;
    guint32 *fylke_of;    /* [regions] what a kommune is directly part of, a fylke itself; NO_FYLKE
                             of what is above fylker and of those alone */
    guint32 *local;       /* [cells] its number in the block of its fylke */
    guint32 *local_above; /* [cells] its number in the block above */
    GPtrArray *blocks;    /* Block* of the group in hand, by fylke in order of appearance */
    guint32 *block_of;    /* [regions] of a fylke */
    Block *above;
    SpTuples *fylke_leaves;     /* inner cells of the block above: a fylke, and leaves */
    GArray *n_kommuner;         /* guint32 [fylke_leaves] that have somebody there */
    SpElimination *shown_above; /* what is shown above; `lock` is held by who asks */
    GMutex lock;
    guint64 *sum;       /* [fylke_leaves] the sum that is asked for; 0 elsewhere */
    gboolean *is_above; /* [cells] decided above: of fylker, or of a kommune that is alone there */
} Work;

static Block *block_new(void)
{
    Block *block = g_new(Block, 1);
    *block = (Block){.cells = g_array_new(FALSE, FALSE, sizeof(guint32)),
                     .inner = g_array_new(FALSE, FALSE, sizeof(guint32)),
                     .above = g_array_new(FALSE, FALSE, sizeof(guint32))};
    return block;
}

static void block_free(gpointer data)
{
    Block *block = data;
    g_array_unref(block->cells);
    g_array_unref(block->inner);
    g_array_unref(block->above);
    g_clear_pointer(&block->design, sp_design_free);
    g_free(block);
}

static void work_clear(Work *work)
{
    g_free(work->fylke_of);
    g_free(work->local);
    g_free(work->local_above);
    g_free(work->block_of);
    g_clear_pointer(&work->blocks, g_ptr_array_unref);
    g_clear_pointer(&work->above, block_free);
    g_clear_pointer(&work->fylke_leaves, sp_tuples_free);
    g_clear_pointer(&work->n_kommuner, g_array_unref);
    g_clear_pointer(&work->shown_above, sp_elimination_free);
    g_free(work->sum);
    g_mutex_clear(&work->lock);
    g_free(work->is_above);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static const guint32 *codes_of(const SpCells *cells, guint32 cell)
{
    return sp_tuples_at(cells->tuples, cell) + 1;
}

/* ---- the tree of regions ---- */

static gboolean plant(Work *work, GError **error)
{
    const SpNesting *regions = work->cells->nesting[0];
    const guint32 n = sp_codes_size(regions->codes);
    work->fylke_of = g_new(guint32, (gsize)n + 1);
    work->block_of = g_new(guint32, (gsize)n + 1);
    for (guint32 i = 0; i < n; i++) {
        work->fylke_of[i] = NO_FYLKE;
    }
    for (guint32 whole = 0; whole < n; whole++) {
        const GArray *parts = regions->parts[whole];
        for (guint i = 0; parts != NULL && i < parts->len; i++) {
            const guint32 part = g_array_index(parts, guint32, i);
            if (!sp_nesting_is_leaf(regions, part)) {
                continue;
            }
            if (work->fylke_of[part] != NO_FYLKE) {
                return sp_error_set(error, SP_ERROR_CONFIG,
                                    "the kommune %s is in two sums of regions: they must be a tree",
                                    sp_codes_text(regions->codes, part));
            }
            work->fylke_of[part] = whole;
            work->fylke_of[whole] = whole;
        }
    }
    return TRUE;
}

static gboolean is_kommune(const Work *work, guint32 region)
{
    return sp_nesting_is_leaf(work->cells->nesting[0], region) &&
           work->fylke_of[region] != NO_FYLKE;
}

/* ---- the cells of a group ---- */

static Block *block_of(Work *work, guint32 fylke)
{
    if (work->block_of[fylke] == NO_FYLKE) {
        work->block_of[fylke] = work->blocks->len;
        g_ptr_array_add(work->blocks, block_new());
    }
    return work->blocks->pdata[work->block_of[fylke]];
}

static gboolean is_leaf(const SpCells *cells, const guint32 codes[])
{
    for (gsize i = 0; i < cells->n_columns; i++) {
        if (!sp_nesting_is_leaf(cells->nesting[i], codes[i])) {
            return FALSE;
        }
    }
    return TRUE;
}

static void add_to(Block *block, guint32 local[], guint32 cell)
{
    local[cell] = block->cells->len;
    g_array_append_val(block->cells, cell);
}

static void add_inner(Work *work, Block *block, guint32 cell, guint32 tuple[])
{
    const guint32 *codes = codes_of(work->cells, cell);
    const guint32 n = sp_tuples_size(work->fylke_leaves);
    g_array_append_val(block->inner, cell);
    memcpy(tuple, codes, work->cells->n_columns * sizeof(guint32));
    tuple[0] = work->fylke_of[codes[0]];
    const guint32 place = sp_tuples_add(work->fylke_leaves, tuple);
    if (place == n) {
        const guint32 none = 0;
        g_array_append_val(work->above->inner, cell);
        g_array_append_val(work->n_kommuner, none);
    }
    g_array_append_val(block->above, place);
    g_array_index(work->n_kommuner, guint32, place)++;
}

/* Cells with a figure, each in its fylke's block, those of fylker in the one above, too. A leaf is
 * something to find out if somebody is in it, or may be: a 0 that is shown is known, one that is
 * hidden is not. */
static void gather(Work *work, const GArray *of_group)
{
    const SpCells *cells = work->cells;
    g_autofree guint32 *tuple = g_new(guint32, cells->n_columns + 1);
    g_clear_pointer(&work->blocks, g_ptr_array_unref);
    g_clear_pointer(&work->above, block_free);
    g_clear_pointer(&work->fylke_leaves, sp_tuples_free);
    work->blocks = g_ptr_array_new_with_free_func(block_free);
    work->above = block_new();
    work->fylke_leaves = sp_tuples_new(cells->n_columns);
    g_clear_pointer(&work->n_kommuner, g_array_unref);
    work->n_kommuner = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 i = 0; i < sp_codes_size(cells->nesting[0]->codes); i++) {
        work->block_of[i] = NO_FYLKE;
    }
    for (guint i = 0; i < of_group->len; i++) {
        const guint32 cell = g_array_index(of_group, guint32, i);
        const guint32 *codes = codes_of(cells, cell);
        const guint32 fylke = work->fylke_of[codes[0]];
        const gboolean is_known = g_array_index(cells->is_known, gboolean, cell);
        const gboolean is_open = !is_known || g_array_index(cells->value, double, cell) > 0.0 ||
                                 (cells->hides_zeros && sp_cells_reason(cells, cell) != SP_SHOWN);
        Block *block = fylke != NO_FYLKE ? block_of(work, fylke) : NULL;
        if (is_known && block != NULL) {
            add_to(block, work->local, cell);
        }
        work->is_above[cell] = is_known && !is_kommune(work, codes[0]);
        if (work->is_above[cell]) {
            add_to(work->above, work->local_above, cell);
        }
        if (is_open && is_kommune(work, codes[0]) && is_leaf(cells, codes)) {
            add_inner(work, block, cell, tuple);
        }
    }
}

/* ---- designs ---- */

typedef struct {
    const Work *work;
    const guint32 *local;
    gboolean is_above; /* of fylker and what they are part of, else of a fylke and its kommuner */
    GArray *entries;   /* SpDesignEntry */
} Designing;

/* All cells that hold a leaf: one code above the leaf's in each column. */
static void add_entries(const Designing *designing, guint32 leaf, guint32 inner, guint32 tuple[],
                        gsize column)
{
    const Work *work = designing->work;
    const SpCells *cells = work->cells;
    if (column == cells->n_columns) {
        guint32 cell = 0;
        if (sp_tuples_find(cells->tuples, tuple, &cell) &&
            g_array_index(cells->is_known, gboolean, cell)) {
            const SpDesignEntry entry = {inner, designing->local[cell], 1};
            g_array_append_val(designing->entries, entry);
        }
        return;
    }
    const GArray *above = cells->nesting[column]->above[codes_of(cells, leaf)[column]];
    for (guint i = 0; i < above->len; i++) {
        const guint32 code = g_array_index(above, guint32, i);
        const gboolean is_of_kommuner = column == 0 && is_kommune(work, code);
        const gboolean is_of_fylker = column == 0 && work->fylke_of[code] == code;
        if (column == 0 &&
            (designing->is_above ? is_of_kommuner : !is_of_kommuner && !is_of_fylker)) {
            continue;
        }
        tuple[column + 1] = code;
        add_entries(designing, leaf, inner, tuple, column + 1);
    }
}

static GArray *entries_of(const Work *work, const Block *block, gboolean is_above)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    g_autofree guint32 *tuple = g_new(guint32, work->cells->n_columns + 1);
    const Designing designing = {.work = work,
                                 .local = is_above ? work->local_above : work->local,
                                 .is_above = is_above,
                                 .entries = entries};
    for (guint32 i = 0; i < block->inner->len; i++) {
        const guint32 leaf = g_array_index(block->inner, guint32, i);
        tuple[0] = sp_tuples_at(work->cells->tuples, leaf)[0];
        add_entries(&designing, leaf, i, tuple, 0);
    }
    return entries;
}

/* Takes the entries. */
static void design(Block *block, GArray *entries)
{
    block->design = sp_design_new(block->inner->len, block->cells->len,
                                  (const SpDesignEntry *)(gpointer)entries->data, entries->len);
    g_array_unref(entries);
}

/* Whether no other kommune of the fylke has anybody where the cell has. */
static gboolean is_alone(const Work *work, const Block *block, guint32 local)
{
    const SpDesign *of = block->design;
    for (gsize i = of->start[local]; i < of->start[local + 1]; i++) {
        const guint32 above = g_array_index(block->above, guint32, of->inner[i]);
        if (g_array_index(work->n_kommuner, guint32, above) > 1) {
            return FALSE;
        }
    }
    return of->start[local] < of->start[local + 1];
}

/* What a kommune is alone with is told by its fylke: it is decided with the fylker. */
static void lift(Work *work, GArray *entries)
{
    for (guint b = 0; b < work->blocks->len; b++) {
        const Block *block = work->blocks->pdata[b];
        const SpDesign *of = block->design;
        for (guint32 i = 0; i < block->cells->len; i++) {
            const guint32 cell = g_array_index(block->cells, guint32, i);
            if (work->is_above[cell] || !is_alone(work, block, i)) {
                continue;
            }
            work->is_above[cell] = TRUE;
            add_to(work->above, work->local_above, cell);
            for (gsize k = of->start[i]; k < of->start[i + 1]; k++) {
                const SpDesignEntry entry = {g_array_index(block->above, guint32, of->inner[k]),
                                             work->local_above[cell], 1};
                g_array_append_val(entries, entry);
            }
        }
    }
}

/* ---- deciding ---- */

typedef struct {
    const SpCells *cells;
    const Block *block;
} Ordering;

static gint by_wish(gconstpointer a, gconstpointer b, gpointer data)
{
    const Ordering *ordering = data;
    const guint32 i = *(const guint32 *)a;
    const guint32 j = *(const guint32 *)b;
    const guint32 *of_block = (const guint32 *)(gpointer)ordering->block->cells->data;
    const SpCells *cells = ordering->cells;
    const double *value = (const double *)(gpointer)cells->value->data;
    if (sp_cells_is_wanted_less(cells, value, of_block[j], of_block[i])) {
        return -1;
    }
    if (sp_cells_is_wanted_less(cells, value, of_block[i], of_block[j])) {
        return 1;
    }
    return i < j ? -1 : i > j ? 1 : 0;
}

static guint32 *order_of(const SpCells *cells, const Block *block)
{
    guint32 *order = g_new(guint32, block->cells->len + 1);
    Ordering ordering = {cells, block};
    for (guint32 i = 0; i < block->cells->len; i++) {
        order[i] = i;
    }
    g_qsort_with_data(order, (gint)block->cells->len, sizeof(guint32), by_wish, &ordering);
    return order;
}

static gboolean *hidden_of(const SpCells *cells, const Block *block)
{
    gboolean *is_hidden = g_new(gboolean, block->cells->len + 1);
    for (guint32 i = 0; i < block->cells->len; i++) {
        is_hidden[i] = sp_cells_reason(cells, g_array_index(block->cells, guint32, i)) != SP_SHOWN;
    }
    return is_hidden;
}

static void hide(const SpCells *cells, const Block *block, const gboolean is_hidden[])
{
    for (guint32 i = 0; i < block->cells->len; i++) {
        guint8 *reason =
            &g_array_index(cells->reason, guint8, g_array_index(block->cells, guint32, i));
        if (is_hidden[i] && *reason == SP_SHOWN) {
            *reason = SP_HIDDEN_SUM;
        }
    }
}

static void decide_above(const Work *work)
{
    const Block *block = work->above;
    g_autofree gboolean *is_primary = hidden_of(work->cells, block);
    g_autofree gboolean *is_secondary = g_new0(gboolean, block->cells->len + 1);
    g_autofree gboolean *is_unsafe = g_new0(gboolean, block->cells->len + 1);
    g_autofree guint32 *order = order_of(work->cells, block);
    const SpGauss problem = {.design = block->design,
                             .is_primary = is_primary,
                             .order = order,
                             .n_order = block->cells->len};
    (void)sp_gauss(&problem, is_secondary, is_unsafe);
    hide(work->cells, block, is_secondary);
}

/* What the shown cells above tell, together. */
static void learn_above(Work *work)
{
    const Block *above = work->above;
    g_clear_pointer(&work->shown_above, sp_elimination_free);
    g_free(work->sum);
    work->shown_above = sp_elimination_new(above->inner->len);
    work->sum = g_new0(guint64, above->inner->len + 1);
    for (guint32 i = 0; i < above->cells->len; i++) {
        if (sp_cells_reason(work->cells, g_array_index(above->cells, guint32, i)) != SP_SHOWN) {
            continue;
        }
        SpSparse column = sp_sparse_of_cell(above->design, i, 0);
        SpSparse rest = sp_elimination_reduce(work->shown_above, &column);
        if (rest.n > 0) {
            (void)sp_elimination_accept(work->shown_above, &rest, 0);
        }
        sp_sparse_clear(&rest);
        sp_sparse_clear(&column);
    }
}

typedef struct {
    Work *work;
    const Block *block;
} Asking;

static void add_to_sum(const Work *work, guint32 cell, guint64 coef)
{
    const SpDesign *design = work->above->design;
    const guint32 local = work->local_above[cell];
    for (gsize i = design->start[local]; i < design->start[local + 1]; i++) {
        guint64 *of_row = &work->sum[design->inner[i]];
        *of_row = sp_residue_add(*of_row, coef);
    }
}

/* Cells above are asked for by one block at a time. */
static gboolean is_known_above(guint32 n, const guint32 cell[], const guint64 coef[], gpointer data)
{
    const Asking *asking = data;
    Work *work = asking->work;
    const guint32 n_rows = work->above->inner->len;
    SpSparse column = {.n = 0,
                       .row = g_new(guint32, (gsize)n_rows + 1),
                       .value = g_new(guint64, (gsize)n_rows + 1)};
    g_mutex_lock(&work->lock);
    for (guint32 i = 0; i < n; i++) {
        add_to_sum(work, g_array_index(asking->block->cells, guint32, cell[i]), coef[i]);
    }
    for (guint32 row = 0; row < n_rows; row++) {
        if (work->sum[row] != 0) {
            column.row[column.n] = row;
            column.value[column.n++] = work->sum[row];
            work->sum[row] = 0;
        }
    }
    SpSparse rest = sp_elimination_reduce(work->shown_above, &column);
    g_mutex_unlock(&work->lock);
    const gboolean is_known = rest.n == 0;
    sp_sparse_clear(&rest);
    sp_sparse_clear(&column);
    return is_known;
}

static void decide_block(guint thread, gsize item, gpointer data)
{
    Work *work = data;
    const Block *block = work->blocks->pdata[item];
    g_autofree gboolean *is_hidden = hidden_of(work->cells, block);
    g_autofree gboolean *is_decided = g_new0(gboolean, block->cells->len + 1);
    g_autofree SpCellPlace *place = g_new0(SpCellPlace, block->cells->len + 1);
    g_autofree guint32 *order = order_of(work->cells, block);
    (void)thread;
    for (guint32 i = 0; i < block->cells->len; i++) {
        place[i] = !work->is_above[g_array_index(block->cells, guint32, i)] ? SP_CELL_OF_PART
                   : is_hidden[i]                                           ? SP_CELL_ABOVE_HIDDEN
                                                                            : SP_CELL_ABOVE_SHOWN;
    }
    Asking asking = {work, block};
    const SpNested problem = {.design = block->design,
                              .place = place,
                              .is_primary = is_hidden,
                              .order = order,
                              .n_order = block->cells->len,
                              .is_known_above = is_known_above,
                              .data = &asking};
    (void)sp_gauss_nested(&problem, is_decided);
    hide(work->cells, block, is_decided);
}

static void design_block(guint thread, gsize item, gpointer data)
{
    const Work *work = data;
    (void)thread;
    design(work->blocks->pdata[item], entries_of(work, work->blocks->pdata[item], FALSE));
}

static void decide(Work *work, guint n_threads)
{
    decide_above(work);
    learn_above(work);
    sp_parallel(n_threads, work->blocks->len, decide_block, work);
}

static void narrow_free(gpointer narrow)
{
    sp_narrow_free(narrow);
}

/* The sums of all that the layer counts. */
static GPtrArray *open_narrow(const SpCells *cells, const GArray *of_group, const SpSecondary *how)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(narrow_free);
    for (guint i = 0; how->width > 0.0 && i <= cells->counts->len; i++) {
        const SpCount *counted = i > 0 ? cells->counts->pdata[i - 1] : NULL;
        g_ptr_array_add(all, sp_narrow_new(cells, counted, of_group, how->width, how->threshold));
    }
    return all;
}

static gsize hide_narrow(const GPtrArray *all, SpCells *cells)
{
    gsize n = 0;
    for (guint i = 0; i < all->len; i++) {
        n += sp_narrow_hide(all->pdata[i], cells);
    }
    return n;
}

/* Returns how many hidden figures are still held within narrow limits. */
static gsize hide_group(Work *work, const GArray *of_group, const SpSecondary *how)
{
    g_autoptr(GPtrArray) narrow = open_narrow(work->cells, of_group, how);
    gsize n_left = 0;
    gather(work, of_group);
    sp_parallel(how->n_threads, work->blocks->len, design_block, work);
    GArray *entries = entries_of(work, work->above, TRUE);
    lift(work, entries);
    design(work->above, entries);
    do {
        decide(work, how->n_threads);
    } while (hide_narrow(narrow, work->cells) > 0);
    for (guint i = 0; i < narrow->len; i++) {
        n_left += sp_narrow_n_left(narrow->pdata[i]);
    }
    return n_left;
}

gboolean sp_secondary_hide(SpCells *cells, const SpSecondary *how, gsize *n_left, GError **error)
{
    g_auto(Work) work = {.cells = cells};
    g_mutex_init(&work.lock);
    const gsize n_cells = sp_cells_size(cells);
    const guint32 n_groups = sp_codes_size(cells->groups);
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    if (!plant(&work, error)) {
        return FALSE;
    }
    work.local = g_new0(guint32, n_cells + 1);
    work.local_above = g_new0(guint32, n_cells + 1);
    work.is_above = g_new0(gboolean, n_cells + 1);
    for (guint32 i = 0; i < n_groups; i++) {
        g_ptr_array_add(groups, g_array_new(FALSE, FALSE, sizeof(guint32)));
    }
    for (guint32 cell = 0; cell < n_cells; cell++) {
        GArray *group = groups->pdata[sp_tuples_at(cells->tuples, cell)[0]];
        g_array_append_val(group, cell);
    }
    *n_left = 0;
    for (guint32 i = 0; i < n_groups; i++) {
        *n_left += hide_group(&work, groups->pdata[i], how);
    }
    return TRUE;
}
