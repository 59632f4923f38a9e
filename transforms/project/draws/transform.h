/** Uncertainty of personnel as a transform. */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_TRANSFORM_H
#define SP_TRANSFORMS_PROJECT_DRAWS_TRANSFORM_H

#include "core/transform.h"

/**
 * in: as sp_transform_population, sp_transform_demand and sp_transform_supply; their tables
 * framskriving_befolkning, framskriving_behov, framskriving_aarsverk_per_bruker,
 * framskriving_etterspoersel and, if there, framskriving_tilbud, and framskriving_gap,
 * rekrutteringsbehov and avgang_usikkerhet of sp_transform_balance; sjokk
 * (config/framskriving/sjokk.csv) · out: those but the first again, with p05 ... p95 beside the
 * expected figures at today's level (beside rekruttering_netto in rekrutteringsbehov),
 * sannsynlighet_mangel in the gap and sannsynlighet_ingen in the supply; framskriving_ledelse.
 *
 * Nothing when project.draws is 0 or there is no need; a table that is not there is passed over,
 * and without a gap nobody leads. The models are made again from the same inputs, so the findings
 * are those of the other transforms. Settings: those of sp_transform_population_intervals.
 * Method: docs/methods/uncertainty.md.
 */
extern const SpTransform sp_transform_draws;

#endif
