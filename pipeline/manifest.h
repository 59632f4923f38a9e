/**
 * The manifest of a finished unit: what it was made from, with what settings, and the hash of every
 * file. It lies beside the files (manifest.json), holds no time and no path outside the unit, and
 * is the only thing later stages need to know a unit by.
 */
#ifndef SP_PIPELINE_MANIFEST_H
#define SP_PIPELINE_MANIFEST_H

#include "core/hash.h"

#include <glib.h>

typedef enum {
    SP_INPUT_STAGE,
    SP_INPUT_SNAPSHOT,
    SP_INPUT_FILE,
    SP_INPUT_RECORD, /* what the pipeline knows, by a hash of it; it has no path */
} SpInputKind;

/** One input of a unit. */
typedef struct {
    SpInputKind kind;
    char *name;    /* "normalise/regioner", "ssb/folkemengde", "layouts/folkemengde.ini" */
    char *origin;  /* of a snapshot: the URL it came from, for messages; not part of any manifest */
    char *path;    /* where it is now; not part of any manifest */
    char *hash;    /* of its content */
    guint marks;   /* SpMarks that it carries */
    char *updated; /* newest time that a source below it gives itself; NULL if none */
    char *declared; /* that of the key, where it turned out another while the unit was made; else
                       NULL */
    char *received; /* of a snapshot: when it came; not part of any manifest */
    /* Snapshots: of which states of their dataset they are (pipeline/states.h). */
    guint first_state;
    guint last_state;  /* G_MAXUINT: all that follow */
    gboolean is_spare; /* only looked at: the result is not made from it, and its time and marks are
                          not the result's */
} SpInput;

/** A dataset whose newest state was not fit for use, so that an older one stands in. */
typedef struct {
    char *dataset;
    char *kind;     /* "unreadable", or the control whose limit it crossed */
    char *reason;   /* for people, with the remedy */
    char *rejected; /* name of the state that is not used (sp_stand_in_name) */
    char *used;     /* of the one that is */
    char *updated;  /* the newest time that one's snapshots give themselves */
    char *parts;    /* what became of which delivery, for people; NULL for a dataset of one */
} SpStandIn;

typedef struct {
    char *stage;
    char *unit;
    char *key;
    char *program;     /* hash of the stage's sources; NULL of an older program's manifest */
    char *libraries;   /* "NAME=VERSION;…"; NULL likewise */
    char *settings;    /* "section.key=value" lines */
    GPtrArray *inputs; /* SpInput*, in the order they were declared */
    guint marks;
    char *updated;              /* NULL if none */
    GPtrArray *stand_ins;       /* SpStandIn*, usually none */
    GPtrArray *files;           /* char*, relative paths in byte order */
    GPtrArray *hashes;          /* char*, the same order */
    char content[SP_HASH_SIZE]; /* SHA-256 over files and hashes: an unchanged result stops the
                                   chain */
} SpManifest;

/** Of no path, hash or time yet. The caller frees. */
SpInput *sp_input_new(SpInputKind kind, const char *name);
void sp_input_free(SpInput *input);
/** "stage normalise/regioner HASH marks=0 updated=2026-02-25": one line for the key and the ledger.
 * g_free. */
char *sp_input_describe(const SpInput *input);
/** "stage normalise/regioner": what tells one input of a unit from another. g_free. */
char *sp_input_label(const SpInput *input);

void sp_stand_in_free(SpStandIn *stand_in);
/** "REASON; the snapshot of DATASET before it (HASH, of DAY) stands in". g_free. */
char *sp_stand_in_describe(const SpStandIn *is);

/** Of no inputs, stand-ins or files yet, which are the caller's to fill in. The caller frees. */
SpManifest *sp_manifest_new(const char *stage, const char *unit, const char *key);
void sp_manifest_free(SpManifest *manifest);
/** Hashes all files of the folder, fills in files, hashes and content, and writes manifest.json
 * there. */
gboolean sp_manifest_write(SpManifest *manifest, const char *folder, GError **error);
/** SP_ERROR_NO_INPUT without one; SP_ERROR_DATA if it is damaged. */
SpManifest *sp_manifest_read(const char *folder, GError **error);

/** TRUE if an earlier result (NULL: none) had a stand-in for the same dataset and kind of cause. */
gboolean sp_stand_in_was(const SpManifest *before, const SpStandIn *is);

/** SP_ERROR_DATA, with the remedy, when a file of the folder is not the one that the manifest
 * lists. */
gboolean sp_manifest_check(const SpManifest *manifest, const char *folder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpInput, sp_input_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpManifest, sp_manifest_free)

#endif
