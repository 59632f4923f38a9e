/**
 * Who has read what is known of persons: a line in WORKSPACE/runs/access.log for each snapshot that
 * is decrypted, of the form docs/operations.md tells. It is added to and never written anew, no
 * result depends on it, and nothing of what was read stands in it.
 */
#ifndef SP_PIPELINE_ACCESS_LOG_H
#define SP_PIPELINE_ACCESS_LOG_H

#include "pipeline/context.h"

#define SP_ACCESS_LOG "access.log"

/** What is about to be decrypted, and for what. Texts are borrowed. */
typedef struct {
    const char *snapshot; /* path; its last part, the keyed hash, is told */
    const char *dataset;
    const char *stage;
    const char *unit;
} SpAccessTo;

/** Adds the line and puts it on the disk. Called before decrypting, which must not follow when this
 * fails: SP_ERROR_PERMISSION, SP_ERROR_CANT_CREATE or SP_ERROR_IO name the file. Its time is the
 * machine's, whatever --now says; `now` beside it is that. */
gboolean sp_access_log_add(const SpContext *context, const SpAccessTo *to, GError **error);

#endif
