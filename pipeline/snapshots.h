/**
 * Snapshots: the bytes of a dataset as they were fetched, immutable, named by their SHA-256, each
 * beside a small JSON file. Those of person-level datasets are encrypted, and named by a keyed hash
 * of the plain text, which tells nothing of it without the key.
 */
#ifndef SP_PIPELINE_SNAPSHOTS_H
#define SP_PIPELINE_SNAPSHOTS_H

#include "extractors/extractor.h"
#include "pipeline/context.h"

/** What the name of an encrypted snapshot ends in. */
#define SP_SNAPSHOT_ENCRYPTED ".spenc"

typedef struct {
    char *name;     /* of its description in the store */
    char *previous; /* name of the one that was the newest before it; NULL: none is known */
    char *path;     /* of the bytes */
    char *hash;     /* SHA-256 of the bytes; of an encrypted one the keyed hash of the plain text */
    gboolean is_encrypted;
    char *url;
    char *received; /* day of receipt, 2026-03-01T03:00:00Z */
    char *updated;  /* the source's own time; NULL if it does not tell */
    guint marks;
} SpSnapshot;

void sp_snapshot_free(SpSnapshot *snapshot);

/** The newest snapshot of a dataset. SP_ERROR_NO_INPUT if there is none. */
SpSnapshot *sp_snapshot_latest(const SpContext *context, const char *dataset, GError **error);

/** The one that was in its place before; NULL when there is none or it is no longer in the store. */
SpSnapshot *sp_snapshot_before(const SpContext *context, const char *dataset,
                               const SpSnapshot *snapshot);

/**
 * What normalise found of a snapshot stands beside it, so that it is not what a later one is held
 * against or replaced by. Nothing is written when it is said already. `reason` NULL takes the mark
 * away.
 */
gboolean sp_snapshot_mark_rejected(const SpContext *context, const char *dataset,
                                   const SpSnapshot *snapshot, const char *reason, GError **error);
gboolean sp_snapshot_is_rejected(const SpContext *context, const char *dataset,
                                 const SpSnapshot *snapshot);

/**
 * Keeps fetched bytes: a new snapshot if they (or what the source says of them) differ from the
 * newest, which then becomes the newest; else nothing is written and *is_new is FALSE.
 */
gboolean sp_snapshot_keep(const SpContext *context, const char *dataset, const SpFetched *fetched,
                          guint marks, gboolean *is_new, GError **error);

/**
 * The same for an encrypted file that is in the store already: `path`, `hash`, `url` and `marks` of
 * `snapshot` are read. It is the one in use unless the newest came from a URL later in byte order:
 * *is_used.
 */
gboolean sp_snapshot_keep_encrypted(const SpContext *context, const char *dataset,
                                    const SpSnapshot *snapshot, gboolean *is_used, gboolean *is_new,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSnapshot, sp_snapshot_free)

#endif
