/** A purge's list while it is made. For the files of pipeline/keep/purge.h alone. */
#ifndef SP_PIPELINE_KEEP_PURGE_LIST_H
#define SP_PIPELINE_KEEP_PURGE_LIST_H

#include "pipeline/keep/needed.h"
#include "pipeline/keep/purge.h"

typedef struct {
    const SpContext *context;
    const SpSettings *settings;
    const SpNeeded *needed;
    GPtrArray *found; /* SpOutlived* */
} SpPurgeList;

/** Whether a setting's days have passed since a time; 0 days never pass. */
gboolean sp_purge_list_is_over(const SpPurgeList *list, gint64 since, const char *setting,
                               gboolean *is_over, GError **error);

/** Adds a file or folder; more paths may follow in its `paths`. */
void sp_purge_list_add(SpPurgeList *list, const char *path, gint64 since, const char *setting,
                       const char *what);

/** The snapshots of all datasets, whether they are in use or not. */
gboolean sp_purge_find_snapshots(SpPurgeList *list, GError **error);

#endif
