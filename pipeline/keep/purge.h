/**
 * What may go: the policy of section [purge], and what of the workspace it has outlived. Never what
 * is needed (pipeline/keep/needed.h), what the feed tells of, or anything in history/.
 */
#ifndef SP_PIPELINE_KEEP_PURGE_H
#define SP_PIPELINE_KEEP_PURGE_H

#include "pipeline/context.h"

/** Settings that are read: days, 0 for ever. */
#define SP_PURGE_KEYS                                                                              \
    "purge.person_days", "purge.snapshot_days", "purge.result_days", "purge.edition_days",         \
        "purge.trial_days", "purge.run_days"

/** Something that may go. */
typedef struct {
    char *what; /* "person-level snapshot of iplos/tjenester", "result of project/referanse" */
    char *why;  /* "replaced 2026-01-03T03:00:00Z", with the setting that says so */
    GPtrArray *paths; /* char*, files and folders, in the order they go */
    guint64 bytes;    /* that are freed; of files with another name elsewhere none */
    gboolean is_of_persons;
} SpOutlived;

/** SpOutlived*, in an order that does not depend on the disk. g_ptr_array_unref. SP_ERROR_DATA when
 * a manifest or the description of a snapshot is damaged, and nothing is known for sure. */
GPtrArray *sp_purge_find(const SpContext *context, GError **error);

/** Takes it away: what is cut off half-way is gone from where anybody would look, and the next run
 * or purge takes the rest. Folders go by way of tmp/. */
gboolean sp_purge_remove(const SpContext *context, const SpOutlived *outlived, GError **error);

/** Rows of the ledger that nobody asks for: of runs that began before a time, but for the last ones
 * of each unit, and of files that are gone. */
gboolean sp_ledger_trim(SpLedger *ledger, gint64 before, GError **error);

#endif
