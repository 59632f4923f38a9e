/** Columns that must not follow from what is shown, by the fingerprints of what is left of them. */
#ifndef SP_TRANSFORMS_PROTECT_GUARD_H
#define SP_TRANSFORMS_PROTECT_GUARD_H

#include "transforms/protect/elimination.h"

typedef struct SpGuard SpGuard;

/** Of columns with rows 0 … n_rows - 1. */
SpGuard *sp_guard_new(gsize n_rows);
void sp_guard_free(SpGuard *guard);

/** One column more; before anything is shown. `name` is the caller's. */
void sp_guard_add(SpGuard *guard, const SpSparse *column, guint32 name);

/** How many shown columns have the row: the fewer, the less work when it becomes a pivot's. */
guint sp_guard_n_holders(const SpGuard *guard, guint32 row);

/** Which of a column's rows is to be its pivot's: of those below `n_plain`, or of all if there are
 * none, the one that fewest shown columns have, the first of equals: what is left of the others
 * stays short. `column` is not empty. */
guint32 sp_guard_choose_pivot(const SpGuard *guard, const SpSparse *column, guint32 n_plain);

/** Whether `column`, reduced or not, follows from what is shown. */
gboolean sp_guard_is_known(const SpGuard *guard, const SpSparse *column);

/** Whether a guarded column follows from `column`, reduced or not and not known, and what is
 * shown. */
gboolean sp_guard_gives_away(const SpGuard *guard, const SpSparse *column);

/** `pivot`, reduced by all that is shown and its value in `row` 1, is shown from now on. The names
 * of columns that now follow are appended to `told` (guint32). */
void sp_guard_show(SpGuard *guard, const SpSparse *pivot, guint32 row, GArray *told);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpGuard, sp_guard_free)

#endif
