/* Commuting matrices. */
#include "transforms/project/supply/commuting.h"

#include "core/error.h"
#include "transforms/project/population/rake.h"

#include <math.h>

static double sum_of(gsize n, const double values[])
{
    double sum = 0.0;
    for (gsize i = 0; i < n; i++) {
        sum += values[i];
    }
    return sum;
}

/* Leaves out the small shares of a row, its own kommuner's apart, and scales what is left to 1. */
static void leave_small_out(const SpCommuting *commuting, gsize market, double row[])
{
    gsize n = commuting->n_kommuner;
    double greatest = 0.0;
    for (gsize u = 0; u < n; u++) {
        greatest = MAX(greatest, row[u]);
    }
    for (gsize u = 0; u < n; u++) {
        gboolean is_small =
            row[u] < MIN(commuting->least, greatest) && commuting->market[u] != market;
        row[u] = is_small ? 0.0 : row[u];
    }
    double sum = sum_of(n, row);
    for (gsize u = 0; u < n; u++) {
        row[u] /= sum;
    }
}

static double sum_within(const SpCommuting *commuting, gsize market, const double values[])
{
    double sum = 0.0;
    for (gsize u = 0; u < commuting->n_kommuner; u++) {
        sum += commuting->market[u] == market ? values[u] : 0.0;
    }
    return sum;
}

static void blend_row(const SpCommuting *commuting, gsize market, double row[])
{
    gsize n = commuting->n_kommuner;
    const double *by = commuting->target;
    double own = sum_within(commuting, market, by);
    if (!(own > 0.0)) {
        by = commuting->people;
        own = sum_within(commuting, market, by);
    }
    for (gsize u = 0; own > 0.0 && u < n; u++) {
        double here = commuting->market[u] == market ? by[u] / own : 0.0;
        row[u] = (1.0 - commuting->blend) * row[u] + commuting->blend * here;
    }
}

gboolean sp_commuting_seed(const SpCommuting *commuting, double seed[], GError **error)
{
    gsize n = commuting->n_kommuner;
    for (gsize market = 0; market < commuting->n_markets; market++) {
        double *row = seed + market * n;
        for (gsize u = 0; u < n; u++) {
            if (!(row[u] >= 0.0) || isinf(row[u])) {
                return sp_error_set(error, SP_ERROR_DATA,
                                    "commuting from %s: a cell is %g; want persons, 0 or more",
                                    commuting->names[market], row[u]);
            }
        }
        double sum = sum_of(n, row);
        if (!(sum > 0.0)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "commuting from %s sums to 0: nobody who lives there works "
                                "anywhere; correct the table pendling or the regions",
                                commuting->names[market]);
        }
        for (gsize u = 0; u < n; u++) {
            row[u] /= sum;
        }
        leave_small_out(commuting, market, row);
        blend_row(commuting, market, row);
    }
    return TRUE;
}

static gboolean check_rows(const SpCommuting *commuting, const double rows[], double limit,
                           GError **error)
{
    for (gsize market = 0; market < commuting->n_markets; market++) {
        double sum = sum_of(commuting->n_kommuner, rows + market * commuting->n_kommuner);
        if (!(fabs(sum - 1.0) <= limit)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "commuting from %s sums to %g, not 1; correct the table pendling",
                                commuting->names[market], sum);
        }
    }
    return TRUE;
}

/* Meets the kommuner's totals once more, as the last thing, and keeps the sum of all. */
static void meet_columns(const SpCommuting *commuting, double cells[], const double totals[])
{
    gsize n = commuting->n_kommuner, size = commuting->n_markets * n;
    double all = sum_of(commuting->n_markets, commuting->supply);
    for (gsize u = 0; u < n; u++) {
        double sum = 0.0;
        for (gsize i = u; i < size; i += n) {
            sum += cells[i];
        }
        for (gsize i = u; sum > 0.0 && i < size; i += n) {
            cells[i] *= totals[u] / sum;
        }
    }
    /* A kommune that nobody reaches has no column to meet. */
    double reached = sum_of(size, cells);
    for (gsize i = 0; reached > 0.0 && i < size; i++) {
        cells[i] *= all / reached;
    }
}

static void find_factors(const SpCommuting *commuting, const double cells[], double factor[])
{
    for (gsize market = 0; market < commuting->n_markets; market++) {
        double sum = sum_of(commuting->n_kommuner, cells + market * commuting->n_kommuner);
        if (commuting->supply[market] > 0.0) {
            factor[market] = sum / commuting->supply[market];
        }
    }
}

gboolean sp_commuting_rake(const SpCommuting *commuting, double seed[], double factor[],
                           GError **error)
{
    gsize n = commuting->n_kommuner, size = commuting->n_markets * n;
    for (gsize market = 0; market < commuting->n_markets; market++) {
        factor[market] = 1.0;
    }
    if (!check_rows(commuting, seed, 1e-6, error)) {
        return FALSE;
    }
    double all = sum_of(commuting->n_markets, commuting->supply);
    double wanted = sum_of(n, commuting->target);
    if (!(all > 0.0) || !(wanted > 0.0)) {
        return TRUE;
    }
    g_assert(n > 0); /* somebody is wanted */
    g_autofree double *cells = g_new(double, size), *totals = g_new(double, n);
    for (gsize u = 0; u < n; u++) {
        totals[u] = commuting->target[u] * (all / wanted);
    }
    for (gsize i = 0; i < size; i++) {
        cells[i] = commuting->supply[i / n] * seed[i];
    }
    if (!sp_rake(commuting->n_markets, n, cells, commuting->supply, totals)) {
        meet_columns(commuting, cells, totals);
        find_factors(commuting, cells, factor);
    }
    for (gsize market = 0; market < commuting->n_markets; market++) {
        double *row = cells + market * n, sum = sum_of(n, row);
        for (gsize u = 0; sum > 0.0 && u < n; u++) {
            seed[market * n + u] = row[u] / sum;
        }
    }
    return check_rows(commuting, seed, 1e-9, error);
}
