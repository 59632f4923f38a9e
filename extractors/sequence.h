/**
 * Several answers in one snapshot, framed as a JSON text sequence (RFC 7464): the record separator
 * 0x1E, the text as it came, LF. XML and CSV are framed in the same way; none of the three may hold
 * the separator, so a text is never taken apart at a wrong place
 * (docs/decisions/0011-several-answers-in-one-snapshot.md).
 */
#ifndef SP_EXTRACTORS_SEQUENCE_H
#define SP_EXTRACTORS_SEQUENCE_H

#include "core/sink.h"

/** The largest sequence: a snapshot beyond it is not read. */
#define SP_SEQUENCE_MAX ((gsize)G_MAXINT32)

/**
 * Appends one text, as it came. SP_ERROR_DATA naming `origin` when it holds the separator: then it
 * is no JSON, XML or CSV; and when the sequence would be larger than SP_SEQUENCE_MAX.
 */
gboolean sp_sequence_add(GByteArray *sequence, GBytes *text, const char *origin, GError **error);

/**
 * The texts of a snapshot, in order, at least one: SpField, borrowed from `bytes`, without
 * separator and the LF of the frame. Bytes that do not begin with the separator are one text, an
 * empty one too. SP_ERROR_DATA naming `origin` and text when one in a frame is empty or its LF is
 * not there. g_array_unref.
 */
GArray *sp_sequence_split(const char *bytes, gsize size, const char *origin, GError **error);

#endif
