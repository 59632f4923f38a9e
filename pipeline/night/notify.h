/**
 * Telling of a night that failed, and of the first one that is well again, by a command of the
 * site's: once each. What was last told is remembered in the workspace.
 */
#ifndef SP_PIPELINE_NIGHT_NOTIFY_H
#define SP_PIPELINE_NIGHT_NOTIFY_H

#include "pipeline/log.h"

/** What the workspace remembers it by, while the last that was told is a failure. */
#define SP_NOTIFY_FILE "notified.json"

/** How a run ended. */
typedef struct {
    gint64 run;          /* row of the ledger; 0: it never entered the workspace */
    gint64 now;          /* seconds since 1970 */
    int exit_status;     /* of a death SP_ERROR_BUG, and: */
    int signal;          /* 0: it died by none */
    const char *stage;   /* that was at work or failed; "": none */
    const char *message; /* why it failed, one line */
    const char *cut;     /* that the run before it never ended, a sentence; "": it did */
    guint64 passed; /* bits of the stages that did their work, by their place in the registry */
} SpNightEnd;

/** Who is told, and how long that may take. */
typedef struct {
    const char *command; /* for /bin/sh -c */
    const char *workspace;
    guint timeout_s;
} SpNotify;

/**
 * Tells what is news: a failure where none was told, or another one (exit status, signal or stage
 * differ); that the run before was cut off, where nothing else told it; and the first run that went
 * well again, if it took the stage that had failed. A run that found the workspace held is neither
 * (75 before it entered).
 *
 * The command has a small environment of its own: PATH, HOME and the like, and STATPAKKE_EVENT
 * (failure or recovery), STATPAKKE_EXIT, STATPAKKE_WORKSPACE, STATPAKKE_MESSAGE (one line); the
 * summary is its stdin. When it fails, or lasts too long, that is a warning, and nothing was told:
 * the next run tries again.
 */
void sp_notify(const SpNotify *notify, const SpNightEnd *end, const SpLog *log);

#endif
