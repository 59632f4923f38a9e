/** Finished units as they lie below stages/: STAGE/UNIT/KEY, whichever is the current one. */
#ifndef SP_PIPELINE_KEEP_RESULTS_H
#define SP_PIPELINE_KEEP_RESULTS_H

#include "pipeline/manifest.h"

typedef struct {
    char *folder;
    SpManifest *manifest;
    char *edition;    /* of the package stage: the edition that it is part of; else NULL */
    gboolean is_used; /* `latest` points at it */
} SpResult;

void sp_result_free(SpResult *result);

/** Adds SpResult* of a unit's folder to `into`, the one in use first, then by key. A folder that is
 * not there has none. SP_ERROR_DATA when a manifest is damaged. */
gboolean sp_results_of_unit(GPtrArray *into, const char *folder, GError **error);

/** All below a folder `stages`, in byte order of their folders, but for what damaged manifests tell
 * of: a sentence on each of those is added to `damaged` (char*). None where the folder is not
 * there. g_ptr_array_unref; NULL with error. */
GPtrArray *sp_results_list(const char *stages, GPtrArray *damaged, GError **error);

/** Whether its content, or one of its files, has this hash: what an input of a unit is found by. */
gboolean sp_result_has(const SpResult *result, const char *hash);

#endif
