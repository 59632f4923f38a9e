/** Rules of a layer that look at more than one figure of a row, or at several rows. */
#ifndef SP_TRANSFORMS_PROTECT_ENFORCE_H
#define SP_TRANSFORMS_PROTECT_ENFORCE_H

#include "transforms/protect/cells.h"
#include "transforms/protect/rules.h"

/**
 * Gives shown cells that the layer's rules hit a reason: few (zeros, floors, series), the rest
 * (direct) or sum (neighbours of triangles). All look at the true figures of what is told, in the
 * order floor, zero, direct, series, triangles, whatever the order in the file; triangles see
 * all that the others hide. Along a column are cells that have the same other codes; of FHI's rules
 * the nevner is what a part is part of.
 *
 * Direct disclosure is asked along each nesting: a code's whole is each code it is a part of.
 *
 * SP_ERROR_CONFIG for a column that the layer does not have, and a code of a triangle.
 */
gboolean sp_rules_enforce(const GPtrArray *rules, const SpLayer *layer, SpCells *cells,
                          GError **error);

#endif
