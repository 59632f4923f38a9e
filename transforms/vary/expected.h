/**
 * Indirect standardisation: how much would be counted in a kommune if it had the country's rates.
 * Formula: docs/methods/variation.md#expected.
 */
#ifndef SP_TRANSFORMS_VARY_EXPECTED_H
#define SP_TRANSFORMS_VARY_EXPECTED_H

#include "core/real.h"

/** What one period holds of one indicator. The order of kommuner is the same in all arrays. */
typedef struct {
    gsize n;              /* kommuner */
    gsize n_bands;        /* of age and sex; 1: not standardised */
    const SpReal *whole;  /* [n] what is counted, of all bands */
    const SpReal *teller; /* [n_bands][n] of each band; with one band `whole` itself */
    const SpReal *nevner; /* [n_bands][n] persons it comes from */
} SpStrata;

/** TRUE when a band of element i is below 0: parts that contradict their whole, since a band may be
 * the whole less another. Such a kommune gives nothing to the country's rates. */
gboolean sp_strata_contradict(const SpStrata *strata, gsize i);

/**
 * The country's rates are those of all kommuner whose figures of all bands are numbers, not below
 * 0: a suppressed or missing one takes no part, nor does one whose whole is suppressed. E is then
 * rate times own population, summed over the bands (sp_indirect_expected), and scaled so that sum E
 * = sum O over the kommuner that have both.
 *
 *   expected [n]  the unit of teller; missing, suppressed or pending as the kommune's own nevner is
 *                 in some band (the strongest), not applicable where it is; missing when a band of
 *                 it is below 0 or has persons where the rates have none. A kommune without teller
 *                 has one: it needs no figure of its own
 *
 * Returns FALSE, and every element missing, when there are no such rates: no kommune has all
 * figures, or they come from nobody.
 */
gboolean sp_expected(const SpStrata *strata, SpReal expected[]);

#endif
