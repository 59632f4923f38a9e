/** Supply of personnel as a transform. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_TRANSFORM_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_TRANSFORM_H

#include "core/transform.h"

/**
 * in: framskriving_befolkning, region, helsepersonell, doedelighet; kandidater, laerlinger,
 * autorisasjon, pendling, framskriving_etterspoersel and the tables that sektor names where they
 * are there; scenario; and the files profesjoner, utdanning, overganger, avgang, pensjonsalder,
 * arbeidssted, sektor under those names · out: framskriving_tilbud, framskriving_tilbud_aarsak
 * (docs/tables.md), framskriving_tilbud_deler (table.h). No table when supply cannot be projected
 * with the tables there are: the quality report says why.
 *
 * What is chosen, the table `scenario` says. Settings: project.alternative_years (chosen.h), the
 * days of the parts; those of sp_transform_population that a scenario may say otherwise (its
 * paths), of which mortality and moves from abroad are staff's too. Method: docs/methods/supply.md.
 */
extern const SpTransform sp_transform_supply;

#endif
