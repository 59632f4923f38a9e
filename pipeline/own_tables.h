/** What of the edition's tables stands in a package. */
#ifndef SP_PIPELINE_OWN_TABLES_H
#define SP_PIPELINE_OWN_TABLES_H

#include "core/table.h"

/**
 * The tables of the package of `region` (a fylke, "0": the country), with their rows; those that
 * tell of the edition's making are none of them. `catalogue` is config/tables.csv, `regions` the
 * table `region`. The caller frees.
 */
SpTables *sp_own_tables(const SpTables *all, const SpTable *catalogue, const SpTable *regions,
                        const char *region);

#endif
