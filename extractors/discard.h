/** A sink that keeps nothing but the number of rows: for reading an answer through before it is kept. */
#ifndef SP_EXTRACTORS_DISCARD_H
#define SP_EXTRACTORS_DISCARD_H

#include "core/sink.h"

typedef struct {
    SpSink sink; /* first: a pointer to it is one to this */
    guint64 n_rows;
} SpDiscard;

/** Any number of headers and rows may come; it never fails. */
SpDiscard sp_discard(void);

#endif
