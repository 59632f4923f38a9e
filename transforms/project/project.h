/** The projections: population of all kommuner, and the demand that follows from it. */
#ifndef SP_TRANSFORMS_PROJECT_PROJECT_H
#define SP_TRANSFORMS_PROJECT_PROJECT_H

#include "core/transform.h"

/**
 * in: folkemengde, doedelighet, fruktbarhet, region · out: framskriving_befolkning
 * (docs/tables.md).
 *
 * Settings:
 *   project.base               year whose 1 January is the base, or "newest" (default); nothing
 *                              newer is then read
 *   project.horizon            last year of the projection, required
 *   project.history_years      years before the base that migration and births are learnt from, at
 *                              most (default 8)
 *   project.local_weight       how far a kommune's own deviation in migration below 67 is believed,
 *                              0-1 (default 1: as estimated)
 *   project.migration_damping  what is left a year later of the deviation that all ages of a
 *                              kommune below 67 share, 0-1 (default .8); its age pattern is kept
 *   project.boy_share          of births (default .513)
 *   project.fertility_level    multiplies all births, 0-3 (default 1: the newest level is kept)
 * Method: docs/methods/population.md.
 */
extern const SpTransform sp_transform_population;

/** in: framskriving_befolkning, region, bruk · out: framskriving_behov. No settings. Method:
 * docs/methods/demand.md. */
extern const SpTransform sp_transform_demand;

#endif
