/**
 * A night that is watched over: the program forks before it enters its workspace, the child works,
 * and the parent waits, hands on signals, and tells by pipeline/night/notify.h how it ended, also
 * where the child was killed. Lock and ledger are the child's alone.
 */
#ifndef SP_PIPELINE_NIGHT_WATCH_H
#define SP_PIPELINE_NIGHT_WATCH_H

#include "pipeline/context.h"

#define SP_WATCH_COMMAND_SETTING "run.notify_cmd"
#define SP_WATCH_TIMEOUT_SETTING "run.notify_timeout_s"

/** What the one who works has let the other know, in memory that outlives it. */
typedef struct SpWatch SpWatch;

/**
 * Returns in the child alone, with `context->watch` set; the parent exits with the child's status,
 * or SP_ERROR_BUG if it died. `failure`: why there is no context (then NULL), by which the child is
 * about to end; else NULL. Without a watch (no memory, no process) the night goes on, and that is
 * told.
 */
void sp_watch_begin(const SpOptions *options, SpContext *context, const GError *failure,
                    const char *command);

/** All below are without effect where nobody watches (NULL). */
/** The stage that is at work, or at the end the one that failed; "": none. */
void sp_watch_stage(SpWatch *watch, const char *stage);
/** A stage has done its work: what it failed of before is well again. */
void sp_watch_passed(SpWatch *watch, gsize place);
/** The run before never ended, by a sentence. */
void sp_watch_cut(SpWatch *watch, const char *sentence);
/** The workspace was entered. */
void sp_watch_run(SpWatch *watch, gint64 run);
/** How the run ended; `failure` NULL: well. */
void sp_watch_end(SpWatch *watch, const GError *failure);

#endif
