/* Iterative proportional fitting. */
#include "transforms/project/population/rake.h"

#include <math.h>
#include <string.h>

enum { MAX_ROUNDS = 1000 };
static const double close_enough = 1e-9; /* of the sum of all cells */

/* The cells above 0, in order, and the row and column of each: most of a table may be nobody. */
typedef struct {
    gsize n;
    double *cell;
    gsize *place, *row, *column;
} Filled;

static void filled_clear(Filled *filled)
{
    g_free(filled->cell);
    g_free(filled->place);
    g_free(filled->row);
    g_free(filled->column);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Filled, filled_clear)

static void filled_init(Filled *filled, gsize n_rows, gsize n_columns, const double cells[])
{
    gsize n = n_rows * n_columns;
    *filled = (Filled){.cell = g_new(double, n + 1),
                       .place = g_new(gsize, n + 1),
                       .row = g_new(gsize, n + 1),
                       .column = g_new(gsize, n + 1)};
    for (gsize i = 0; i < n; i++) {
        if (cells[i] > 0.0) {
            filled->cell[filled->n] = cells[i];
            filled->place[filled->n] = i;
            filled->row[filled->n] = i / n_columns;
            filled->column[filled->n++] = i % n_columns;
        }
    }
}

/* One margin of `n` lines; `line` is that of each cell. `sum` is room for n. Returns the greatest
 * distance there was from a total. */
static double scale(const Filled *filled, const gsize line[], gsize n, const double totals[],
                    double sum[])
{
    double greatest = 0.0;
    memset(sum, 0, n * sizeof *sum);
    for (gsize i = 0; i < filled->n; i++) {
        sum[line[i]] += filled->cell[i];
    }
    for (gsize i = 0; i < n; i++) {
        greatest = MAX(greatest, fabs(sum[i] - totals[i]));
        sum[i] = sum[i] > 0.0 ? totals[i] / sum[i] : 1.0;
    }
    for (gsize i = 0; i < filled->n; i++) {
        filled->cell[i] *= sum[line[i]];
    }
    return greatest;
}

static double sum_of(gsize n, const double values[])
{
    double sum = 0.0;
    for (gsize i = 0; i < n; i++) {
        sum += values[i];
    }
    return sum;
}

static gboolean meet(const Filled *filled, gsize n_rows, gsize n_columns, const double row_totals[],
                     const double column_totals[])
{
    g_autofree double *sum = g_new(double, MAX(n_rows, n_columns) + 1);
    for (guint round = 0; round < MAX_ROUNDS; round++) {
        double from_rows = 0.0, from_columns = 0.0;
        if (row_totals != NULL) {
            from_rows = scale(filled, filled->row, n_rows, row_totals, sum);
        }
        if (column_totals != NULL) {
            from_columns = scale(filled, filled->column, n_columns, column_totals, sum);
        }
        double limit = close_enough * sum_of(filled->n, filled->cell);
        if (from_rows <= limit && from_columns <= limit) {
            return TRUE;
        }
        /* One margin alone is met by the first round, or never. */
        if ((row_totals == NULL || column_totals == NULL) && round > 0) {
            return FALSE;
        }
    }
    return FALSE;
}

gboolean sp_rake(gsize n_rows, gsize n_columns, double cells[], const double row_totals[],
                 const double column_totals[])
{
    g_auto(Filled) filled;
    filled_init(&filled, n_rows, n_columns, cells);
    gboolean is_met = meet(&filled, n_rows, n_columns, row_totals, column_totals);
    for (gsize i = 0; i < filled.n; i++) {
        cells[filled.place[i]] = filled.cell[i];
    }
    return is_met;
}
