/** The expected path of supply, from tables. docs/methods/supply.md. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_SUPPLY_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_SUPPLY_H

#include "core/quality.h"
#include "transforms/project/population/population.h"
#include "transforms/project/supply/options.h"
#include "transforms/project/supply/paths.h"

/**
 * Base and horizon are those of `framskriving_befolkning`.
 *
 *   in     framskriving_befolkning, region, and by the names of their files profesjoner, utdanning,
 *          overganger, avgang, pensjonsalder, arbeidssted (and sektor, if there); helsepersonell
 *          and doedelighet, without which there is no supply; kandidater, laerlinger, autorisasjon,
 *          pendling, framskriving_etterspoersel and the tables that sektor names where they are
 *          there
 *   people the scenario's paths of mortality and of moves from abroad, which staff shares with all
 *          people from the base on; NULL: nothing is otherwise than it was
 *   paths  set; NULL when supply cannot be projected with these tables, with a finding that says
 *          why: "no_personnel", "no_participation", "no_mortality". Owned by the caller
 *
 * Other findings: those of sp_markets_new, sp_personnel_new, sp_participation_new, sp_inflow_new,
 * sp_exit_rates, sp_counted_sectors, sp_workplace_matrices.
 * Errors: as theirs and sp_education_new.
 */
gboolean sp_supply_paths_make(const SpTables *in, const SpSupplyOptions *options,
                              const SpPopulationOptions *people, SpQuality *quality,
                              SpSupplyPaths **paths, GError **error);

#endif
