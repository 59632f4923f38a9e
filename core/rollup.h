/** Figures of kommuner summed to the regions above them. */
#ifndef SP_CORE_ROLLUP_H
#define SP_CORE_ROLLUP_H

#include "core/table.h"

/**
 * A copy of a table with rows for fylker, the country, KOSTRA groups and centrality classes added: sums (sp_real_sum) of the additive
 * measures over the kommuner of each; other measures are missing there. Rows that the source itself has for such a region stay as
 * they are: the country is its own published figure. Our sum then stands beside it under the code SP_REGION_COUNTRY_SUM.
 *
 *   table    key column `region` (kommune codes of one division, other regions as published) and any other keys
 *   regions  table `region`: region, slag, fylke, kostragruppe, sentralitet
 * SP_ERROR_DATA when a kommune of `table` is not in `regions`.
 */
#define SP_REGION_COUNTRY_CODE "0"
#define SP_REGION_COUNTRY_SUM "0k"
SpTable *sp_rollup(const SpTable *table, const SpTable *regions, GError **error);

#endif
