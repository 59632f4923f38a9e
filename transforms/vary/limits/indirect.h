/**
 * Indirect standardisation: what an area would count at the rates of a reference, and what it
 * counts against that. Formulas and sources: docs/methods/variation.md#standardisation.
 */
#ifndef SP_TRANSFORMS_VARY_LIMITS_INDIRECT_H
#define SP_TRANSFORMS_VARY_LIMITS_INDIRECT_H

#include "transforms/vary/limits/interval.h"

/**
 * Events expected at the reference's rates.
 *
 *   population                            [n]  persons by band of age and sex, >= 0
 *   reference_count, reference_population [n]  events and persons of the reference, same bands
 *
 * Missing when persons stand in a band where the reference has none: its rate is unknown.
 */
SpReal sp_indirect_expected(gsize n, const double population[], const double reference_count[],
                            const double reference_population[]);

typedef struct {
    SpReal ratio;      /* observed / expected (SMR); times the reference's rate it is the
                          standardised rate (ISR), and so are the limits */
    SpInterval limits; /* exact below 10 events, Byar's from 10 up (PHE's rule) */
    gboolean is_exact; /* which of them */
} SpIndirect;

/** Missing, all, when `expected` is not above 0. The lower limit of 0 events is 0. */
SpIndirect sp_indirect(double observed, double expected, double confidence);

#endif
