/** An answer of SSB in any of its formats, known by its bytes. */
#ifndef SP_EXTRACTORS_SSB_READ_H
#define SP_EXTRACTORS_SSB_READ_H

#include "extractors/extractor.h"

/**
 * One answer or several (answers.h), each JSON-stat, PX or CSV, as rows of one table: jsonstat.h,
 * px.h and csv_answer.h say which. Several are merged (merge.h). *updated is the time that all
 * answers tell of themselves (g_free), NULL if they tell none; SP_ERROR_DATA when they tell
 * different ones, for the table then changed meanwhile.
 */
gboolean sp_ssb_read(const SpDocument *document, SpSink *sink, char **updated, GError **error);

/** The title that the first answer tells, NULL if it tells none. g_free. */
char *sp_ssb_read_title(const char *bytes, gsize size);

#endif
