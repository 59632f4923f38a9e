/** One pass over a source for several readers of its rows. */
#ifndef SP_CORE_TEE_H
#define SP_CORE_TEE_H

#include "core/sink.h"

typedef struct SpTee SpTee;

/** Sinks [n >= 1], borrowed for the life of the tee, which hands `begin` and every row to each in
 * their order. The first one that fails ends it; its error is handed on as it is. */
SpTee *sp_tee_new(SpSink *const sinks[], gsize n);
/** Borrowed from the tee. */
SpSink *sp_tee_sink(SpTee *tee);
void sp_tee_free(SpTee *tee);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTee, sp_tee_free)

#endif
