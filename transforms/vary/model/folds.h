/** Areas in parts of the same size and the same mix of large and small, for cross-validation. */
#ifndef SP_TRANSFORMS_VARY_MODEL_FOLDS_H
#define SP_TRANSFORMS_VARY_MODEL_FOLDS_H

#include <glib.h>

/**
 * The k-th smallest area goes to part k mod n_folds; of areas alike in size the first comes first.
 * No random number: the parts are the same on every run.
 *
 *   size [n]  finite
 *   fold [n]  0 .. n_folds - 1, written
 */
void sp_folds(gsize n, const double size[], guint n_folds, guint fold[]);

#endif
