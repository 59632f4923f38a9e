/**
 * Shares of small groups drawn towards those of their parent group: the beta-binomial model, where
 * the parent counts as kappa persons. Source: projections.md §8.3 of the design;
 * docs/methods/supply.md#shrinkage.
 */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_BETA_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_BETA_H

#include <glib.h>

/** (count + kappa x parent) / (size + kappa); the parent's share when both are 0. */
double sp_beta_share(double count, double size, double parent, double kappa);

/**
 * How many persons the parent counts as, by moments: of cells (a group at an age, say) the mean of
 * (share - parent)^2 / (parent (1 - parent)) is rho + (1 - rho) / size, and kappa = 1 / rho - 1. In
 * rounds, cells weighted by size / (size + kappa), until kappa stands still.
 *
 *   count, size, parent [n]  persons counted, of how many, and the parent's share; a cell with
 *         size 0 or a parent's share of 0 or 1 tells nothing
 *
 * Between 1 (groups are all different) and 1e4 (they do not differ but by chance). 1e4 when no cell
 * tells anything: without knowledge of differences there are none.
 */
double sp_beta_kappa(gsize n, const double count[], const double size[], const double parent[]);

#endif
