/** What of the edition's tables a package holds, and what it is compared with. */
#ifndef SP_PIPELINE_OWN_TABLES_H
#define SP_PIPELINE_OWN_TABLES_H

#include "pipeline/stage.h"

/**
 * The tables of the package that the unit is of (a fylke's code, "0": the country), with their
 * rows; those that tell of the edition's making are none of them. `catalogue` is config/tables.csv,
 * `regions` the table `region`. The unit has declared protect/utgave. The caller frees.
 */
SpTables *sp_own_tables(const SpUnit *unit, const SpTable *catalogue, const SpTable *regions,
                        GError **error);

/** Those of `names` with the same rows and all others that are of no kommune outside the
 * package. The caller frees. */
SpTables *sp_own_neighbours(const SpUnit *unit, const char *const *names, GError **error);

#endif
