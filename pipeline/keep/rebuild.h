/**
 * The ledger made again from the files that it is an index of: runs and what they did from
 * runs/RUN/run.json (of a run that was cut off, its beginning from its log), and results with what
 * they were made of from the manifests below stages/ and trials/. What no file tells is gone: runs
 * that made nothing, and which files were hashed or found whole, which the next run finds anew.
 */
#ifndef SP_PIPELINE_KEEP_REBUILD_H
#define SP_PIPELINE_KEEP_REBUILD_H

#include "pipeline/context.h"

typedef struct SpRebuilt {
    guint n_runs;
    guint n_executions;
    guint n_results;
} SpRebuilt;

/**
 * The ledger at `path`, which takes the place of what is there when it is whole; of one that is not
 * there too. Files that cannot be read are told as warnings and left out. Runs keep their numbers.
 * The caller closes it.
 */
SpLedger *sp_ledger_rebuild(const SpContext *context, const char *path, SpRebuilt *told,
                            GError **error);

/** Whether there is anything below runs/ or stages/ that a ledger would tell of. */
gboolean sp_ledger_is_lacking(const SpContext *context);

#endif
