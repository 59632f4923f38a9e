/**
 * How a kommune's own moves last: a year in which more come than it is used to is followed by
 * others. The projected path lets what all ages share fade by a fixed share a year (migration.h);
 * what so fades also comes anew, and its size is seen in how far years far apart differ more than
 * those close together. docs/methods/population.md#intervals.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_MOMENTUM_H
#define SP_TRANSFORMS_PROJECT_POPULATION_MOMENTUM_H

#include "transforms/project/population/residuals.h"

enum { SP_LEAST_MOMENTUM_YEARS = 3 }; /* of history; with fewer nothing is told */

/** Of one group of start age, over all kommuner. d[t] = true deviation + M[t] + noise,
 * M[t] = kept M[t - 1] + change. */
typedef struct {
    double spread2; /* variance of M, >= 0 */
    double omega2;  /* of the noise, as SpShrink's */
    double sigma2;
} SpMomentum;

/**
 * By squared differences of a kommune's years, E(difference^2) = 2 (1 - kept^years) spread2 +
 * 2 omega2 + 2 sigma2 / expected (moments.h).
 *
 *   residuals  a constant of a kommune in its deviations does not matter
 *   kept       0-1, of M a year later
 *   momentum   written; left as it is, and FALSE returned, with too short a history or kept = 1
 */
gboolean sp_momentum_fit(const SpResiduals *residuals, guint group, double kept,
                         SpMomentum *momentum);

/** Covariance of the mean of n years in a row of M, whose spread is 1, with the newest of them; its
 * variance is sp_fading_in_mean (steps.h). */
double sp_momentum_with_newest(double kept, guint n);

#endif
