/** Which rows a table has at all: a row that it would have and has not counts 0, another is not
 * told. */
#ifndef SP_TRANSFORMS_AUDIT_TOLD_H
#define SP_TRANSFORMS_AUDIT_TOLD_H

#include "core/table.h"

typedef struct SpTold SpTold;

/**
 * What `kryss` (tabell, slag, kolonner: all codes) says of a table: its rows of a region of that
 * kind (kommune, fylke) are those that are split by columns of one line alone, "yrke alder", or by
 * some codes of them, "tjeneste=21|hjemme alder=080-105". Kinds without a line have all rows. NULL
 * with SP_ERROR_DATA where a column of `kryss` is not there.
 *
 *   columns [n] key columns of the table, borrowed
 */
SpTold *sp_told_new(const SpTable *kryss, const char *table, char *const columns[], gsize n,
                    GError **error);
void sp_told_free(SpTold *told);

/** Whether the table tells of a row: codes [n], NULL in columns that it is not split by. */
gboolean sp_told_has(const SpTold *told, const char *const codes[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTold, sp_told_free)

#endif
