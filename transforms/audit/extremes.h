/** What all sums together leave of a count, by linear programmes. */
#ifndef SP_TRANSFORMS_AUDIT_EXTREMES_H
#define SP_TRANSFORMS_AUDIT_EXTREMES_H

#include "transforms/audit/bounds.h"

/**
 * Narrows the bounds of some unknown counts to the least and the greatest whole number that their
 * sums, and the lower bounds of all, allow. Unknowns that no sum holds together are asked apart;
 * those in a part of more than `most_together` are passed over, and so are those after the first
 * `most_asked`. What contradicts itself is left as it is.
 *
 *   is_asked [n_unknowns]
 *   bounds   narrowed for those that are asked; of all others read
 *
 * Returns how many were asked.
 */
gsize sp_extremes_narrow(const SpSystem *system, const gboolean is_asked[], gsize most_together,
                         gsize most_asked, SpBounds *bounds);

#endif
