/**
 * Spatial autocorrelation: whether neighbours are alike. Formulas and sources:
 * docs/methods/variation.md#neighbours.
 *
 *   n_links, links  neighbours among the n areas (transforms/vary/links.h); each area's neighbours
 *                   weigh 1 together
 */
#ifndef SP_TRANSFORMS_VARY_SPREAD_MORAN_H
#define SP_TRANSFORMS_VARY_SPREAD_MORAN_H

#include "core/real.h"
#include "transforms/vary/links.h"

typedef struct {
    SpReal value; /* above `expectation`: neighbours are alike */
    SpReal expectation;
    SpReal variance;  /* under randomisation: were the values dealt out anew among the areas */
    SpReal z;         /* (value - expectation) / sqrt(variance) */
    SpReal p_greater; /* chance of a z as large or larger, by the normal distribution */
    gsize n_islands; /* areas without neighbours: they are not counted among the areas, though their
                         values still take part in the mean and the spread (as in R's spdep) */
} SpMoran;

/** Moran's I of value [n]. Missing, all, with fewer than four areas that have neighbours, or when
 * all values are the same. */
SpMoran sp_moran(gsize n, const double value[], gsize n_links, const SpLink links[]);

/**
 * Assuncao and Reis' index (1999): Moran's I of ratios standardised by the variance that they have
 * from chance and between areas, so that small areas do not drown it. observed [n] persons,
 * expected [n] > 0. Islands count among the areas here (as in spdep). Missing as above.
 */
SpReal sp_moran_eb(gsize n, const double observed[], const double expected[], gsize n_links,
                   const SpLink links[]);

#endif
