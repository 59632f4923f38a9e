/** One pass over a source for several readers of its rows. */
#ifndef SP_CORE_TEE_H
#define SP_CORE_TEE_H

#include "core/sink.h"

typedef struct SpTee SpTee;

/** Sinks [n >= 1], borrowed for the life of the tee, which hands `begin` and every row to each in
 * their order. The first one that fails ends it; its error is handed on as it is. */
SpTee *sp_tee_new(SpSink *const sinks[], gsize n);
/** From the next file on a further sink, borrowed, sees every row, also those after the first error
 * of the others, so that a sender is told of all errors; NULL: none. sp_tee_check then tells the
 * others'. */
void sp_tee_observe(SpTee *tee, SpSink *observer);
/** FALSE, once, with the error that a sink had while the observer went on. */
gboolean sp_tee_check(SpTee *tee, GError **error);
/** Borrowed from the tee. */
SpSink *sp_tee_sink(SpTee *tee);
void sp_tee_free(SpTee *tee);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTee, sp_tee_free)

#endif
