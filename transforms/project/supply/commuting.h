/**
 * Where residents of a labour-market region do their municipal årsverk: the matrix W of a
 * profession. docs/methods/supply.md#workplace.
 */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_COMMUTING_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_COMMUTING_H

#include <glib.h>

/** The places, and what is known of one profession. Arrays are borrowed. */
typedef struct {
    const char *const *names; /* [n_markets] of labour-market regions, for errors */
    gsize n_markets;
    gsize n_kommuner;
    const guint *market;  /* [n_kommuner] the region that each kommune lies in */
    const double *supply; /* [n_markets] municipal årsverk of residents, >= 0 */
    const double *target; /* [n_kommuner] årsverk by workplace, >= 0; scaled to the sum of supply */
    const double
        *people; /* [n_kommuner] inhabitants, who stand in for a region's target of nothing */
    /* Part of each row that is replaced by what its own kommuner have of the target, so that no
     * place that employs somebody is out of reach; 0-1. */
    double blend;
    /* Smaller shares of a row are left out, but for its own kommuner: W is mostly 0, and sums over
     * it short. */
    double least;
} SpCommuting;

/**
 * From commuters to shares.
 *
 *   seed  [n_markets][n_kommuner]  persons who live in the region and work in the kommune, >= 0;
 *         becomes shares of the row, in place
 * SP_ERROR_DATA naming the region whose row is negative, not a number, or sums to 0.
 */
gboolean sp_commuting_seed(const SpCommuting *commuting, double seed[], GError **error);

/**
 * Rakes a seed so that residents' årsverk and those by workplace are both met. Where too few
 * commute for that, those by workplace are met and the regions' supply gives way. Rows sum to 1, so
 * kommuner sum to the nation whatever the targets are. Without supply or without a target the seed
 * stays as it is, and the row of a region without supply too.
 *
 *   seed    [n_markets][n_kommuner]  rows that sum to 1; becomes W in place
 *   factor  [n_markets]  filled: what a region's supply is to be multiplied by, all 1 when both are
 *           within 1e-9 of the sum of all cells; the sum of supply stays
 * SP_ERROR_DATA naming a region whose row does not sum to 1 within 1e-6 before, or to 1e-9 after.
 */
gboolean sp_commuting_rake(const SpCommuting *commuting, double seed[], double factor[],
                           GError **error);

#endif
