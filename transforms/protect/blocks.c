/* The blocks of a group, and what each cell of theirs is the sum of. */
#include "transforms/protect/blocks.h"

#include "core/error.h"
#include "core/parallel.h"
#include "transforms/protect/lifted.h"

#include <string.h>

#define NO_FYLKE G_MAXUINT32

static SpBlock *block_new(void)
{
    SpBlock *block = g_new(SpBlock, 1);
    *block = (SpBlock){.cells = g_array_new(FALSE, FALSE, sizeof(guint32)),
                       .inner = g_array_new(FALSE, FALSE, sizeof(guint32)),
                       .above = g_array_new(FALSE, FALSE, sizeof(guint32))};
    return block;
}

static void block_free(gpointer data)
{
    SpBlock *block = data;
    g_array_unref(block->cells);
    g_array_unref(block->inner);
    g_array_unref(block->above);
    g_clear_pointer(&block->design, sp_design_free);
    g_clear_pointer(&block->lifted, g_array_unref);
    g_free(block);
}

static const guint32 *codes_of(const SpCells *cells, guint32 cell)
{
    return sp_tuples_at(cells->tuples, cell) + 1;
}

/* ---- the tree of regions ---- */

static gboolean plant(SpBlocks *blocks, GError **error)
{
    const SpNesting *regions = blocks->cells->nesting[0];
    const guint32 n = sp_codes_size(regions->codes);
    blocks->fylke_of = g_new(guint32, (gsize)n + 1);
    blocks->block_of = g_new(guint32, (gsize)n + 1);
    for (guint32 i = 0; i < n; i++) {
        blocks->fylke_of[i] = NO_FYLKE;
    }
    for (guint32 whole = 0; whole < n; whole++) {
        const GArray *parts = regions->parts[whole];
        for (guint i = 0; parts != NULL && i < parts->len; i++) {
            const guint32 part = g_array_index(parts, guint32, i);
            if (!sp_nesting_is_leaf(regions, part)) {
                continue;
            }
            if (blocks->fylke_of[part] != NO_FYLKE) {
                return sp_error_set(error, SP_ERROR_CONFIG,
                                    "the kommune %s is in two sums of regions: they must be a tree",
                                    sp_codes_text(regions->codes, part));
            }
            blocks->fylke_of[part] = whole;
            blocks->fylke_of[whole] = whole;
        }
    }
    return TRUE;
}

static gboolean is_kommune(const SpBlocks *blocks, guint32 region)
{
    return sp_nesting_is_leaf(blocks->cells->nesting[0], region) &&
           blocks->fylke_of[region] != NO_FYLKE;
}

/* ---- the cells of a group ---- */

static SpBlock *block_of(SpBlocks *blocks, guint32 fylke)
{
    if (blocks->block_of[fylke] == NO_FYLKE) {
        blocks->block_of[fylke] = blocks->parts->len;
        g_ptr_array_add(blocks->parts, block_new());
    }
    return blocks->parts->pdata[blocks->block_of[fylke]];
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

static void add_to(SpBlock *block, guint32 local[], guint32 cell)
{
    local[cell] = block->cells->len;
    g_array_append_val(block->cells, cell);
}

static void add_inner(SpBlocks *blocks, SpBlock *block, guint32 cell, guint32 tuple[])
{
    const guint32 *codes = codes_of(blocks->cells, cell);
    const guint32 n = sp_tuples_size(blocks->fylke_leaves);
    g_array_append_val(block->inner, cell);
    memcpy(tuple, codes, blocks->cells->n_columns * sizeof(guint32));
    tuple[0] = blocks->fylke_of[codes[0]];
    const guint32 place = sp_tuples_add(blocks->fylke_leaves, tuple);
    if (place == n) {
        const guint32 none = 0;
        g_array_append_val(blocks->above->inner, cell);
        g_array_append_val(blocks->n_kommuner, none);
    }
    g_array_append_val(block->above, place);
    g_array_index(blocks->n_kommuner, guint32, place)++;
}

/* Whether a cell that holds the leaf has nobody in it: then nobody is in the leaf, missing or not.
 * `tuple` begins with the leaf's group. */
static gboolean is_in_nobody(const SpCells *cells, guint32 leaf, guint32 tuple[], gsize column)
{
    if (column == cells->n_columns) {
        guint32 cell = 0;
        return sp_tuples_find(cells->tuples, tuple, &cell) &&
               g_array_index(cells->is_known, gboolean, cell) &&
               !(g_array_index(cells->value, double, cell) > 0.0);
    }
    const GArray *above = cells->nesting[column]->above[codes_of(cells, leaf)[column]];
    for (guint i = 0; i < above->len; i++) {
        tuple[column + 1] = g_array_index(above, guint32, i);
        if (is_in_nobody(cells, leaf, tuple, column + 1)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Whether there is something to find out of a leaf: somebody is in it, or may be. A 0 that is shown
 * is known, one that is hidden is not. */
static gboolean is_open(const SpCells *cells, guint32 leaf, guint32 tuple[])
{
    if (cells->hides_zeros && sp_cells_reason(cells, leaf) != SP_SHOWN) {
        return TRUE;
    }
    if (g_array_index(cells->is_known, gboolean, leaf)) {
        return g_array_index(cells->value, double, leaf) > 0.0;
    }
    tuple[0] = sp_tuples_at(cells->tuples, leaf)[0];
    return cells->hides_zeros || !is_in_nobody(cells, leaf, tuple, 0);
}

/* Cells with a figure, each in its fylke's block, those of fylker in the one above, too. A leaf is
 * an inner cell if it is open. */
static void gather(SpBlocks *blocks, const GArray *of_group)
{
    const SpCells *cells = blocks->cells;
    g_autofree guint32 *tuple = g_new(guint32, cells->n_columns + 1);
    g_clear_pointer(&blocks->parts, g_ptr_array_unref);
    g_clear_pointer(&blocks->above, block_free);
    g_clear_pointer(&blocks->fylke_leaves, sp_tuples_free);
    blocks->parts = g_ptr_array_new_with_free_func(block_free);
    blocks->above = block_new();
    blocks->fylke_leaves = sp_tuples_new(cells->n_columns);
    g_clear_pointer(&blocks->n_kommuner, g_array_unref);
    blocks->n_kommuner = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 i = 0; i < sp_codes_size(cells->nesting[0]->codes); i++) {
        blocks->block_of[i] = NO_FYLKE;
    }
    for (guint i = 0; i < of_group->len; i++) {
        const guint32 cell = g_array_index(of_group, guint32, i);
        const guint32 *codes = codes_of(cells, cell);
        const guint32 fylke = blocks->fylke_of[codes[0]];
        const gboolean is_known = g_array_index(cells->is_known, gboolean, cell);
        SpBlock *block = fylke != NO_FYLKE ? block_of(blocks, fylke) : NULL;
        if (is_known && block != NULL) {
            add_to(block, blocks->local, cell);
        }
        blocks->is_above[cell] = is_known && !is_kommune(blocks, codes[0]);
        if (blocks->is_above[cell]) {
            add_to(blocks->above, blocks->local_above, cell);
        }
        if (is_kommune(blocks, codes[0]) && is_leaf(cells, codes) && is_open(cells, cell, tuple)) {
            add_inner(blocks, block, cell, tuple);
        }
    }
}

/* ---- designs ---- */

typedef struct {
    const SpBlocks *blocks;
    const guint32 *local;
    gboolean is_above; /* of fylker and what they are part of, else of a fylke and its kommuner */
    GArray *entries;   /* SpDesignEntry */
} Designing;

/* All cells that hold a leaf: one code above the leaf's in each column. */
static void add_entries(const Designing *designing, guint32 leaf, guint32 inner, guint32 tuple[],
                        gsize column)
{
    const SpBlocks *blocks = designing->blocks;
    const SpCells *cells = blocks->cells;
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
        const gboolean is_of_kommuner = column == 0 && is_kommune(blocks, code);
        const gboolean is_of_fylker = column == 0 && blocks->fylke_of[code] == code;
        if (column == 0 &&
            (designing->is_above ? is_of_kommuner : !is_of_kommuner && !is_of_fylker)) {
            continue;
        }
        tuple[column + 1] = code;
        add_entries(designing, leaf, inner, tuple, column + 1);
    }
}

static GArray *entries_of(const SpBlocks *blocks, const SpBlock *block, gboolean is_above)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    g_autofree guint32 *tuple = g_new(guint32, blocks->cells->n_columns + 1);
    const Designing designing = {.blocks = blocks,
                                 .local = is_above ? blocks->local_above : blocks->local,
                                 .is_above = is_above,
                                 .entries = entries};
    for (guint32 i = 0; i < block->inner->len; i++) {
        const guint32 leaf = g_array_index(block->inner, guint32, i);
        tuple[0] = sp_tuples_at(blocks->cells->tuples, leaf)[0];
        add_entries(&designing, leaf, i, tuple, 0);
    }
    return entries;
}

/* Takes the entries. */
static void design(SpBlock *block, GArray *entries)
{
    block->design = sp_design_new(block->inner->len, block->cells->len,
                                  (const SpDesignEntry *)(gpointer)entries->data, entries->len);
    g_array_unref(entries);
}

/* Whether no other kommune of the fylke has anybody where the cell has. */
static gboolean is_alone(const SpBlocks *blocks, const SpBlock *block, guint32 local)
{
    const SpDesign *of = block->design;
    for (gsize i = of->start[local]; i < of->start[local + 1]; i++) {
        const guint32 above = g_array_index(block->above, guint32, of->inner[i]);
        if (g_array_index(blocks->n_kommuner, guint32, above) > 1) {
            return FALSE;
        }
    }
    return of->start[local] < of->start[local + 1];
}

/* What a kommune is alone with is told by its fylke: it is decided with the fylker. */
static void lift(SpBlocks *blocks, GArray *entries)
{
    for (guint b = 0; b < blocks->parts->len; b++) {
        const SpBlock *block = blocks->parts->pdata[b];
        const SpDesign *of = block->design;
        for (guint32 i = 0; i < block->cells->len; i++) {
            const guint32 cell = g_array_index(block->cells, guint32, i);
            if (blocks->is_above[cell] || !is_alone(blocks, block, i)) {
                continue;
            }
            blocks->is_above[cell] = TRUE;
            add_to(blocks->above, blocks->local_above, cell);
            for (gsize k = of->start[i]; k < of->start[i + 1]; k++) {
                const SpDesignEntry entry = {g_array_index(block->above, guint32, of->inner[k]),
                                             blocks->local_above[cell], 1};
                g_array_append_val(entries, entry);
            }
        }
    }
}

/* ---- what is published already ---- */

gboolean *sp_block_published(const SpBlocks *blocks, const SpBlock *block)
{
    gboolean *is_published = g_new(gboolean, block->cells->len + 1);
    for (guint32 i = 0; i < block->cells->len; i++) {
        is_published[i] =
            sp_cells_is_published(blocks->cells, g_array_index(block->cells, guint32, i));
    }
    return is_published;
}

/* With published cells a hidden one of a kommune may follow from cells above: then their sum is to
 * be guarded there. */
static void lift_published(guint thread, gsize item, gpointer data)
{
    const SpBlocks *blocks = data;
    SpBlock *block = blocks->parts->pdata[item];
    g_autofree gboolean *is_published = sp_block_published(blocks, block);
    g_autofree gboolean *is_above = g_new(gboolean, block->cells->len + 1);
    gboolean is_any = FALSE;
    (void)thread;
    for (guint32 i = 0; i < block->cells->len; i++) {
        is_above[i] = blocks->is_above[g_array_index(block->cells, guint32, i)];
        is_any = is_any || (is_published[i] && !is_above[i]);
    }
    if (is_any) {
        block->lifted = sp_lifted_find(block->design, is_above, is_published);
        sp_lifted_place(block->lifted, block->design, (const guint32 *)(gpointer)block->above->data,
                        sp_tuples_size(blocks->fylke_leaves));
    }
}

/* ---- all of it ---- */

static void design_block(guint thread, gsize item, gpointer data)
{
    const SpBlocks *blocks = data;
    (void)thread;
    design(blocks->parts->pdata[item], entries_of(blocks, blocks->parts->pdata[item], FALSE));
}

SpBlocks *sp_blocks_new(SpCells *cells, GError **error)
{
    const gsize n_cells = sp_cells_size(cells);
    g_autoptr(SpBlocks) blocks = g_new0(SpBlocks, 1);
    blocks->cells = cells;
    blocks->local = g_new0(guint32, n_cells + 1);
    blocks->local_above = g_new0(guint32, n_cells + 1);
    blocks->is_above = g_new0(gboolean, n_cells + 1);
    return plant(blocks, error) ? g_steal_pointer(&blocks) : NULL;
}

void sp_blocks_gather(SpBlocks *blocks, const GArray *of_group, guint n_threads)
{
    gather(blocks, of_group);
    sp_parallel(n_threads, blocks->parts->len, design_block, blocks);
    GArray *entries = entries_of(blocks, blocks->above, TRUE);
    lift(blocks, entries);
    design(blocks->above, entries);
    sp_parallel(n_threads, blocks->parts->len, lift_published, blocks);
}

void sp_blocks_free(SpBlocks *blocks)
{
    if (blocks == NULL) {
        return;
    }
    g_free(blocks->fylke_of);
    g_free(blocks->block_of);
    g_free(blocks->local);
    g_free(blocks->local_above);
    g_free(blocks->is_above);
    g_clear_pointer(&blocks->parts, g_ptr_array_unref);
    g_clear_pointer(&blocks->above, block_free);
    g_clear_pointer(&blocks->fylke_leaves, sp_tuples_free);
    g_clear_pointer(&blocks->n_kommuner, g_array_unref);
    g_free(blocks);
}
