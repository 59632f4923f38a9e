/** Two tables of one key side by side: their rows met in one walk, whatever their dictionaries. */
#ifndef SP_TRANSFORMS_COMPARE_MERGE_H
#define SP_TRANSFORMS_COMPARE_MERGE_H

#include "core/table.h"

/** A code column of both tables. Equal codes have equal places; places are in byte order. */
typedef struct {
    const guint32 *numbers[2]; /* [n_rows] of each table */
    guint32 *places[2];        /* [size of its dictionary] of each table */
} SpMatchedColumn;

/** Of columns of the two tables; sp_matched_column_clear. */
void sp_matched_column_init(SpMatchedColumn *matched, const SpTable *const tables[2],
                            const gsize column[2]);
void sp_matched_column_clear(SpMatchedColumn *matched);
/** Whether a row of one table and a row of the other have the same code. */
gboolean sp_matched_column_is_same(const SpMatchedColumn *matched, const gsize row[2]);

/** A walk through the rows of two tables in key order. */
typedef struct {
    const SpTable *tables[2];
    GArray *keys; /* SpMatchedColumn */
    gsize next[2];
} SpMerge;

/**
 * Begins the walk. FALSE (nothing to clear) when the key columns of the two are not the same by
 * name and order: then no row of one is a row of the other. Both tables are in key order
 * (sp_table_sort) and not changed while they are walked through.
 */
gboolean sp_merge_init(SpMerge *merge, const SpTable *before, const SpTable *now);
void sp_merge_clear(SpMerge *merge);
/** The next key in order: its row in each of the tables, SP_NO_ROW in one that does not have it.
 * FALSE at the end. */
#define SP_NO_ROW ((gsize)-1)
gboolean sp_merge_next(SpMerge *merge, gsize row[2]);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpMerge, sp_merge_clear)

#endif
