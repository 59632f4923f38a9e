/**
 * Indirect standardisation: how many persons would be counted in a kommune if it had the country's
 * rates. Formula: docs/methods/variation.md#expected.
 */
#ifndef SP_TRANSFORMS_VARY_EXPECTED_H
#define SP_TRANSFORMS_VARY_EXPECTED_H

#include "core/real.h"

/** What one period holds of one indicator. Arrays [n], one element a kommune, same order in all. */
typedef struct {
    gsize n;
    const SpReal *teller;      /* persons counted */
    const SpReal *nevner;      /* persons they come from */
    const SpReal *teller_part; /* those in the upper age band; NULL: one band */
    const SpReal *nevner_part; /* NULL: one band */
} SpStrata;

/** TRUE when the parts of element i contradict the whole: more in the upper band than in all. Such
 * a kommune gives nothing to the country's rates. */
gboolean sp_strata_contradict(const SpStrata *strata, gsize i);

/**
 * The country's rates are those of all kommuner whose figures (of both bands) are numbers: a
 * suppressed or missing one takes no part. E is then rate times own population, summed over the
 * bands, and scaled so that sum E = sum O over the kommuner that have both.
 *
 *   expected [n]  persons; missing, suppressed or pending as the kommune's own nevner or
 * nevner_part is, not applicable where they are; missing when nevner_part is above nevner. A
 * kommune without teller has one: it needs no figure of its own
 *
 * Returns FALSE, and every element missing, when there are no such rates: no kommune has all
 * figures, or a band has no population.
 */
gboolean sp_expected(const SpStrata *strata, SpReal expected[]);

#endif
