/** One step of a night: a stage's program, run as a child under our lock and as part of our run. */
#ifndef SP_PIPELINE_STEP_H
#define SP_PIPELINE_STEP_H

#include "pipeline/program.h"

/** A stage, or one of its units that stages before it read. */
typedef struct {
    const SpProgram *program;
    const char *unit; /* NULL: those that were asked for */
} SpStep;

/** Runs it with what it takes of what we were given. Its exit status; a death by signal is told,
 * and is SP_ERROR_BUG. FALSE only if it could not be started. */
gboolean sp_step_run(SpContext *context, const SpStep *step, int *exit_status, GError **error);

#endif
