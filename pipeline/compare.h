/** Holding an edition against the one before: the table `endringer` of each package, and the
 * edition's own file. */
#ifndef SP_PIPELINE_COMPARE_H
#define SP_PIPELINE_COMPARE_H

#include "pipeline/assembly.h"
#include "pipeline/stage.h"

/** Settings that sp_compare_package reads. */
#define SP_COMPARE_KEYS "package.max_changes"

/** The edition's own file, beside its packages. */
#define SP_COMPARE_FILE "endringer.csv"

/**
 * Adds `endringer` and `grunnlag` to a package's tables `own`, which are so far those of protect,
 * each in key order. Without an edition before, `endringer` has no rows. What the edition before
 * was and is here no more is taken from an edition of the same figures, which told it. The unit has
 * declared what sp_basis_need does.
 */
gboolean sp_compare_package(const SpUnit *unit, const SpPlace *place, SpTables *own,
                            GError **error);

/**
 * Writes SP_COMPARE_FILE into the folder of an edition that is put together from the stage's
 * current units, with the notices of its marks: sp_changes_join of their tables. One without rows
 * is no file where it would have a notice.
 */
gboolean sp_compare_write(SpContext *context, const char *folder, guint marks, GError **error);

#endif
