/* Rows of earlier tables, looked up by their keys. */
#include "transforms/audit/before.h"

#include <math.h>
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

static gboolean is_made_up(const SpTable *table)
{
    return (sp_table_marks(table) & SP_MARK_SYNTHETIC) != 0;
}

static void find(const SpTable *earlier, const char *measure, const SpLattice *lattice,
                 SpBefore *before)
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
        const SpReal real = sp_table_real(earlier, row, column);
        guint32 cell = 0;
        if (sp_real_is_number(real) && (real.flags & SP_FLAG_ROUNDED) == 0 &&
            find_cell(earlier, row, lattice, at, &cell)) {
            before->is_shown[cell] = TRUE;
            before->value[cell] = real.value;
        }
    }
}

static gboolean is_revised(const SpBefore *before, const SpFigures *figures, guint32 cell)
{
    return figures->state[cell] == SP_FIGURE_SHOWN && before->is_shown[cell] &&
           fabs(before->value[cell] - figures->value[cell]) > 0.0;
}

/* Cells in a sum with one that was: [n_cells], g_free. */
static gboolean *find_doubtful(const SpBefore *before, const SpLattice *lattice,
                               const SpFigures *figures)
{
    gboolean *is_doubtful = g_new0(gboolean, lattice->n_cells + 1);
    for (gsize sum = 0; sum < lattice->n_sums; sum++) {
        const guint32 whole = lattice->whole[sum];
        gboolean has_revised = is_revised(before, figures, whole);
        for (guint32 k = lattice->starts[sum]; k < lattice->starts[sum + 1]; k++) {
            has_revised = has_revised || is_revised(before, figures, lattice->parts[k]);
        }
        is_doubtful[whole] = is_doubtful[whole] || has_revised;
        for (guint32 k = lattice->starts[sum]; has_revised && k < lattice->starts[sum + 1]; k++) {
            is_doubtful[lattice->parts[k]] = TRUE;
        }
    }
    return is_doubtful;
}

SpBefore sp_before_find(const SpMeasure *measure, const SpFigures *today)
{
    const SpTables *tables = measure->before;
    SpBefore before = {0};
    for (gsize i = 0; tables != NULL && i < sp_tables_size(tables); i++) {
        const SpTable *earlier = sp_tables_at(tables, i);
        for (gsize t = 0; t < measure->n; t++) {
            const SpTable *table = measure->tables[t];
            if (!is_of(earlier, table) || is_made_up(earlier) != is_made_up(table)) {
                continue;
            }
            if (before.is_shown == NULL) {
                before.is_shown = g_new0(gboolean, measure->lattice->n_cells + 1);
                before.value = g_new0(double, measure->lattice->n_cells + 1);
            }
            find(earlier, sp_table_column(table, measure->columns[t])->name, measure->lattice,
                 &before);
        }
    }
    if (before.is_shown != NULL) {
        before.is_doubtful = find_doubtful(&before, measure->lattice, today);
    }
    return before;
}

void sp_before_clear(SpBefore *before)
{
    g_free(before->is_shown);
    g_free(before->value);
    g_free(before->is_doubtful);
}

gboolean sp_before_knows(const SpBefore *before, guint32 cell)
{
    return before->is_shown != NULL && before->is_shown[cell] && !before->is_doubtful[cell];
}

gsize sp_before_add(const SpBefore *before, const SpLattice *lattice, SpFigures *figures)
{
    gsize n = 0;
    for (guint32 cell = 0; cell < lattice->n_cells; cell++) {
        if (figures->state[cell] == SP_FIGURE_HIDDEN && sp_before_knows(before, cell)) {
            figures->state[cell] = SP_FIGURE_BEFORE;
            figures->value[cell] = before->value[cell];
            n++;
        }
    }
    return n;
}

void sp_before_leave(const SpBefore *before, const SpLattice *lattice, SpFigures *figures)
{
    for (guint32 cell = 0; cell < lattice->n_cells; cell++) {
        if (before->is_shown[cell]) {
            figures->state[cell] = SP_FIGURE_SHOWN;
            figures->value[cell] = before->value[cell];
        } else if (figures->state[cell] >= SP_FIGURE_SHOWN) {
            figures->state[cell] = SP_FIGURE_HIDDEN;
        }
    }
}
