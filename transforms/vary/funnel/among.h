/**
 * The law that most areas share: the headline's model (transforms/vary/spread/headline.h) fitted so
 * that those who stand out do not widen it and hide behind themselves. An area whose tail is below
 * `pulled_in` enters as those usually lie that chance and the common spread put there, so that the
 * spread of areas without any that stand out is the headline's (where fewer than five are expected,
 * or left, it enters as it is); one that is a discovery is left out.
 * Source: docs/methods/variation.md#overdispersion.
 */
#ifndef SP_TRANSFORMS_VARY_FUNNEL_AMONG_H
#define SP_TRANSFORMS_VARY_FUNNEL_AMONG_H

#include "transforms/vary/funnel/wide.h"
#include "transforms/vary/spread/headline.h"

typedef struct {
    double pulled_in;       /* above 0, below 0.5: each tail's share of areas that are pulled in */
    double false_discovery; /* 0-1: q at or below it is a discovery */
} SpAmongForm;

/** Fitted anew until nothing moves. The fit is that of sp_headline_typical, or
 * SP_FIT_NO_CONVERGENCE where 30 rounds were not enough: then nothing may be told. */
SpTypical sp_among_find(const SpHeadlineAreas *areas, const SpAmongForm *form);

/** Of an area that expects so many; whole: of so many, 0 for counts. No law where nobody is
 * expected, or all are, or the whole is less than two: its tails and limits are missing. */
SpWide sp_among_law(const SpTypical *typical, double expected, double whole);

#endif
