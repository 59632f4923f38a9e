/* Which inner counts stand behind each published one, group by group. */
#include "transforms/protect/rounded.h"

#include "core/error.h"
#include "transforms/protect/rounding.h"

#include <math.h>
#include <string.h>

typedef struct {
    const SpCells *cells;
    const SpTable *table;
    gint64 *count;      /* [cells] the true counts, told or not */
    gboolean *is_known; /* [cells] they are numbers */
    gboolean *is_told;  /* [cells] */
    guint32 *inner;     /* [cells] its number among the inner ones of the group; SP_NO_CELL */
    GArray *inners;     /* gint64: counts of the group's inner cells */
    GArray *published;  /* guint32: cells of the group */
    GArray *entries;    /* SpDesignEntry */
    GArray *result;     /* gint64 [cells] */
} Work;

static void work_clear(Work *work)
{
    g_free(work->count);
    g_free(work->is_known);
    g_free(work->is_told);
    g_free(work->inner);
    g_array_unref(work->inners);
    g_array_unref(work->published);
    g_array_unref(work->entries);
    g_clear_pointer(&work->result, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

/* ---- counts ---- */

static gboolean read_counts(Work *work, gsize counted, GError **error)
{
    const guint32 *cell_of_row = work->cells->cell_of_row->pdata[0];
    const gboolean *is_told = work->cells->is_told->pdata[0];
    for (gsize row = 0; row < sp_table_n_rows(work->table); row++) {
        const guint32 cell = cell_of_row[row];
        const SpReal real = sp_table_real(work->table, row, counted);
        if (cell == SP_NO_CELL || !sp_real_is_number(real)) {
            continue;
        }
        if (real.value < 0.0 || real.value > (double)SP_ROUNDING_MAX_COUNT ||
            rint(real.value) < real.value || rint(real.value) > real.value) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: %g is no count: only whole numbers from 0 up are rounded",
                                sp_table_name(work->table), real.value);
        }
        work->count[cell] = (gint64)real.value;
        work->is_known[cell] = TRUE;
        work->is_told[cell] = is_told[row];
    }
    return TRUE;
}

/* ---- sums ---- */

/* The parts of a cell by one of a column's sums, those that are there; NULL where they do not come
 * to the whole, or are the whole alone. */
static GArray *parts_of(const Work *work, guint32 cell, gsize column, const SpNestingSum *sum)
{
    const SpCells *cells = work->cells;
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autofree guint32 *tuple =
        g_memdup2(sp_tuples_at(cells->tuples, cell), (cells->n_columns + 1) * sizeof(guint32));
    gint64 rest = work->count[cell];
    for (guint i = 0; i < sum->parts->len; i++) {
        guint32 part = 0;
        tuple[column + 1] = g_array_index(sum->parts, guint32, i);
        if (sp_tuples_find(cells->tuples, tuple, &part)) {
            rest -= work->count[part];
            if (!work->is_known[part]) {
                return NULL;
            }
            g_array_append_val(parts, part);
        }
    }
    return rest == 0 ? g_steal_pointer(&parts) : NULL;
}

/* The parts by the first sum that comes out; NULL: the cell is an inner one. */
static GArray *find_parts(const Work *work, guint32 cell)
{
    const guint32 *codes = sp_tuples_at(work->cells->tuples, cell) + 1;
    GArray *parts = NULL;
    for (gsize column = 0; parts == NULL && column < work->cells->n_columns; column++) {
        const GPtrArray *sums = work->cells->nesting[column]->sums;
        for (guint i = 0; parts == NULL && i < sums->len; i++) {
            const SpNestingSum *sum = sums->pdata[i];
            parts = sum->whole == codes[column] ? parts_of(work, cell, column, sum) : NULL;
        }
    }
    return parts;
}

static void add_inners(Work *work, guint32 cell, guint32 published)
{
    g_autoptr(GArray) parts = work->count[cell] > 0 ? find_parts(work, cell) : NULL;
    for (guint i = 0; parts != NULL && i < parts->len; i++) {
        add_inners(work, g_array_index(parts, guint32, i), published);
    }
    if (parts == NULL && work->count[cell] > 0) {
        if (work->inner[cell] == SP_NO_CELL) {
            work->inner[cell] = work->inners->len;
            g_array_append_val(work->inners, work->count[cell]);
        }
        const SpDesignEntry entry = {work->inner[cell], published, 1};
        g_array_append_val(work->entries, entry);
    }
}

/* ---- rounding ---- */

static gboolean round_group(Work *work, guint32 group, gint64 base, GError **error)
{
    g_array_set_size(work->inners, 0);
    g_array_set_size(work->published, 0);
    g_array_set_size(work->entries, 0);
    for (guint32 cell = 0; cell < sp_cells_size(work->cells); cell++) {
        if (work->is_told[cell] && sp_tuples_at(work->cells->tuples, cell)[0] == group) {
            add_inners(work, cell, work->published->len);
            g_array_append_val(work->published, cell);
        }
    }
    g_autoptr(SpDesign) design =
        sp_design_new(work->inners->len, work->published->len,
                      (const SpDesignEntry *)(gpointer)work->entries->data, work->entries->len);
    g_autofree gint64 *rounded = g_new(gint64, work->inners->len + 1);
    g_autofree gint64 *published = g_new(gint64, work->published->len + 1);
    if (!sp_rounding(design, (const gint64 *)(gpointer)work->inners->data, base, rounded, published,
                     error)) {
        return FALSE;
    }
    for (guint i = 0; i < work->published->len; i++) {
        g_array_index(work->result, gint64, g_array_index(work->published, guint32, i)) =
            published[i];
    }
    return TRUE;
}

static gboolean round_all(Work *work, gint64 base, GError **error)
{
    const gsize n = sp_cells_size(work->cells);
    const gint64 none = 0;
    for (gsize cell = 0; cell < n; cell++) {
        work->inner[cell] = SP_NO_CELL;
        g_array_append_val(work->result, none);
    }
    for (guint32 group = 0; group < sp_codes_size(work->cells->groups); group++) {
        if (!round_group(work, group, base, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

GArray *sp_rounded_counts(const SpLayer *layer, const SpCells *cells, double base, GError **error)
{
    const SpLayerTable *from = layer->tables->pdata[0];
    const gsize n = sp_cells_size(cells);
    if (layer->tables->len > 1 || base < 2.0 || base > SP_ROUNDING_MAX_BASE || rint(base) < base ||
        rint(base) > base) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "config/skjermingsregler.csv: %s: rounding is of layers of one table, with a "
                     "whole number from 2 to %d as base",
                     layer->name, SP_ROUNDING_MAX_BASE);
        return NULL;
    }
    g_auto(Work) work = {.cells = cells,
                         .table = from->table,
                         .count = g_new0(gint64, n + 1),
                         .is_known = g_new0(gboolean, n + 1),
                         .is_told = g_new0(gboolean, n + 1),
                         .inner = g_new(guint32, n + 1),
                         .inners = g_array_new(FALSE, FALSE, sizeof(gint64)),
                         .published = g_array_new(FALSE, FALSE, sizeof(guint32)),
                         .entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry)),
                         .result = g_array_new(FALSE, FALSE, sizeof(gint64))};
    if (!read_counts(&work, g_array_index(from->measures, SpLayerMeasure, 0).column, error) ||
        !round_all(&work, (gint64)base, error)) {
        return NULL;
    }
    return g_steal_pointer(&work.result);
}
