/**
 * The ledger: what ran when, what it made and from what. An index for people and for `status`; the
 * files are the truth, and it can be made again from them. Times are seconds since 1970. No content
 * of any row of data is ever written here.
 */
#ifndef SP_PIPELINE_LEDGER_H
#define SP_PIPELINE_LEDGER_H

#include <glib.h>

#include "core/hash.h"

typedef struct SpLedger SpLedger;

/** The ledger at `path`, made if it is not there and brought to this program's version (of a newer
 * one: SP_ERROR_CONFIG); readonly it must be there and is left as it is. Errors as
 * core/io/sqlite.h, here and below. Closed by the caller. */
SpLedger *sp_ledger_open(const char *path, GError **error);
SpLedger *sp_ledger_open_readonly(const char *path, GError **error);
void sp_ledger_close(SpLedger *ledger);

/** A program begins (*run is its number) and ends; for `status`. */
gboolean sp_ledger_begin_run(SpLedger *ledger, const char *program, gint64 now, gint64 *run,
                             GError **error);
gboolean sp_ledger_end_run(SpLedger *ledger, gint64 run, gint64 now, int exit_status,
                           const char *message, GError **error);

typedef enum { SP_OUTCOME_MADE, SP_OUTCOME_REUSED, SP_OUTCOME_FAILED, SP_OUTCOME_N } SpOutcome;

/** "made", "reused", "failed". */
const char *sp_outcome_word(SpOutcome outcome);

typedef struct {
    const char *stage;
    const char *unit;
    const char *key;     /* NULL if it could not be told */
    const char *content; /* NULL unless made or reused */
    SpOutcome outcome;
    gint64 started;
    double seconds;
    const char *message; /* why it ran, or how it failed */
    gint64 n_rows;       /* of the tables that it wrote; 0 if none */
} SpExecution;

/** `parents` [n_parents]: "kind name hash" of each input. */
gboolean sp_ledger_note(SpLedger *ledger, gint64 run, const SpExecution *execution,
                        const char *const parents[], gsize n_parents, GError **error);

/**
 * The SHA-256 of a file, from the ledger if device, inode, size, mtime and ctime are those it was
 * last read with, else by reading it. A ledger that is open readonly remembers nothing; without one
 * (NULL) the file is read.
 */
gboolean sp_ledger_hash_file(SpLedger *ledger, const char *path, char hex[SP_HASH_SIZE],
                             GError **error);

/** Whether a folder was found whole when its files were as they are now, by `identity`
 * (core/io/identity.h); and that it has been. Readonly, and without a ledger, as above. */
gboolean sp_ledger_is_checked(SpLedger *ledger, const char *path, const char *identity,
                              gboolean *is_checked, GError **error);
gboolean sp_ledger_set_checked(SpLedger *ledger, const char *path, const char *identity,
                               GError **error);

/** When the unbroken row of failures began that a unit's last executions are; 0: the last one did
 * not fail, or there is none. */
gboolean sp_ledger_failing_since(SpLedger *ledger, const char *stage, const char *unit,
                                 gint64 *since, GError **error);

/** When a unit was made last, and the message of it (g_free); 0 and NULL: never. */
gboolean sp_ledger_last_made(SpLedger *ledger, const char *stage, const char *unit, gint64 *when,
                             char **message, GError **error);

/** What of a stage a run could not do: "KIND UNIT (MESSAGE)" of each, in their order, parted by
 * commas, after what `list` has already. */
gboolean sp_ledger_failures(SpLedger *ledger, gint64 run, const char *stage, const char *kind,
                            GString *list, GError **error);

/** What a run's executions were, in their order, each borrowed for the call of `row`. */
gboolean sp_ledger_executions(SpLedger *ledger, gint64 run,
                              void (*row)(const SpExecution *execution, gpointer data),
                              gpointer data, GError **error);

/** How many units (and snapshots) a run made anew. */
gboolean sp_ledger_n_made(SpLedger *ledger, gint64 run, guint *n_made, GError **error);

/** One row of `status`. Texts are borrowed for the call. */
typedef struct {
    gint64 started;
    gint64 finished; /* 0: never finished */
    const char *program;
    int exit_status;
    const char *message;
} SpRunRow;
/** The last `n` runs, the newest first, each borrowed for the call of `row`. */
gboolean sp_ledger_last_runs(SpLedger *ledger, guint n,
                             void (*row)(const SpRunRow *row, gpointer data), gpointer data,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLedger, sp_ledger_close)

#endif
