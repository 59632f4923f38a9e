/** Supply of personnel as a transform. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_TRANSFORM_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_TRANSFORM_H

#include "core/transform.h"
#include "transforms/project/groups.h"
#include "transforms/project/supply/options.h"
#include "transforms/project/supply/paths.h"

/**
 * in: framskriving_befolkning, region, helsepersonell, doedelighet; kandidater, laerlinger,
 * autorisasjon, pendling and tables of årsverk where they are there; and the files profesjoner,
 * utdanning, overganger, avgang, pensjonsalder, arbeidssted under those names · out:
 * framskriving_tilbud, framskriving_tilbud_aarsak (docs/tables.md). No table when supply cannot be
 * projected with the tables there are: the quality report says why.
 *
 * No settings: what is chosen, the table `scenario` says. Method: docs/methods/supply.md.
 */
extern const SpTransform sp_transform_supply;

/**
 * `framskriving_tilbud`: region (kommune of work, those above), yrke, period (1 January) · aarsverk (municipal), flag m, sorted by key. Regions above are sums of kommuner. A part
 * (spesialsykepleier) has rows of its own, and is counted in its whole (sykepleier) too.
 *
 *   groups  of paths->kommuner
 *   source  gives edition and marks
 */
SpTable *sp_supply_table(const SpSupplyPaths *paths, const SpRegionGroups *groups,
                         const SpTable *source, GError **error);

/**
 * `framskriving_tilbud_aarsak`, of the country "0": region, yrke, aarsak, period · aarsverk
 * (municipal), aarsverk_alle (all sectors), personer (15-75 with the education). The sum over aarsak
 * is the figure: base (that of day 0), aldring and avgang (of those of the base), utdannede,
 * utlandet, overganger, flytting. Flag m, sorted by key.
 */
SpTable *sp_supply_cause_table(const SpSupplyPaths *paths, const SpTable *source, GError **error);

#endif
