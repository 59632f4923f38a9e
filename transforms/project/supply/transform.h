/** Supply of personnel as a transform. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_TRANSFORM_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_TRANSFORM_H

#include "core/transform.h"
#include "transforms/project/supply/paths.h"

/**
 * in: framskriving_befolkning, region, helsepersonell, doedelighet; kandidater, laerlinger,
 * autorisasjon, pendling and tables of årsverk where they are there; and the files profesjoner,
 * utdanning, overganger, avgang, pensjonsalder, arbeidssted under those names · out:
 * framskriving_tilbud, framskriving_tilbud_aarsak (docs/tables.md). No table when supply cannot be
 * projected with the tables there are: the quality report says why.
 *
 * Settings, all optional: project.supply_KEY for each key of [supply] in a scenario
 * (supply/options.h). Method: docs/methods/supply.md.
 */
extern const SpTransform sp_transform_supply;

/**
 * `framskriving_tilbud`: region (kommune of work, fylke, country "0"), yrke, period (1 January) ·
 * aarsverk (municipal), flag m, sorted by key. Regions above are sums of kommuner.
 *
 *   fylke   [n_kommuner] code of each kommune's fylke
 *   source  gives edition and marks
 */
SpTable *sp_supply_table(const SpSupplyPaths *paths, char **fylke, const SpTable *source);

/**
 * `framskriving_tilbud_aarsak`, of the country "0": region, yrke, aarsak, period · aarsverk
 * (municipal), aarsverk_alle (all sectors), personer (15-75 with the education). The sum over aarsak
 * is the supply: base (of day 0), aldring, avgang (both of those of the base), utdannede, utlandet,
 * overganger, flytting. The two first figures alone have parts for aldring and avgang apart where
 * they can be told: aarsverk_alle and personer of avgang hold both, and aldring is not applicable.
 */
SpTable *sp_supply_cause_table(const SpSupplyPaths *paths, const SpTable *source);

#endif
