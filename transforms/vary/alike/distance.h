/** Areas that are alike: standardised distance, the nearest, and why they are near. Method:
 * docs/methods/variation.md#alike. */
#ifndef SP_TRANSFORMS_VARY_ALIKE_DISTANCE_H
#define SP_TRANSFORMS_VARY_ALIKE_DISTANCE_H

#include <glib.h>

/**
 * Each covariate less its mean, over its standard deviation (n - 1). One that does not vary tells
 * no area from another: it becomes 0 everywhere.
 *
 *   x [n * p]  finite, area by area
 *   z [n * p]  written
 */
void sp_alike_standardise(gsize n, gsize p, const double x[], double z[]);

/** Euclidean distances between all areas: distance [n * n], symmetric, 0 on the diagonal, in
 * standard deviations. */
void sp_alike_distances(gsize n, gsize p, const double z[], double distance[]);

/**
 * The k areas nearest to `area`, nearest first; of two at the same distance the first in order. It
 * is not among them itself.
 *
 *   nearest [k]  places of areas; written
 *
 * Returns how many there are: k, or n - 1 if that is less.
 */
gsize sp_alike_nearest(gsize n, const double distance[], gsize area, gsize k, gsize nearest[]);

/**
 * Why two areas are alike: the covariates in the order of how near they are in them, nearest first;
 * of two alike, first that in which both lie farther from the mean of all, since to share what is
 * rare says more.
 *
 *   reason [p]  places of covariates; written
 */
void sp_alike_reasons(gsize p, const double z[], gsize area, gsize other, gsize reason[]);

#endif
