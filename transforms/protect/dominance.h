/** Dominance: cells in which few contributors are so large that the figure tells of them. */
#ifndef SP_TRANSFORMS_PROTECT_DOMINANCE_H
#define SP_TRANSFORMS_PROTECT_DOMINANCE_H

#include "transforms/protect/design.h"

/** What one contributor (an employer, a person) adds to one inner cell; several of one place are
 * added. Contributors are any numbers that tell them apart. */
typedef struct {
    guint32 inner;
    guint32 contributor;
    double amount;
} SpContribution;

/** Who stands behind each published cell: its contributors' amounts, the largest first. */
typedef struct {
    gsize n_cells;
    gsize *start;   /* [n_cells + 1] where the cell's amounts begin */
    double *amount; /* [start[n_cells]] above 0, falling within a cell */
} SpContributors;

/**
 * Contributions in any order, each of an inner cell of the design. A contributor's amount in a
 * published cell is the absolute value of the sum of coef · amount there, so that corrections count
 * against what they correct, and shares are of the sum of these amounts, not of what is published
 * if some are negative. Whoever sums to 0 is no contributor of the cell.
 *
 * Errors, NULL returned: SP_ERROR_DATA for an amount that is not finite: a contribution that is
 * not known says nothing of its cell.
 */
SpContributors *sp_contributors_new(const SpDesign *design, const SpContribution contributions[],
                                    gsize n, GError **error);
void sp_contributors_free(SpContributors *contributors);

/**
 * The (n,k) rule: the n largest contributors together have more than `share` (0-1) of the cell.
 * The p-percent rule: the second largest can tell the largest amount to within `share` of it, since
 * all the others together are less than that. Both hit every cell of one contributor.
 *
 *   is_primary [n_cells] set where the rule hits, left as it is elsewhere: rules add up
 *
 * Return the number of cells that the rule hits.
 * Source: Hundepool et al., Statistical Disclosure Control (Wiley 2012), ch. 4.
 */
gsize sp_dominance_nk(const SpContributors *contributors, gsize n, double share,
                      gboolean is_primary[]);
gsize sp_dominance_percent(const SpContributors *contributors, double share, gboolean is_primary[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpContributors, sp_contributors_free)

#endif
