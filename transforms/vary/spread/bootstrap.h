/**
 * Bootstrap intervals of the measures of variation: areas are drawn with replacement, as many as
 * there are, and each measure is computed from what was drawn. All measures share the draws. Which
 * areas are drawn depends on the key and the replicate alone (core/random.h), so the bytes are the
 * same on any number of threads. Method: docs/methods/variation.md#bootstrap.
 *
 * Test statistics (chi-square, Potthoff-Whittinghill) have distributions of their own, Moran's I
 * needs each area's neighbours beside it, the headline measure has its likelihood, and of quotients
 * of the largest and the smallest the bootstrap tells nothing (Bickel and Freedman, Ann Stat
 * 1981;9:1196-217): none of them is here.
 */
#ifndef SP_TRANSFORMS_VARY_SPREAD_BOOTSTRAP_H
#define SP_TRANSFORMS_VARY_SPREAD_BOOTSTRAP_H

#include "core/random.h"
#include "core/real.h"

typedef enum {
    SP_BOOT_CV,            /* standard deviation (n - 1) over the mean */
    SP_BOOT_CV_WEIGHTED,   /* weighted by `weight` */
    SP_BOOT_GINI,          /* each area counts as one */
    SP_BOOT_GINI_WEIGHTED, /* weighted */
    SP_BOOT_THEIL,         /* Theil's T, weighted; 0 log 0 is 0 */
    SP_BOOT_MLD,           /* mean log deviation, weighted; not defined with a 0 among the values */
    SP_BOOT_SCV,           /* systematic component of variation; this and the next need chance */
    SP_BOOT_MARSHALL,      /* variance between areas by Marshall, floored at 0 */
    SP_BOOT_N,
} SpBootMeasure;

typedef struct {
    gsize n;              /* areas, at most 65 535 */
    const double *value;  /* [n] >= 0: ratio or rate */
    const double *weight; /* [n] > 0: expected count or population */
    const double
        *observed; /* [n] persons; NULL, and the next two, where the count does not tell chance */
    const double *expected; /* [n] > 0 */
    const double *variance; /* [n] that chance gives the count */
    double scv_minimum;     /* areas expecting fewer are left out of the SCV */
} SpBootAreas;

typedef struct {
    SpReal estimate; /* of the areas themselves */
    SpReal low,
        high; /* 2.5 and 97.5 % quantiles (type 7) over the replicates. Missing when the estimate is
                         missing or fewer than 95 of 100 replicates have the measure */
    guint n_defined; /* replicates that have it */
} SpBootInterval;

/**
 *   key         made for this indicator and period
 *   replicates  >= 1; 1 000 is usual
 *   interval    [SP_BOOT_N] written
 *
 * Without chance SP_BOOT_SCV and SP_BOOT_MARSHALL are SP_NOT_APPLICABLE. A quotient can never be
 * larger in a replicate than in the areas themselves: the upper limit of SP_BOOT_EQ is at most its
 * estimate.
 */
void sp_bootstrap(const SpBootAreas *areas, SpRandom key, guint replicates,
                  SpBootInterval interval[SP_BOOT_N]);

/** The measures of the areas themselves: estimate [SP_BOOT_N], as sp_bootstrap gives them. */
void sp_bootstrap_estimates(const SpBootAreas *areas, SpReal estimate[SP_BOOT_N]);

#endif
