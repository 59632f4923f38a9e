/** Supply as tables. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_TABLE_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_TABLE_H

#include "core/table.h"
#include "transforms/project/groups.h"
#include "transforms/project/supply/paths.h"

/**
 * `framskriving_tilbud`: region (kommune of work, those above), yrke, period (1 January) · aarsverk
 * (municipal), flag m, sorted by key. Regions above are sums of kommuner. A part
 * (spesialsykepleier) has rows of its own, and is counted in its whole (sykepleier) too.
 *
 *   groups  of paths->kommuner
 *   source  gives edition and marks
 */
SpTable *sp_supply_table(const SpSupplyPaths *paths, const SpRegionGroups *groups,
                         const SpTable *source, GError **error);

/**
 * `framskriving_tilbud_aarsak`, of the country "0": region, yrke, aarsak, period · aarsverk
 * (municipal), aarsverk_alle (all sectors), personer (15-75 with the education). The sum over
 * aarsak is the figure: base (that of day 0), aldring and avgang (of those of the base), utdannede,
 * utlandet, overganger, flytting, uforklart (sp_supply_part_names). Flag m, sorted by key.
 */
SpTable *sp_supply_cause_table(const SpSupplyPaths *paths, const SpTable *source, GError **error);

/**
 * `framskriving_tilbud_deler`: region, yrke, period (the days `days`, numbers, gsize) · aldring,
 * avgang, utdannede, utlandet, overganger, flytting, uforklart aarsverk, additive: the parts
 * (sp_supply_parts) of what `aarsverk` of framskriving_tilbud has changed by since the base.
 * Regions as there; those above kommuner have the sums of theirs. Flag m. SP_ERROR_DATA as
 * sp_supply_table.
 */
SpTable *sp_supply_parts_table(const SpSupplyPaths *paths, const SpRegionGroups *groups,
                               const GArray *days, const SpTable *source, GError **error);

#endif
