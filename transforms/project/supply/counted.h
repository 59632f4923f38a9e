/** Who counts as municipal beside those whose main job is in the kommune.
 * docs/methods/supply.md#sectors. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_COUNTED_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_COUNTED_H

#include "transforms/project/supply/personnel.h"

/** Who are counted. Borrowed. */
typedef struct {
    const SpEducation *education;
    const SpMarkets *markets;
    const SpPersonnel *personnel;
} SpCountedPeople;

/**
 * The need of some professions counts people of other sectors too: doctors and physiotherapists who
 * are self-employed and have an agreement with the kommune. `sektor`
 * (config/framskriving/sektor.csv) names the table of their årsverk; as large a share of that
 * sector is then municipal.
 *
 *   in     sektor: profesjon, sektor, tabell, maal, utvalg (rowfilter.h), and the tables it names;
 *          without it, or for one that is not there, nobody else is
 *   share  [professions][SP_N_WORK_SECTORS] filled: 1 of the municipal sector, 0-1 of others:
 *          årsverk of the newest year before the base (sp_observed_newest), over the sector's in
 *          the country
 * Findings: "sector_not_counted" for a row whose profession or table is not there,
 * "sector_too_small" where more count than the sector has (1 stands). SP_ERROR_DATA on a missing
 * column, a sector that is none or the municipal one, a pair that stands twice; as sp_observe.
 */
gboolean sp_counted_sectors(const SpTables *in, const SpCountedPeople *people, double share[],
                            SpQuality *quality, GError **error);

#endif
