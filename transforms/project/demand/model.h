/** Demand of all kommuner: from tables to the expected path. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_MODEL_H
#define SP_TRANSFORMS_PROJECT_DEMAND_MODEL_H

#include "core/quality.h"
#include "transforms/project/demand/options.h"
#include "transforms/project/demand/paths.h"

/**
 *   in  framskriving_befolkning (its first period is the base), region, bruk; the tables of
 *       config/framskriving: tjenester, struktur, bemanning_kilder (bemanning.csv), lovkrav,
 *       utvikling; if there: profesjoner (wholes.h),
 *       folkemengde (the past), the tables of users and årsverk that they name, vertskommune;
 *       doedelighet when people become healthier
 *
 * What is known on the base day alone is read: people until then, figures of the years before.
 * Without figures of a service's users the country's use by age is everyone's; without figures of
 * an area's årsverk there is no need of it.
 *
 * Findings (docs/methods/demand.md#status-and-flags): "no_staff", "partly_counted", "no_own_staff",
 * "use_above_one", "zero_year", "thin_year", "unsettled_estimate".
 *
 * Errors: SP_ERROR_NO_INPUT for a table that is not there; SP_ERROR_DATA and SP_ERROR_CONFIG as
 * sp_services_new, sp_structure_new, sp_growth_new, sp_people_new, sp_observe, sp_staffing_new,
 * sp_places_new.
 */
SpDemandPaths *sp_demand_model_new(const SpTables *in, const SpDemandOptions *options,
                                   SpQuality *quality, GError **error);

#endif
