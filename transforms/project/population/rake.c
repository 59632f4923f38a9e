/* Iterative proportional fitting. */
#include "transforms/project/population/rake.h"

#include <math.h>

enum { MAX_ROUNDS = 1000 };
static const double close_enough = 1e-9; /* of the sum of all cells */

/* One margin: `n` lines of `length` cells, `step` apart within a line and `line_step` between
 * lines. Returns the greatest distance there was from a total. */
static double scale(gsize n, gsize length, gsize line_step, gsize step, const double totals[],
                    double cells[])
{
    double greatest = 0.0;
    for (gsize line = 0; line < n; line++) {
        double *first = cells + line * line_step, sum = 0.0;
        for (gsize i = 0; i < length; i++) {
            sum += first[i * step];
        }
        greatest = MAX(greatest, fabs(sum - totals[line]));
        for (gsize i = 0; sum > 0.0 && i < length; i++) {
            first[i * step] *= totals[line] / sum;
        }
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

gboolean sp_rake(gsize n_rows, gsize n_columns, double cells[], const double row_totals[],
                 const double column_totals[])
{
    for (guint round = 0; round < MAX_ROUNDS; round++) {
        double from_rows = 0.0, from_columns = 0.0;
        if (row_totals != NULL) {
            from_rows = scale(n_rows, n_columns, n_columns, 1, row_totals, cells);
        }
        if (column_totals != NULL) {
            from_columns = scale(n_columns, n_rows, 1, n_columns, column_totals, cells);
        }
        double limit = close_enough * sum_of(n_rows * n_columns, cells);
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
