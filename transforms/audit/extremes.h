/** What all sums together leave of a count, by linear programmes. */
#ifndef SP_TRANSFORMS_AUDIT_EXTREMES_H
#define SP_TRANSFORMS_AUDIT_EXTREMES_H

#include "transforms/audit/bounds.h"

/**
 * Narrows the bounds of some unknown counts to the least and the greatest whole number that their
 * sums, and the bounds of all, allow. Unknowns that no sum holds together are asked apart. Of a
 * part of more than `most_together` unknowns each one is asked with the sums nearest to it alone,
 * of so many unknowns: what is found holds, and need not be the narrowest. The first `n_near` of
 * these are asked. What contradicts itself is left as it is.
 *
 *   is_asked [n_unknowns]
 *   bounds   narrowed for those that are asked; of all others read
 *
 * Returns how many programmes were made.
 */
gsize sp_extremes_narrow(const SpSystem *system, const gboolean is_asked[], gsize most_together,
                         gsize n_near, SpBounds *bounds);

#endif
