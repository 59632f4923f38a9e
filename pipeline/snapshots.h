/**
 * Snapshots: the bytes of a dataset as they were fetched, immutable, named by their SHA-256, each
 * beside a small JSON file.
 */
#ifndef SP_PIPELINE_SNAPSHOTS_H
#define SP_PIPELINE_SNAPSHOTS_H

#include "extractors/extractor.h"
#include "pipeline/context.h"

typedef struct {
    char *path; /* of the bytes */
    char *hash; /* SHA-256 of the bytes */
    char *url;
    char *received; /* day of receipt, 2026-03-01T03:00:00Z */
    char *updated;  /* the source's own time; NULL if it does not tell */
    guint marks;
} SpSnapshot;

void sp_snapshot_free(SpSnapshot *snapshot);

/** The newest snapshot of a dataset. SP_ERROR_NO_INPUT if there is none. */
SpSnapshot *sp_snapshot_latest(const SpContext *context, const char *dataset, GError **error);

/**
 * Keeps fetched bytes: a new snapshot if they (or what the source says of them) differ from the
 * newest, which then becomes the newest; else nothing is written and *is_new is FALSE.
 */
gboolean sp_snapshot_keep(const SpContext *context, const char *dataset, const SpFetched *fetched,
                          guint marks, gboolean *is_new, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSnapshot, sp_snapshot_free)

#endif
