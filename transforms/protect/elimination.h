/** Elimination of columns one after the other, exact: what is left of a column when those accepted
 * before it are known. */
#ifndef SP_TRANSFORMS_PROTECT_ELIMINATION_H
#define SP_TRANSFORMS_PROTECT_ELIMINATION_H

#include "transforms/protect/design.h"

/** A column: rows that rise, and residues (residue.h) that are not 0. */
typedef struct {
    guint32 n;
    guint32 *row;   /* [n] */
    guint64 *value; /* [n] */
} SpSparse;

void sp_sparse_clear(SpSparse *sparse);

/** A cell's column of a design, its inner cells from `from` on; there is room for one row more. The
 * caller clears it. */
SpSparse sp_sparse_of_cell(const SpDesign *design, guint32 cell, guint32 from);

typedef struct SpElimination SpElimination;

/** Of columns with rows 0 … n_rows - 1. */
SpElimination *sp_elimination_new(gsize n_rows);
void sp_elimination_free(SpElimination *elimination);

/** What is left of a column after all accepted ones: no row of any pivot. Empty: a combination of
 * accepted columns. The result is owned by the caller. */
SpSparse sp_elimination_reduce(SpElimination *elimination, const SpSparse *column);

/** Accepts a column as sp_elimination_reduce left it, with `place` of its rows as the pivot, whose
 * value becomes 1. Takes `reduced`. Returns the pivot's column, borrowed until the next call. */
const SpSparse *sp_elimination_accept(SpElimination *elimination, SpSparse *reduced, guint32 place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpElimination, sp_elimination_free)

#endif
