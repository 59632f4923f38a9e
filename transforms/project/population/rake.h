/** Cells brought to given totals: iterative proportional fitting (Deming and Stephan 1940). */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_RAKE_H
#define SP_TRANSFORMS_PROJECT_POPULATION_RAKE_H

#include <glib.h>

/**
 * Multiplies rows and columns in turn until both margins are met within 1e-9 of the sum of all
 * cells, at most 1000 times; a single margin is met at once. What was 0 stays 0.
 *
 *   cells          [n_rows][n_columns] persons >= 0
 *   row_totals     [n_rows] or NULL: rows are free
 *   column_totals  [n_columns] or NULL: columns are free
 *
 * A total over 0 of cells that are all 0 cannot be met: such a row or column stays as it is. FALSE
 * when the margins were not met (they contradict each other, or a total could not be met).
 */
gboolean sp_rake(gsize n_rows, gsize n_columns, double cells[], const double row_totals[],
                 const double column_totals[]);

#endif
