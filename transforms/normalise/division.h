/** The regional division as later units read it back from facts. */
#ifndef SP_TRANSFORMS_NORMALISE_DIVISION_H
#define SP_TRANSFORMS_NORMALISE_DIVISION_H

#include "core/regions.h"

/**
 * Kommuner over time from the tables of the unit `regioner`: `region` (the kommuner of the target
 * day) and `kommune_endring`. The inverse of regions_table.h. SP_ERROR_NO_INPUT when a table is not
 * there, else as sp_regions_new.
 */
SpRegions *sp_normalise_regions(const SpTables *tables, SpDay target, GError **error);

#endif
