/**
 * Several answers to one question as one snapshot: each as it came, after the control character
 * "record separator" (0x1E) and before a line feed. For JSON that is a JSON text sequence (RFC
 * 7464); CSV and PX, which hold no control characters, are kept the same way
 * (docs/decisions/0011-several-answers-in-one-snapshot.md). One answer is kept as it came.
 */
#ifndef SP_EXTRACTORS_SSB_ANSWERS_H
#define SP_EXTRACTORS_SSB_ANSWERS_H

#include <glib.h>

/** GBytes* [at least one] as one. SP_ERROR_DATA when several are to be kept and one of them holds a
 * record separator. */
GBytes *sp_ssb_answers_join(const GPtrArray *answers, GError **error);

/** GBytes*, unref: the answers of a snapshot, slices of it; `bytes` must live as long. SP_ERROR_DATA
 * naming `origin` and answer when one is empty or its line feed is not there. */
GPtrArray *sp_ssb_answers_split(const char *bytes, gsize size, const char *origin, GError **error);

#endif
