/**
 * Has a series changed its line at a break? Asked only of breaks that a table of known breaks names
 * (decision C4): a search for the place of a break would find one in any series.
 */
#ifndef SP_TRANSFORMS_VARY_TREND_BREAKS_H
#define SP_TRANSFORMS_VARY_TREND_BREAKS_H

#include "core/real.h"

/** All missing when a part has fewer than 2 points, the whole fewer than 5, or no residual is left
 * in the parts. */
typedef struct {
    SpReal f; /* on 2 and n - 4 degrees of freedom */
    SpReal p;
    SpReal level; /* how far the line after lies above the line before at the break, units of y */
} SpChow;

/** Chow, Econometrica 1960;28:591-605: one straight line, or one before `from` and another from it
 * on. time [n] rising; y [n]. */
SpChow sp_trend_chow(gsize n, const double time[], const double y[], double from);

#endif
