/** Where supply works: commuting and observed årsverk from tables. docs/methods/supply.md#workplace.
 */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_WORKPLACE_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_WORKPLACE_H

#include "transforms/project/supply/education.h"
#include "transforms/project/supply/markets.h"

/** Borrowed. */
typedef struct {
    /* pendling, if there; arbeidssted (config/framskriving/arbeidssted.csv) and the tables of
     * årsverk that it names, as far as they are there */
    const SpTables *in;
    const SpEducation *education;
    const SpMarkets *markets;
    const double *supply; /* [professions][n_markets] municipal årsverk of residents in the base */
} SpWorkplaceSources;

/**
 * The matrix W of every profession.
 *
 *   work    [professions][n_markets][n_kommuner] filled; rows sum to 1
 *   factor  [professions][n_markets] filled: what a region's supply is to be multiplied by so that
 *           the base by workplace is met (commuting.h)
 *   place_sd  [professions][n_kommuner][n_days] of zeros; filled: standard deviation of the log of what
 *           a kommune has over its expected årsverk, by the model of local levels (level.h); left 0 for
 *           a profession that no table covers
 *
 * Findings: "no_commuting" (pendling is not there: people work in their own region),
 * "commuting_alone" for a region without commuters in the table, "no_workplace" for a profession
 * whose årsverk by workplace no table covers (its W is commuting alone), "commuting_not_met" for one
 * whose W could not meet both margins, with the region that gave way most, "commuting_hidden".
 * Errors: SP_ERROR_NO_INPUT without arbeidssted; SP_ERROR_DATA as sp_commuting_seed, or on a missing
 * column.
 */
gboolean sp_workplace_matrices(const SpWorkplaceSources *sources, double work[], double factor[],
                               double place_sd[], SpQuality *quality, GError **error);

#endif
