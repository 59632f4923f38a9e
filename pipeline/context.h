/**
 * What a program of the pipeline knows: where it works, how it is configured, what time it is, and
 * to whom it speaks.
 */
#ifndef SP_PIPELINE_CONTEXT_H
#define SP_PIPELINE_CONTEXT_H

#include "core/config.h"
#include "outputs/output.h"
#include "pipeline/ledger.h"
#include "pipeline/log.h"
#include "pipeline/turns.h"

#include <pthread.h>

/** The common options as given, for handing on to child programs. */
typedef struct {
    char *workspace;
    char **config_files;
    char **assignments; /* --set */
    char **units;       /* --unit: only these; a source stands for all its datasets */
    char *now;
    char *log_form;
    char *trial; /* --as */
    int n_jobs;  /* 0: number of processors */
    gboolean is_dry_run;
    gboolean is_forced;
    gboolean is_quiet;
    gboolean hides_progress; /* --progress never */
    gboolean is_patient;     /* --wait: for the lock */
} SpOptions;

typedef struct {
    const char *program;
    SpOptions options;
    SpLog log;
    char *log_file;    /* runs/RUN/log, from when the workspace is entered; NULL in a dry run */
    char *workspace;   /* absolute */
    char *work;        /* where results go: the workspace, or trials/NAME in it */
    char *data_folder; /* the project's config/: defaults, layouts, code lists, texts, templates */
    SpConfig *config;
    gint64 began; /* monotonic microseconds, for durations */
    gint64 now;   /* seconds since 1970; only fetch, ledger, locks and status may use it */
    guint n_jobs;
    SpLedger *ledger;            /* NULL for read-only verbs before a workspace exists */
    int lock;                    /* file descriptor of the lock, -1 if none is held */
    gint64 run;                  /* row of the ledger's `run` */
    pthread_mutex_t tables_lock; /* of the next one; not GMutex, which tsan cannot see */
    GHashTable
        *tables;   /* "FOLDER/" or "FOLDER/TABLE" -> SpTables*, of finished units already read */
    gpointer kept; /* what the stage that runs has found out once for all its units */
    GDestroyNotify kept_free;
    SpBrowser browser;     /* found by pipeline/browser.h; without a version: not yet */
    SpTurns turns;         /* of the units that are made side by side */
    gboolean is_child;     /* started by the driver, which holds the lock and speaks for us */
    struct SpWatch *watch; /* who waits for our end (pipeline/night/watch.h); NULL: nobody */
} SpContext;

/**
 * Makes the context from options: reads the settings (pipeline/config_files.h), checks every key,
 * sets the clock. SP_ERROR_CONFIG, SP_ERROR_USAGE, SP_ERROR_NO_INPUT.
 */
SpContext *sp_context_new(const char *program, const SpOptions *options, GError **error);
void sp_context_free(SpContext *context);

/** Takes the workspace's lock (or the driver's, handed down) and opens the ledger.
 * SP_ERROR_TRY_LATER names who holds it and since when. */
gboolean sp_context_enter(SpContext *context, GError **error);

struct SpRebuilt;

/** Under the lock: makes the ledger again from the files (pipeline/keep/rebuild.h) and begins a run
 * in it. */
gboolean sp_context_renew_ledger(SpContext *context, struct SpRebuilt *told, GError **error);

/** For those who only read: checks that there is a workspace, and opens its ledger readonly; it is
 * NULL where nothing has run yet. SP_ERROR_NO_INPUT without a workspace. */
gboolean sp_context_look(SpContext *context, GError **error);

/** A path in the workspace: parts joined; NULL ends the list. g_free. */
char *sp_context_path(const SpContext *context, ...) G_GNUC_NULL_TERMINATED;
/** The same for results: in a trial below trials/NAME, else in the workspace itself. g_free. */
char *sp_context_work_path(const SpContext *context, ...) G_GNUC_NULL_TERMINATED;
/** A file of the project's configuration data ("layouts/x.ini"). g_free. */
char *sp_context_data_path(const SpContext *context, const char *relative);
/** A file that the build has made and installed beside the programs ("echarts/echarts.js"); NULL if
 * it is not there. g_free. */
char *sp_context_built_path(const char *relative);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpContext, sp_context_free)

#endif
