/** Back from a figure in our codes to the rows of the source that have it. */
#ifndef SP_TRANSFORMS_NORMALISE_TRACE_H
#define SP_TRANSFORMS_NORMALISE_TRACE_H

#include "core/cell.h"
#include "core/layout.h"
#include "core/table.h"

typedef struct SpTrace SpTrace;

/** Of a raw table (core/builder.h) of the layout; all are borrowed for its life. Errors as
 * sp_recode_new. */
SpTrace *sp_trace_new(const SpTable *raw, const SpLayout *layout, const SpTables *maps,
                      GError **error);
void sp_trace_free(SpTrace *trace);

/**
 * The rows of the raw table (gsize, in its order) whose codes are those of the cell: an input of
 * sp_normalise_explain, in our codes on the source's division. A column of the cell that the source
 * does not have (the questions of answers) and the code "*" are any. With contents, the rows of the
 * cell's measure alone. The caller unrefs the array; it is empty when the source has no such row,
 * as for what configuration adds.
 */
GArray *sp_trace_rows(SpTrace *trace, const SpCell *cell);

/** The column of the raw table that holds the figures of a measure; SP_NO_COLUMN if none does (a
 * ratio, a count of answers). */
gsize sp_trace_column(const SpTrace *trace, const char *measure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTrace, sp_trace_free)

#endif
