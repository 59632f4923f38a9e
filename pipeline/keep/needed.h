/**
 * What the workspace cannot do without: the results in use, the packages of the edition that is
 * served, and everything that these were made of, step by step. So a night without news stays one,
 * and `why` can answer for what readers see.
 */
#ifndef SP_PIPELINE_KEEP_NEEDED_H
#define SP_PIPELINE_KEEP_NEEDED_H

#include "pipeline/context.h"
#include "pipeline/keep/results.h"

typedef struct {
    GPtrArray *results;    /* SpResult*, all of the workspace; trials have their own */
    GHashTable *folders;   /* of those among them that are needed */
    GHashTable *snapshots; /* hashes of the snapshots that these were made of ... */
    GHashTable *looked_at; /* ... and of those that they were only held against */
} SpNeeded;

/** SP_ERROR_DATA when a manifest is damaged: what it needs is then not known. The caller frees. */
SpNeeded *sp_needed_new(const SpContext *context, GError **error);
void sp_needed_free(SpNeeded *needed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpNeeded, sp_needed_free)

#endif
