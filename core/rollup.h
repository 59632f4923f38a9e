/** Figures of kommuner summed to the regions above them. */
#ifndef SP_CORE_ROLLUP_H
#define SP_CORE_ROLLUP_H

#include "core/table.h"

/** The country as published, and our own sum of its kommuner. */
#define SP_REGION_COUNTRY_CODE "0"
#define SP_REGION_COUNTRY_SUM "0k"

/**
 * A copy of a table with rows for fylker, the country, KOSTRA groups and centrality classes added:
 * sums (sp_real_sum) of the additive measures over the kommuner of each; other measures are missing
 * there, and attributes are "". A kommune of the region without a row for the same other keys is
 * missing, not 0, and so is the sum (suppressed if a part is). Rows that the source itself has for
 * such a region stay as they are: the country is its own published figure. In a table that has any
 * row for the country, our sums all stand under SP_REGION_COUNTRY_SUM, so that neither series mixes
 * the two.
 *
 * table: key column `region` (kommune codes of one division, other regions as published) and any
 * other keys.
 *
 * regions: columns region, slag, fylke, kostragruppe, sentralitet. Rows with slag "kommune" are the
 * kommuner; an empty attribute means that the kommune is in no such group.
 *
 * The result is sorted by key; sums are made in order of kommune, whatever the order of rows.
 *
 * SP_ERROR_DATA when a kommune of `table` (by the form of its code) is not in `regions`, when a
 * column is not there, or when keys repeat.
 */
SpTable *sp_rollup(const SpTable *table, const SpTable *regions, GError **error);

#endif
