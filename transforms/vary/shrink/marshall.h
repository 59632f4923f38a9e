/**
 * Marshall's global empirical Bayes: the ratio O / E of each area drawn towards the ratio of all,
 * the more the fewer are expected there. Formula and sources (Marshall 1991; binomial: Martuzzi &
 * Elliott 1996): docs/methods/variation.md#shrinkage.
 */
#ifndef SP_TRANSFORMS_VARY_SHRINK_MARSHALL_H
#define SP_TRANSFORMS_VARY_SHRINK_MARSHALL_H

#include "core/real.h"
#include "transforms/vary/shrink/counts.h"

typedef struct {
    SpReal a; /* variance of the true ratios between areas, floored at 0 */
    SpReal b; /* ratio of all: sum O / sum E */
} SpMarshall;

/**
 *   observed [n]  persons
 *   expected [n]  persons expected at the reference's rates
 *   variance [n]  V, the variance that chance gives the count: E if it is Poisson (pass `expected`
 *                 itself: Marshall's formula), E (1 - E / n) if it is binomial
 *   shrunk   [n]  ratio, written by this function: b + a (r - b) / (a + c), r = O / E, where
 *                 c = b V / E^2 is the variance that chance gives the ratio (Poisson: b / E)
 *
 * An area with E <= 0 takes no part and its `shrunk` is missing. With a = 0 (no more variation than
 * chance gives) every area gets b. a and b are missing when no area has E > 0.
 */
SpMarshall sp_shrink_marshall(gsize n, const double observed[], const double expected[],
                              const double variance[], SpReal shrunk[]);

/**
 * How far the 95 % limits of each shrunk ratio lie from it: by what is left of the variance between
 * areas when a figure is known, and by what is not known of that variance itself, so that they hold
 * where few are expected and where areas hardly differ, too.
 *
 *   marshall  of the same counts by sp_shrink_marshall
 *   reach [n] written by this function; missing where E <= 0, and everywhere when nobody is
 *             observed
 */
void sp_shrink_marshall_reach(const SpMarshall *marshall, const SpCounts *counts, SpReal reach[]);

#endif
