/** Shown sums whose hidden parts are known within narrow limits. */
#ifndef SP_TRANSFORMS_PROTECT_NARROW_H
#define SP_TRANSFORMS_PROTECT_NARROW_H

#include "transforms/protect/cells.h"

/**
 * Hides (SP_HIDDEN_CLOSE) the shown cells of `of_group` (guint32) that, along one column, have n
 * hidden parts which come to R together with R - n + 1 < width: every hidden part is seen to be 1
 * or more, and so it is R - (n - 1) or less. Where the parts come to `width` or more beside their
 * sum, since persons are counted in several of them, the sum tells no such thing and is let be.
 * Returns how many it hid.
 */
gsize sp_narrow_hide(SpCells *cells, const GArray *of_group, double width);

#endif
