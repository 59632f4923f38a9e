/**
 * Direct standardisation: the rate that an area would have with the age and sex of a standard
 * population. Formulas and sources: docs/methods/variation.md#standardisation.
 *
 *   count, population, weight  [n]  one element a band of age and sex: events, persons, and the
 *                                   standard population's persons (any scale), all >= 0
 *
 * A band without persons and events has no rate: it is left out with its weight, so that the rate
 * is that of the bands there are. Events among nobody are an error in the data, and then nothing is
 * computed. So few events that a rate should not be published (PHE: below 10) are for the caller to
 * tell by `events`.
 */
#ifndef SP_TRANSFORMS_VARY_LIMITS_DIRECT_H
#define SP_TRANSFORMS_VARY_LIMITS_DIRECT_H

#include "transforms/vary/limits/interval.h"

typedef struct {
    double events;    /* of all bands */
    SpReal rate;      /* events per person; missing, and so all below, when no band has weight */
    SpReal variance;  /* of the rate */
    double largest;   /* the weight that one more event may have, at most: the gamma limits' w_M */
    gsize n_left_out; /* bands without persons */
    gsize n_impossible; /* bands with events among nobody: all figures are then missing */
} SpDirect;

SpDirect sp_direct(gsize n, const double count[], const double population[], const double weight[]);

/** Dobson et al. (1991), on Byar's limits of the events. Missing without events. The lower limit is
 * missing where Byar's is. */
SpInterval sp_direct_dobson(const SpDirect *direct, double confidence);

/** Fay and Feuer's gamma limits (1997). Without events the lower limit is 0 and the upper one is
 * defined. */
SpInterval sp_direct_gamma(const SpDirect *direct, double confidence);

#endif
