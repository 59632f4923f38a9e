/* Secondary suppression of a made-up table of the class that SSB's GaussSuppression (R) took 39.7
 * seconds for on a machine of this size: 437 regions in 19 fylker and 15 groups across, by four
 * categories and three others, with sums: 5 244 inner cells, 9 440 published ones, about 1 900
 * primaries. Prints `name,value`, seconds of processor time. */
#include "core/random.h"
#include "transforms/protect/gauss.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    MEMBERS = 437,
    PARENTS = 19,
    GROUPS = 15,
    REGIONS = MEMBERS + PARENTS + GROUPS + 1,
    ROWS = 4,
    COLUMNS = 3,
    KINDS = (ROWS + 1) * (COLUMNS + 1),
    INNER = MEMBERS * ROWS * COLUMNS,
    CELLS = REGIONS * KINDS,
    RUNS = 5
};
static const double recorded_s = 39.7;

static guint32 cell_of(guint32 region, guint32 row, guint32 column)
{
    return region * KINDS + row * (COLUMNS + 1) + column;
}

static SpDesign *make_design(double figures[CELLS])
{
    const SpRandom random = sp_random_seed(1);
    const SpRandom of_member = sp_random_seed(2);
    SpDesignEntry *entries = g_new(SpDesignEntry, INNER * 16);
    gsize n = 0;
    for (guint32 i = 0; i < INNER; i++) {
        const guint32 member = i / (ROWS * COLUMNS);
        const guint32 row = i / COLUMNS % ROWS;
        const guint32 column = i % COLUMNS;
        const guint32 regions[] = {member, MEMBERS + member % PARENTS,
                                   MEMBERS + PARENTS + member * 7 % GROUPS, REGIONS - 1};
        const guint32 rows[] = {row, ROWS};
        const guint32 columns[] = {column, COLUMNS};
        const double size = 0.5 * (row + 1) * exp(5.0 * sp_random_uniform(of_member, member) - 1.0);
        const double figure = floor(-size * log(1.0 - sp_random_uniform(random, i)));
        for (guint32 j = 0; j < 16; j++) {
            entries[n] =
                (SpDesignEntry){i, cell_of(regions[j / 4], rows[j / 2 % 2], columns[j % 2]), 1};
            figures[entries[n++].cell] += figure;
        }
    }
    SpDesign *design = sp_design_new(INNER, CELLS, entries, n);
    g_free(entries);
    return design;
}

static const double *by_figure;

static int compare_cells(const void *a, const void *b)
{
    const guint32 one = *(const guint32 *)a;
    const guint32 other = *(const guint32 *)b;
    const double difference = by_figure[other] - by_figure[one];
    return difference > 0.0 ? 1 : difference < 0.0 ? -1 : (one > other) - (one < other);
}

int main(void)
{
    static const char *const names[] = {"none", "any_sum", "sub_sum"};
    static double figures[CELLS];
    static gboolean is_primary[CELLS], is_secondary[CELLS], is_unsafe[CELLS], is_singleton[INNER];
    static guint32 order[CELLS];
    g_autoptr(SpDesign) design = make_design(figures);
    gsize n_primary = 0;
    for (guint32 cell = 0; cell < CELLS; cell++) {
        is_primary[cell] = figures[cell] > 0.0 && figures[cell] < 4.0;
        n_primary += is_primary[cell] ? 1 : 0;
        order[cell] = cell;
    }
    by_figure = figures;
    qsort(order, CELLS, sizeof *order, compare_cells);
    for (guint32 i = 0; i < INNER; i++) {
        const guint32 cell = cell_of(i / (ROWS * COLUMNS), i / COLUMNS % ROWS, i % COLUMNS);
        is_singleton[i] = figures[cell] > 0.5 && figures[cell] < 1.5;
    }
    printf("inner,%d\ncells,%d\nprimary,%zu\n", INNER, CELLS, n_primary);
    for (int method = SP_SINGLETONS_NONE; method <= SP_SINGLETONS_SUB_SUM; method++) {
        const SpGauss problem = {.design = design,
                                 .is_primary = is_primary,
                                 .order = order,
                                 .n_order = CELLS,
                                 .is_singleton = is_singleton,
                                 .singletons = (SpSingletons)method};
        gsize n = 0;
        const clock_t begun = clock();
        for (int i = 0; i < RUNS; i++) {
            n = sp_gauss(&problem, is_secondary, is_unsafe);
        }
        const double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC / RUNS;
        printf("secondary_%s,%zu\nseconds_%s,%.4f\nrecorded_r_over_%s,%.0f\n", names[method], n,
               names[method], seconds, names[method], recorded_s / seconds);
    }
    return 0;
}
