/**
 * Groups of areas around medoids, each an area itself: partitioning around medoids (Kaufman &
 * Rousseeuw, Finding Groups in Data, 1990, ch. 2), build and swap, and how well each area lies in
 * its group. Method: docs/methods/variation.md#alike.
 */
#ifndef SP_TRANSFORMS_VARY_ALIKE_MEDOIDS_H
#define SP_TRANSFORMS_VARY_ALIKE_MEDOIDS_H

#include "core/real.h"

typedef struct {
    gsize k;
    gsize *medoid;  /* [k] places of areas, rising */
    gsize *group;   /* [n] which of the medoids is nearest (the first of equals) */
    double build;   /* mean distance to the nearest medoid after build, */
    double swapped; /* and after swap: no exchange of one medoid for one other area makes it less */
} SpMedoids;

/**
 * distance [n * n]  symmetric, as sp_alike_distances gives it
 *
 * 1 <= k <= n. Of equal choices the first in order. Owned by the caller.
 */
SpMedoids *sp_medoids_new(gsize n, const double distance[], gsize k);
void sp_medoids_free(SpMedoids *medoids);

/**
 * Silhouettes (Rousseeuw, J Comput Appl Math 1987;20:53-65): (b - a) / max (a, b), a the mean
 * distance to the others of the own group, b that to the nearest other group. -1 to 1; 0 for an
 * area alone in its group; missing when there is one group only.
 *
 *   silhouette [n]  written
 */
void sp_medoids_silhouette(const SpMedoids *medoids, gsize n, const double distance[],
                           SpReal silhouette[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpMedoids, sp_medoids_free)

#endif
