/* One sum at a time. */
#include "transforms/protect/narrow.h"

#include <math.h>
#include <string.h>

/* What is known of the parts of a cell along one column. */
typedef struct {
    double shown;
    double all;
    guint32 n_hidden;
    guint32 n_unknown;
} Parts;

/* The sums that each code is directly in: GArray of guint32 [codes]. */
static GPtrArray *wholes_of(const SpNesting *nesting)
{
    const guint32 n = sp_codes_size(nesting->codes);
    GPtrArray *wholes = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint32 i = 0; i < n; i++) {
        g_ptr_array_add(wholes, g_array_new(FALSE, FALSE, sizeof(guint32)));
    }
    for (guint32 whole = 0; whole < n; whole++) {
        const GArray *parts = nesting->parts[whole];
        for (guint i = 0; parts != NULL && i < parts->len; i++) {
            g_array_append_val((GArray *)wholes->pdata[g_array_index(parts, guint32, i)], whole);
        }
    }
    return wholes;
}

static void add_part(const SpCells *cells, guint32 cell, Parts *parts)
{
    const double value = g_array_index(cells->value, double, cell);
    if (!g_array_index(cells->is_known, gboolean, cell)) {
        parts->n_unknown++;
        return;
    }
    parts->all += value;
    if (sp_cells_reason(cells, cell) != SP_SHOWN) {
        parts->n_hidden++;
    } else {
        parts->shown += value;
    }
}

static gboolean is_narrow(double whole, const Parts *parts, double width)
{
    return parts->n_hidden > 0 && parts->n_unknown == 0 && fabs(parts->all - whole) < width &&
           whole - parts->shown - parts->n_hidden + 1.0 < width;
}

static void add_parts(const SpCells *cells, const GArray *of_group, gsize column, Parts parts[])
{
    g_autoptr(GPtrArray) wholes = wholes_of(cells->nesting[column]);
    g_autofree guint32 *tuple = g_new(guint32, cells->n_columns + 1);
    for (guint i = 0; i < of_group->len; i++) {
        const guint32 cell = g_array_index(of_group, guint32, i);
        const guint32 *from = sp_tuples_at(cells->tuples, cell);
        const GArray *of = wholes->pdata[from[column + 1]];
        memcpy(tuple, from, (cells->n_columns + 1) * sizeof(guint32));
        for (guint j = 0; j < of->len; j++) {
            guint32 whole = 0;
            tuple[column + 1] = g_array_index(of, guint32, j);
            if (sp_tuples_find(cells->tuples, tuple, &whole)) {
                add_part(cells, cell, &parts[whole]);
            }
        }
    }
}

gsize sp_narrow_hide(SpCells *cells, const GArray *of_group, double width)
{
    const gsize n_cells = sp_cells_size(cells);
    g_autofree Parts *parts = g_new(Parts, n_cells + 1);
    gsize n = 0;
    for (gsize column = 0; column < cells->n_columns; column++) {
        memset(parts, 0, n_cells * sizeof *parts);
        add_parts(cells, of_group, column, parts);
        for (guint i = 0; i < of_group->len; i++) {
            const guint32 cell = g_array_index(of_group, guint32, i);
            const double value = g_array_index(cells->value, double, cell);
            guint8 *reason = &g_array_index(cells->reason, guint8, cell);
            if (*reason == SP_SHOWN && g_array_index(cells->is_known, gboolean, cell) &&
                is_narrow(value, &parts[cell], width)) {
                *reason = SP_HIDDEN_CLOSE;
                n++;
            }
        }
    }
    return n;
}
