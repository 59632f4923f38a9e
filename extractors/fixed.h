/**
 * Records of one length, one a line, whose columns a layout finds by their places ([file] form =
 * fixed). Shared by the sources that come so.
 */
#ifndef SP_EXTRACTORS_FIXED_H
#define SP_EXTRACTORS_FIXED_H

#include "core/layout.h"
#include "core/sink.h"

/**
 * Hands the columns of the layout that have a place to the sink, in its order, under the source's
 * names, blanks around a field left out. A row's number is its line. Lines end in LF or CRLF; the
 * last may lack its end. Characters are counted after decoding.
 *
 * SP_ERROR_DATA naming file and line: nothing but blanks in the file, a record of another length, a
 * NUL byte, bytes that are not of the encoding. SP_ERROR_CONFIG when the layout is not of records.
 * An error of the sink is handed on as it is.
 */
gboolean sp_fixed_parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                        SpSink *sink, GError **error);

#endif
