/** A sink that keeps nothing but the number of rows: for reading an answer through before it is
 * kept. */
#ifndef SP_EXTRACTORS_DISCARD_H
#define SP_EXTRACTORS_DISCARD_H

#include "extractors/extractor.h"

typedef struct {
    SpSink sink; /* first: a pointer to it is one to this */
    guint64 n_rows;
} SpDiscard;

/** Any number of headers and rows may come; it never fails. */
SpDiscard sp_discard(void);

/** The reader of a source's answers. */
typedef gboolean (*SpAnswerReader)(const char *bytes, gsize size, const char *origin, SpSink *sink,
                                   GError **error);

/** A 200 is not yet a success: reads an answer through before it is kept. Errors as the
 * reader's. */
gboolean sp_discard_answer(const SpFetched *fetched, SpAnswerReader read, GError **error);

#endif
