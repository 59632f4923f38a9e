/** One step of a night: a stage's program, run as a child under our lock and as part of our run. */
#ifndef SP_PIPELINE_NIGHT_STEP_H
#define SP_PIPELINE_NIGHT_STEP_H

#include "pipeline/program.h"

/** A stage, or one of its units that stages before it read. */
typedef struct {
    const SpProgram *program;
    const char *unit; /* NULL: those that were asked for */
} SpStep;

/** What a step may take: settings `run.stage_timeout_s` and `run.stage_memory_mib`; 0 is no
 * limit. */
typedef struct {
    gint64 timeout_s;
    gint64 memory_mib; /* of data that a process may allocate (RLIMIT_DATA) */
} SpStepLimits;
#define SP_STEP_LIMIT_KEYS "run.stage_timeout_s", "run.stage_memory_mib"
gboolean sp_step_limits(const SpContext *context, SpStepLimits *limits, GError **error);

/**
 * Runs it with what it takes of what we were given. Its exit status; a death by signal is told, and
 * is SP_ERROR_BUG; one that lasts longer than the limit is ended and told, and is
 * SP_ERROR_TRY_LATER. FALSE only if it could not be started.
 */
gboolean sp_step_run(SpContext *context, const SpStep *step, const SpStepLimits *limits,
                     int *exit_status, GError **error);

#endif
