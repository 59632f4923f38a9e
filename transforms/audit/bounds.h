/** Between what an unknown figure must lie. */
#ifndef SP_TRANSFORMS_AUDIT_BOUNDS_H
#define SP_TRANSFORMS_AUDIT_BOUNDS_H

#include "transforms/audit/system.h"

/** What is known of unknown figures [n_unknowns]; `upper` INFINITY where nothing is. */
typedef struct {
    double *lower;
    double *upper;
} SpBounds;

/**
 * Narrows bounds by the sums: the whole is the sum of its parts, or at most it and at least the
 * largest of them, and so each part what the whole leaves for it. Again and again, until no bound
 * moves, or `n_rounds` times.
 *
 *   bounds     what is known before; narrowed
 *   is_against [n_unknowns]  set TRUE where the sums contradict each other (lower above upper by
 *                            more than rounding); its bounds are then worth nothing
 *
 * The bounds hold whenever the search ends; they need not be the narrowest that follow.
 */
void sp_bounds_narrow(const SpSystem *system, guint n_rounds, SpBounds *bounds,
                      gboolean is_against[]);

/** Whether bounds leave no more than the rounding of published figures (nine digits a part). */
gboolean sp_bounds_is_point(double lower, double upper);

#endif
