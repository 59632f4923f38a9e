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

/** Names in a dataset's folder of the store: descriptions, and the links to those in use. */
#define SP_SNAPSHOT_META ".meta.json"
#define SP_SNAPSHOT_LATEST "latest"
#define SP_SNAPSHOT_LATEST_PART "latest-"

typedef struct {
    char *part; /* which delivery of its dataset, by the places of `inbox`; "" if there is one */
    char *name; /* of its description in the store */
    char *previous; /* name of the one that was in use of its part before it; NULL: none is known */
    char *path;     /* of the bytes */
    char *hash;     /* SHA-256 of the bytes; of an encrypted one the keyed hash of the plain text */
    gboolean is_encrypted;
    char *url;
    char *received; /* day of receipt, 2026-03-01T03:00:00Z */
    char *updated;  /* the source's own time; NULL if it does not tell */
    guint marks;
    /* What the next fetch compares with (extractors/extractor.h); NULL where there is none. */
    char *question;
    char *etag;
    char *modified;
    char *title;
} SpSnapshot;

void sp_snapshot_free(SpSnapshot *snapshot);

/** FALSE when the bytes are gone or were changed on disk: looked at by the ledger's hash of the
 * file. Not for encrypted ones. */
gboolean sp_snapshot_is_intact(const SpContext *context, const SpSnapshot *snapshot);
/** TRUE if the snapshot holds the bytes of that hash (SHA-256 in hex) under a name that ends in
 * `suffix`, which says what they are: the same bytes under another one are another snapshot. */
gboolean sp_snapshot_is(const SpSnapshot *snapshot, const char *hash, const char *suffix);

/**
 * The snapshot in use of one delivery of a dataset (`part` by pipeline/inbox_pattern.h, "" for a
 * dataset of one): what the link `latest`, or `latest-PART`, points at. SP_ERROR_NO_INPUT if there
 * is none.
 */
SpSnapshot *sp_snapshot_latest(const SpContext *context, const char *dataset, const char *part,
                               GError **error);

/** The snapshot that a description in the store (a file NAME.meta.json) tells of, as one of
 * `part`. */
SpSnapshot *sp_snapshot_read(const SpContext *context, const char *dataset, const char *part,
                             const char *name, GError **error);
/** The one that was in its place before; NULL when there is none or it is no longer in the
 * store. */
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

/** Where that mark is, if it is set. g_free. */
char *sp_snapshot_rejection_path(const SpContext *context, const char *dataset,
                                 const SpSnapshot *snapshot);

/** Points the link of a part at a description. */
gboolean sp_snapshot_use(const SpContext *context, const char *dataset, const char *part,
                         const char *name, GError **error);

/** What bytes are kept as. */
typedef struct {
    const char *dataset;
    const char *part; /* "" for a dataset of one */
    guint marks;      /* SP_MARK_... */
} SpSnapshotAs;

/**
 * Keeps fetched bytes: a new snapshot if they (or what the source says of them) differ from the one
 * in use of the part, which it then replaces; else *is_new is FALSE, and at most what the next
 * fetch compares with is written anew, beside the day of the first receipt.
 */
gboolean sp_snapshot_keep(const SpContext *context, const SpSnapshotAs *as,
                          const SpFetched *fetched, gboolean *is_new, GError **error);

/**
 * The same for an encrypted file that is in the store already: `part`, `path`, `hash`, `url` and
 * `marks` of `snapshot` are read. It is the one in use unless that in use of its part came from a
 * URL later in byte order and holds other bytes: *is_used.
 */
gboolean sp_snapshot_keep_encrypted(const SpContext *context, const char *dataset,
                                    const SpSnapshot *snapshot, gboolean *is_used, gboolean *is_new,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSnapshot, sp_snapshot_free)

#endif
