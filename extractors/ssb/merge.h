/**
 * A sink before a sink that makes one table of several answers: all have the same columns, no cell
 * comes twice, and together they are a whole cube, as each of them is.
 */
#ifndef SP_EXTRACTORS_SSB_MERGE_H
#define SP_EXTRACTORS_SSB_MERGE_H

#include "core/sink.h"

typedef struct SpSsbMerge SpSsbMerge;

/** Rows go on to `sink` (borrowed) as they come, numbered through. The columns "value" and "status"
 * are figures, all others keys. */
SpSsbMerge *sp_ssb_merge_new(SpSink *sink, const char *origin);
void sp_ssb_merge_free(SpSsbMerge *merge);
/** Where the answers' rows go, one answer after the other. Its begin is SP_ERROR_DATA when the
 * columns are others than those of the first answer. */
SpSink *sp_ssb_merge_sink(SpSsbMerge *merge);
/** After each answer: SP_ERROR_DATA when it is no whole cube of its own codes. */
gboolean sp_ssb_merge_end(SpSsbMerge *merge, GError **error);
/** After the last: SP_ERROR_DATA when two answers overlap or cells of the whole are missing. */
gboolean sp_ssb_merge_close(SpSsbMerge *merge, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSsbMerge, sp_ssb_merge_free)

#endif
