/** runs/RUN/run.json: what one run of the driver did, for people and for whatever watches the
 * nights. */
#ifndef SP_PIPELINE_RUNFILE_H
#define SP_PIPELINE_RUNFILE_H

#include "pipeline/context.h"

typedef struct {
    const char *stage;
    int exit_status;
    double seconds;
} SpStageOutcome;

/** `outcomes` [n] in running order; `message` is the failure's, NULL if none; `edition` the one
 * served at the end, NULL if none. */
gboolean sp_runfile_write(const SpContext *context, const SpStageOutcome outcomes[], gsize n,
                          const char *message, const char *edition, GError **error);

#endif
