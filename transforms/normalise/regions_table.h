/** The tables `region` and `kommune_endring` of docs/tables.md. */
#ifndef SP_TRANSFORMS_NORMALISE_REGIONS_TABLE_H
#define SP_TRANSFORMS_NORMALISE_REGIONS_TABLE_H

#include "core/quality.h"
#include "core/regions.h"
#include "core/table.h"

/**
 * Every region of the target division: kommuner, their fylker, the country and the groups that have
 * a kommune. Sorted by region.
 *
 *   groups  code columns region (codes of the target division), kostragruppe (EKG01 ...) and
 *           sentralitet (1 or S1, most central, to 6); arbeidsmarked (labour-market region, any
 *           code) may be absent
 *   fylker  code columns fylke (two digits) and navn: KLASS 131 does not name them
 *   result  region · (navn, slag, fylke, kostragruppe, sentralitet); the last three are "" but for
 *           kommuner, and fylke for fylker; and (arbeidsmarked) where `groups` has it
 *
 * Findings: region_without_group for a kommune that is not in `groups`, unknown_code for one in
 * `groups` that is not in the division.
 *
 * Errors: SP_ERROR_DATA when there is no kommune on that day, a kommune stands twice in `groups`,
 * or a group is none; SP_ERROR_CONFIG when a fylke has no name.
 */
SpTable *sp_normalise_region_table(const SpRegions *regions, SpDay target, const SpTable *groups,
                                   const SpTable *fylker, SpQuality *quality, GError **error);

/**
 * KLASS's changes as used, for lineage: dato, fra, til · (fra_navn, til_navn), sorted.
 *
 *   changes  code columns date, old_code, old_name, new_code, new_name
 * SP_ERROR_DATA when a column is not there, a date is no day or a change stands twice.
 */
SpTable *sp_normalise_region_changes(const SpTable *changes, GError **error);

#endif
