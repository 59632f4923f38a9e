/**
 * What a snapshot of Udir's statistics bank holds: a sequence (extractors/sequence.h) of the answer
 * to sideData, which tells how many pages there are, and then every page, a list of rows each. A
 * list that stands alone is one page.
 */
#ifndef SP_EXTRACTORS_UDIR_PAGES_H
#define SP_EXTRACTORS_UDIR_PAGES_H

#include "core/sink.h"

/** No table that is asked for here has more. */
enum { SP_UDIR_MAX_PAGES = 5000 };

/** Number of pages by an answer to sideData; SP_ERROR_DATA naming `origin` when it does not tell or
 * tells more than SP_UDIR_MAX_PAGES. */
gboolean sp_udir_page_count(const char *bytes, gsize size, const char *origin, gint64 *n,
                            GError **error);

/**
 * Hands all pages to a sink as one list, columns as the source names them, fields as it wrote them
 * ("1 234", "12,5", "*").
 *
 * SP_ERROR_DATA: not JSON, a page missing or empty, more pages than told, another number of rows
 * than AntallRader where sideData has it, a row that stands twice (pages overlap).
 */
gboolean sp_udir_parse(const char *bytes, gsize size, const char *origin, SpSink *sink,
                       GError **error);

#endif
