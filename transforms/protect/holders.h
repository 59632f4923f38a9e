/** Columns by their rows: who has a row. */
#ifndef SP_TRANSFORMS_PROTECT_HOLDERS_H
#define SP_TRANSFORMS_PROTECT_HOLDERS_H

#include "transforms/protect/elimination.h"

typedef struct {
    guint32 column; /* the number it was added by */
    guint64 value;  /* its residue in the row, not 0 */
} SpHolder;

/** Those of one row, in the order of addition. */
typedef struct {
    SpHolder *holder; /* [n] */
    guint32 n;
    guint32 room;
} SpRowHolders;

typedef struct SpHolders SpHolders;

/** Of columns with rows 0 … n_rows - 1. */
SpHolders *sp_holders_new(gsize n_rows);
void sp_holders_free(SpHolders *holders);

void sp_holders_add(SpHolders *holders, const SpSparse *column, guint32 number);

/** Borrowed until the next column is added. */
const SpRowHolders *sp_holders_of(const SpHolders *holders, guint32 row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpHolders, sp_holders_free)

#endif
