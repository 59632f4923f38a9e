/* What few persons are of. */
#include "transforms/project/supply/composition.h"

#include "transforms/project/population/rake.h"
#include "transforms/project/supply/beta.h"

/* The country's cells, and its and the regions' persons. */
static double find_sums(gsize n_regions, gsize n_cells, const double persons[], double by_cell[],
                        double by_region[])
{
    double all = 0.0;
    for (gsize i = 0; i < n_regions * n_cells; i++) {
        by_cell[i % n_cells] += persons[i];
        by_region[i / n_cells] += persons[i];
        all += persons[i];
    }
    return all;
}

void sp_composition(gsize n_regions, gsize n_cells, double persons[])
{
    gsize n = n_regions * n_cells;
    g_autofree double *by_cell = g_new0(double, n_cells);
    g_autofree double *by_region = g_new0(double, n_regions);
    g_autofree double *size = g_new(double, n);
    g_autofree double *parent = g_new(double, n);
    double all = find_sums(n_regions, n_cells, persons, by_cell, by_region);
    if (!(all > 0.0)) {
        return;
    }
    for (gsize i = 0; i < n; i++) {
        size[i] = by_region[i / n_cells];
        parent[i] = by_cell[i % n_cells] / all;
    }
    double kappa = sp_beta_kappa(n, persons, size, parent);
    for (gsize i = 0; i < n; i++) {
        persons[i] = size[i] * sp_beta_share(persons[i], size[i], parent[i], kappa);
    }
    /* A region with persons has some of each cell that the country has: both margins can be met. */
    (void)sp_rake(n_regions, n_cells, persons, by_region, by_cell);
}
