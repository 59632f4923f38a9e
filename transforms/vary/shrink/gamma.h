/**
 * Poisson-gamma empirical Bayes (Clayton and Kaldor 1987): the areas' true ratios are taken as
 * drawn from a gamma distribution, whose parameters are found from the counts. Formula:
 * docs/methods/variation.md#shrinkage.
 */
#ifndef SP_TRANSFORMS_VARY_SHRINK_GAMMA_H
#define SP_TRANSFORMS_VARY_SHRINK_GAMMA_H

#include "core/real.h"

typedef struct {
    SpReal nu;       /* shape */
    SpReal alpha;    /* rate: the mean of the true ratios is nu / alpha */
    SpReal variance; /* of the true ratios between areas: nu / alpha^2 */
} SpGamma;

/**
 *   observed [n]  Poisson counts of persons
 *   expected [n]  persons expected at the reference's rates
 *   shrunk   [n]  ratio, written by this function: (O + nu) / (E + alpha)
 *
 * Iterated until nu and alpha change by less than 1e-12 of themselves. An area with E <= 0 takes no
 * part and its `shrunk` is missing. All is missing when there is no gamma distribution to find:
 * fewer than two areas, all ratios the same, or ratios that vary no more than chance alone would
 * make them, so that the iteration runs towards a variance of 0.
 */
SpGamma sp_shrink_gamma(gsize n, const double observed[], const double expected[], SpReal shrunk[]);

#endif
