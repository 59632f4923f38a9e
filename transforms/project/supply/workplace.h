/** Where supply works: by commuting, and by the need of kommuner. docs/methods/supply.md#workplace.
 */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_WORKPLACE_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_WORKPLACE_H

#include "transforms/project/supply/education.h"
#include "transforms/project/supply/markets.h"

/** Borrowed. */
typedef struct {
    /* framskriving_etterspoersel, if there: region, yrke, period · aarsverk, (lovkrav) */
    const SpTables *in;
    const SpPlaceRules *rules;
    const SpEducation *education;
    const SpMarkets *markets;
    const double *supply; /* [professions][n_markets] municipal årsverk of residents in the base */
} SpWorkplaceSources;

/** What is filled; the caller's arrays, of zeros. */
typedef struct {
    double *work;  /* [professions][n_markets][n_kommuner] the matrix W; rows sum to 1 */
    double *reach; /* [professions][n_markets][n_days] as SpSupplyPaths has it */
    /* [professions][n_markets] what a region's supply is to be multiplied by so that the base by
     * workplace is met (commuting.h) */
    double *factor;
    gboolean *is_placed; /* [professions] FALSE: by commuting alone */
} SpWorkplace;

/**
 * The matrix W of every profession. Its columns are met by the need of kommuner at today's level in
 * the base, less what the law's floor has added: that need is of the people whom the kommune has
 * (staffing.h), and the only estimate of them, so both sides of the balance count the same people
 * in the same places, whatever the profession. A hidden need counts as the people's share of the
 * country's.
 *
 * Findings: "commuting_alone" for a region without commuters in the table, "no_workplace" for a
 * profession that no kommune is known to need (its W is commuting alone), "commuting_not_met" for
 * one whose W could not meet both margins, where that moves more of a region's supply than
 * rules->told_share and told_aarsverk both, with the region where most årsverk are moved.
 * Errors: as sp_commuting_seed; SP_ERROR_DATA on a missing column.
 */
gboolean sp_workplace_matrices(const SpWorkplaceSources *sources, const SpWorkplace *made,
                               SpQuality *quality, GError **error);

#endif
