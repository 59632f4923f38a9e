/** Secondary suppression until every hidden figure may be anything within a width. */
#ifndef SP_TRANSFORMS_PROTECT_WIDEN_H
#define SP_TRANSFORMS_PROTECT_WIDEN_H

#include "transforms/protect/gauss.h"

typedef struct {
    gsize n_secondary;
    gsize n_added;  /* of them: those that the Gauss method alone would show */
    gsize n_narrow; /* hidden cells that stay narrower: all that bears on them is known anyhow */
} SpWidened;

/**
 * As sp_gauss; then, while the interval of some hidden cell is narrower than `width`, one more of
 * the shown cells that bear on it is hidden, the one wanted least, and the method is run anew.
 *
 *   inner [n_inner] true figures, whole numbers from 0 up: an interval is counted between the whole
 *                   numbers in it
 *   width           above 0, in the unit of the figures
 *   is_secondary, is_unsafe, is_narrow [n_cells] written by this function
 */
SpWidened sp_widen(const SpGauss *problem, const double inner[], double width,
                   gboolean is_secondary[], gboolean is_unsafe[], gboolean is_narrow[]);

#endif
