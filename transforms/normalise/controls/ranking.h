/**
 * Editing controls that list the units that matter most: largest figures, largest differences, and
 * what strata sum to.
 *
 * Source: Statistics Norway's R package Kostra 1.3.3 (Rank2NumVar, Diff2NumVar, AggrSml2NumVar);
 * docs/methods/controls.md. All arrays are [n] in the same order of units. A figure without a
 * number is in no rank, difference or sum.
 */
#ifndef SP_TRANSFORMS_NORMALISE_CONTROLS_RANKING_H
#define SP_TRANSFORMS_NORMALISE_CONTROLS_RANKING_H

#include "core/real.h"

/** Sums over the units of one stratum. */
typedef struct {
    gsize n_x; /* units with a number */
    gsize n_y;
    double sum_x;
    double sum_y;
    /* Of the units that have both: */
    gsize n_both;
    double both_x;
    double both_y;
} SpControlSums;

/** Sums over all [n] units. */
SpControlSums sp_control_sums(gsize n, const SpReal x[], const SpReal y[]);

/** A unit among the largest. */
typedef struct {
    guint rank_x; /* from 1, the largest; equal figures share the lowest rank; 0: no number */
    guint rank_y;
    double share_x; /* of the stratum's sum, 0-1 */
    double share_y;
    gboolean is_listed; /* rank_x or rank_y is at most `n_listed` */
} SpControlRank;

/** `ranks` [n] are written, in the order of the units. */
void sp_control_rank(gsize n, const SpReal x[], const SpReal y[], guint n_listed,
                     SpControlRank ranks[]);

/** A unit among those that changed most, of units with both numbers. */
typedef struct {
    double difference; /* y - x */
    double share;      /* of the sum of x over units with both numbers */
    gboolean is_compared;
    gboolean is_listed; /* among the `n_listed` largest |y - x|; of equal ones the first */
} SpControlDifference;

/** `differences` [n] are written, in the order of the units. */
void sp_control_difference(gsize n, const SpReal x[], const SpReal y[], guint n_listed,
                           SpControlDifference differences[]);

#endif
