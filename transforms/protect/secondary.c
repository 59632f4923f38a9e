/* The Gauss method, block by block, and room for what is hidden, until nothing changes. */
#include "transforms/protect/secondary.h"

#include "core/parallel.h"
#include "transforms/protect/blocks.h"
#include "transforms/protect/gauss.h"
#include "transforms/protect/lifted.h"
#include "transforms/protect/narrow.h"
#include "transforms/protect/nested.h"
#include "transforms/protect/residue.h"

#include <pthread.h>

/* How a block was when it was decided. What it gave away then, nothing, it gives away until another
 * cell of it is hidden or published. Cells come to be so and never the other way, so that as many
 * marks of both are the same ones. */
typedef struct {
    guint n_marks;       /* 0: it was not decided yet */
    guint n_marks_above; /* of what is above then */
    gboolean is_leaning; /* it shows what tells of cells above only what is shown above, too */
} Decided;

typedef struct {
    SpCells *cells;
    SpBlocks *blocks;           /* of the group in hand */
    Decided *decided;           /* [blocks' parts] */
    guint n_marks_above;        /* when what is above was decided; 0: not yet */
    SpElimination *shown_above; /* what is shown above; `lock` is held by who asks */
    pthread_mutex_t lock;
    guint64 *sum; /* [inner cells above] the sum that is asked for; 0 elsewhere */
} Work;

static void work_clear(Work *work)
{
    g_clear_pointer(&work->blocks, sp_blocks_free);
    g_clear_pointer(&work->shown_above, sp_elimination_free);
    g_free(work->decided);
    g_free(work->sum);
    pthread_mutex_destroy(&work->lock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static guint n_marks_of(const SpCells *cells, guint32 cell)
{
    const guint is_hidden = sp_cells_reason(cells, cell) != SP_SHOWN ? 1 : 0;
    return is_hidden + (sp_cells_is_published(cells, cell) ? 1 : 0);
}

/* Of all cells of a block, and 1. */
static guint count_marks(const SpCells *cells, const SpBlock *block)
{
    guint n = 1;
    for (guint i = 0; i < block->cells->len; i++) {
        n += n_marks_of(cells, g_array_index(block->cells, guint32, i));
    }
    return n;
}

/* ---- what is published already ---- */

/* Sums of cells above, by what they are in blocks. */
typedef struct {
    GArray *known;   /* SpSparse, borrowed */
    GArray *guarded; /* SpSparse, borrowed */
    GArray *cells;   /* guint32: hidden cells that would follow from the guarded ones */
} Lifted;

static void lifted_clear(Lifted *lifted)
{
    g_array_unref(lifted->known);
    g_array_unref(lifted->guarded);
    g_array_unref(lifted->cells);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Lifted, lifted_clear)

static Lifted lifted_of(const Work *work)
{
    Lifted lifted = {.known = g_array_new(FALSE, FALSE, sizeof(SpSparse)),
                     .guarded = g_array_new(FALSE, FALSE, sizeof(SpSparse)),
                     .cells = g_array_new(FALSE, FALSE, sizeof(guint32))};
    for (guint b = 0; b < work->blocks->parts->len; b++) {
        const SpBlock *block = work->blocks->parts->pdata[b];
        for (guint i = 0; block->lifted != NULL && i < block->lifted->len; i++) {
            const SpLifted *one = &g_array_index(block->lifted, SpLifted, i);
            const guint32 cell = g_array_index(block->cells, guint32, one->cell);
            if (sp_cells_is_published(work->cells, cell)) {
                g_array_append_val(lifted.known, one->above);
            } else if (sp_cells_reason(work->cells, cell) != SP_SHOWN) {
                g_array_append_val(lifted.guarded, one->above);
                g_array_append_val(lifted.cells, cell);
            }
        }
    }
    return lifted;
}

/* ---- deciding ---- */

typedef struct {
    const SpCells *cells;
    const SpBlock *block;
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

static guint32 *order_of(const SpCells *cells, const SpBlock *block)
{
    guint32 *order = g_new(guint32, block->cells->len + 1);
    Ordering ordering = {cells, block};
    for (guint32 i = 0; i < block->cells->len; i++) {
        order[i] = i;
    }
    g_qsort_with_data(order, (gint)block->cells->len, sizeof(guint32), by_wish, &ordering);
    return order;
}

static gboolean *hidden_of(const SpCells *cells, const SpBlock *block)
{
    gboolean *is_hidden = g_new(gboolean, block->cells->len + 1);
    for (guint32 i = 0; i < block->cells->len; i++) {
        is_hidden[i] = sp_cells_reason(cells, g_array_index(block->cells, guint32, i)) != SP_SHOWN;
    }
    return is_hidden;
}

static void hide(const SpCells *cells, const SpBlock *block, const gboolean is_hidden[])
{
    for (guint32 i = 0; i < block->cells->len; i++) {
        guint8 *reason =
            &g_array_index(cells->reason, guint8, g_array_index(block->cells, guint32, i));
        if (is_hidden[i] && *reason == SP_SHOWN) {
            *reason = SP_HIDDEN_SUM;
        }
    }
}

static void publish(const SpCells *cells, guint32 cell)
{
    g_array_index(cells->is_published, gboolean, cell) = TRUE;
}

static void decide_above(const Work *work)
{
    const SpBlock *block = work->blocks->above;
    g_auto(Lifted) lifted = lifted_of(work);
    const gsize n_unsafe = block->cells->len + lifted.cells->len;
    g_autofree gboolean *is_primary = hidden_of(work->cells, block);
    g_autofree gboolean *is_secondary = g_new0(gboolean, block->cells->len + 1);
    g_autofree gboolean *is_published = sp_block_published(work->blocks, block);
    g_autofree gboolean *is_unsafe = g_new0(gboolean, n_unsafe + 1);
    g_autofree guint32 *order = order_of(work->cells, block);
    const SpGauss problem = {.design = block->design,
                             .is_primary = is_primary,
                             .order = order,
                             .n_order = block->cells->len,
                             .is_forced = is_published,
                             .known = (const SpSparse *)(gpointer)lifted.known->data,
                             .n_known = lifted.known->len,
                             .guarded = (const SpSparse *)(gpointer)lifted.guarded->data,
                             .n_guarded = lifted.guarded->len};
    (void)sp_gauss(&problem, is_secondary, is_unsafe);
    hide(work->cells, block, is_secondary);
    for (guint32 i = 0; i < n_unsafe; i++) {
        if (is_unsafe[i]) {
            publish(work->cells, i < block->cells->len
                                     ? g_array_index(block->cells, guint32, i)
                                     : g_array_index(lifted.cells, guint32, i - block->cells->len));
        }
    }
}

static void learn(Work *work, const SpSparse *column)
{
    SpSparse rest = sp_elimination_reduce(work->shown_above, column);
    if (rest.n > 0) {
        (void)sp_elimination_accept(work->shown_above, &rest, 0);
    }
    sp_sparse_clear(&rest);
}

/* What the shown cells above and the published ones tell, together. */
static void learn_above(Work *work)
{
    const SpBlock *above = work->blocks->above;
    g_auto(Lifted) lifted = lifted_of(work);
    g_clear_pointer(&work->shown_above, sp_elimination_free);
    g_free(work->sum);
    work->shown_above = sp_elimination_new(above->inner->len);
    work->sum = g_new0(guint64, above->inner->len + 1);
    for (guint32 i = 0; i < above->cells->len; i++) {
        if (sp_cells_is_seen(work->cells, g_array_index(above->cells, guint32, i))) {
            SpSparse column = sp_sparse_of_cell(above->design, i, 0);
            learn(work, &column);
            sp_sparse_clear(&column);
        }
    }
    for (guint i = 0; i < lifted.known->len; i++) {
        learn(work, &g_array_index(lifted.known, SpSparse, i));
    }
}

typedef struct {
    Work *work;
    const SpBlock *block;
    gboolean is_leaning; /* a sum was known */
} Asking;

static void add_to_sum(const Work *work, guint32 cell, guint64 coef)
{
    const SpDesign *design = work->blocks->above->design;
    const guint32 local = work->blocks->local_above[cell];
    for (gsize i = design->start[local]; i < design->start[local + 1]; i++) {
        guint64 *of_row = &work->sum[design->inner[i]];
        *of_row = sp_residue_add(*of_row, coef);
    }
}

/* Cells above are asked for by one block at a time. */
static gboolean is_known_above(guint32 n, const guint32 cell[], const guint64 coef[], gpointer data)
{
    Asking *asking = data;
    Work *work = asking->work;
    const guint32 n_rows = work->blocks->above->inner->len;
    SpSparse column = {.n = 0,
                       .row = g_new(guint32, (gsize)n_rows + 1),
                       .value = g_new(guint64, (gsize)n_rows + 1)};
    pthread_mutex_lock(&work->lock);
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
    pthread_mutex_unlock(&work->lock);
    const gboolean is_known = rest.n == 0;
    asking->is_leaning = asking->is_leaning || is_known;
    sp_sparse_clear(&rest);
    sp_sparse_clear(&column);
    return is_known;
}

/* More hidden above leaves less known there, which bears on those blocks alone that lean on it. */
static gboolean is_decided_so(const Work *work, const Decided *decided, const SpBlock *block)
{
    return decided->n_marks == count_marks(work->cells, block) &&
           (decided->n_marks_above == work->n_marks_above || !decided->is_leaning);
}

static void decide_block(guint thread, gsize item, gpointer data)
{
    Work *work = data;
    const SpBlock *block = work->blocks->parts->pdata[item];
    Decided *decided = &work->decided[item];
    (void)thread;
    if (is_decided_so(work, decided, block)) {
        return;
    }
    g_autofree gboolean *is_hidden = hidden_of(work->cells, block);
    g_autofree gboolean *is_decided = g_new0(gboolean, block->cells->len + 1);
    g_autofree gboolean *is_published = sp_block_published(work->blocks, block);
    g_autofree SpCellPlace *place = g_new0(SpCellPlace, block->cells->len + 1);
    g_autofree guint32 *order = order_of(work->cells, block);
    for (guint32 i = 0; i < block->cells->len; i++) {
        const guint32 cell = g_array_index(block->cells, guint32, i);
        place[i] = !work->blocks->is_above[cell]         ? SP_CELL_OF_PART
                   : sp_cells_is_seen(work->cells, cell) ? SP_CELL_ABOVE_SHOWN
                                                         : SP_CELL_ABOVE_HIDDEN;
    }
    Asking asking = {work, block, FALSE};
    const SpNested problem = {.design = block->design,
                              .place = place,
                              .is_primary = is_hidden,
                              .is_forced = is_published,
                              .order = order,
                              .n_order = block->cells->len,
                              .is_known_above = is_known_above,
                              .data = &asking};
    (void)sp_gauss_nested(&problem, is_decided);
    hide(work->cells, block, is_decided);
    *decided = (Decided){count_marks(work->cells, block), work->n_marks_above, asking.is_leaning};
}

/* Of what is above, and of what is tied to it. */
static guint count_marks_above(const Work *work)
{
    guint n = count_marks(work->cells, work->blocks->above);
    for (guint b = 0; b < work->blocks->parts->len; b++) {
        const SpBlock *block = work->blocks->parts->pdata[b];
        for (guint i = 0; block->lifted != NULL && i < block->lifted->len; i++) {
            const guint32 local = g_array_index(block->lifted, SpLifted, i).cell;
            n += n_marks_of(work->cells, g_array_index(block->cells, guint32, local));
        }
    }
    return n;
}

static void decide(Work *work, guint n_threads)
{
    if (work->n_marks_above != count_marks_above(work)) {
        decide_above(work);
        learn_above(work);
        work->n_marks_above = count_marks_above(work);
    }
    sp_parallel(n_threads, work->blocks->parts->len, decide_block, work);
}

static void narrow_free(gpointer narrow)
{
    sp_narrow_free(narrow);
}

/* All that the layer counts. */
static GPtrArray *open_narrow(const SpCells *cells, const SpRelations *relations,
                              const GArray *of_group, const SpSecondary *how)
{
    const SpLeast least = {how->width, how->threshold};
    GPtrArray *all = g_ptr_array_new_with_free_func(narrow_free);
    for (guint i = 0; how->width > 0.0 && i <= cells->counts->len; i++) {
        const SpCount *counted = i > 0 ? cells->counts->pdata[i - 1] : NULL;
        g_ptr_array_add(all, sp_narrow_new(relations, cells, counted, of_group, &least));
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

static gsize hide_together(const GPtrArray *all, SpCells *cells, guint n_threads)
{
    gsize n = 0;
    for (guint i = 0; i < all->len; i++) {
        n += sp_narrow_hide_together(all->pdata[i], cells, n_threads);
    }
    return n;
}

/* Returns how many hidden figures are still held within narrow limits. */
static gsize hide_group(Work *work, const GArray *of_group, const SpSecondary *how)
{
    g_autoptr(SpRelations) relations = sp_relations_new(work->cells, of_group);
    g_autoptr(GPtrArray) narrow = open_narrow(work->cells, relations, of_group, how);
    gsize n_left = 0;
    sp_blocks_gather(work->blocks, of_group, how->n_threads);
    g_free(work->decided);
    work->decided = g_new0(Decided, work->blocks->parts->len);
    work->n_marks_above = 0;
    do {
        decide(work, how->n_threads);
    } while (hide_narrow(narrow, work->cells) > 0 ||
             hide_together(narrow, work->cells, how->n_threads) > 0);
    for (guint i = 0; i < narrow->len; i++) {
        n_left += sp_narrow_n_left(narrow->pdata[i]);
    }
    return n_left;
}

gboolean sp_secondary_hide(SpCells *cells, const SpSecondary *how, gsize *n_left, GError **error)
{
    g_auto(Work) work = {.cells = cells};
    pthread_mutex_init(&work.lock, NULL);
    const gsize n_cells = sp_cells_size(cells);
    const guint32 n_groups = sp_codes_size(cells->groups);
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    work.blocks = sp_blocks_new(cells, error);
    if (work.blocks == NULL) {
        return FALSE;
    }
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
