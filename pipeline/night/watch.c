/* Two processes: one works, one waits. */
#include "pipeline/night/watch.h"

#include "core/error.h"
#include "pipeline/night/notify.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A working process that is killed while it copies a text leaves part of one: memory begins as
 * zeros, and the last byte of each is never written but with a zero. */
enum { STAGE_SIZE = 32, TEXT_SIZE = 4096, MAX_TIMEOUT_S = 3600, DEFAULT_TIMEOUT_S = 60 };

struct SpWatch {
    gint64 run;
    guint64 passed;
    char stage[STAGE_SIZE];
    char message[TEXT_SIZE];
    char cut[TEXT_SIZE];
};

/* What the parent is asked to hand on. */
static const int handed_on[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

static void fill(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGCHLD);
    for (gsize i = 0; i < G_N_ELEMENTS(handed_on); i++) {
        sigaddset(set, handed_on[i]);
    }
}

/* Waits for the child's end; *is_asked: a person at the terminal has ended it. */
static int wait_for(pid_t child, const sigset_t *signals, gboolean *is_asked)
{
    int status = 0;
    for (;;) {
        siginfo_t info;
        const int got = sigwaitinfo(signals, &info);
        if (got == SIGCHLD || got < 0) {
            if (waitpid(child, &status, WNOHANG) == child) {
                return status;
            }
        } else {
            *is_asked = *is_asked || got == SIGINT;
            (void)kill(child, got);
        }
    }
}

/* What the parent has in its hands. */
typedef struct {
    const SpWatch *watch;
    const SpOptions *options;
    const SpContext *context; /* NULL: the settings could not be read */
    const char *command;
    pid_t child;
    sigset_t signals, before;
} Guard;

static guint timeout_of(const SpContext *context)
{
    static const char *const keys[] = {SP_WATCH_TIMEOUT_SETTING};
    gint64 timeout_s = DEFAULT_TIMEOUT_S;
    g_autoptr(SpSettings) settings =
        context == NULL ? NULL : sp_settings_new(context->config, NULL, keys, 1);
    /* The child has told what is wrong with the setting. */
    return settings != NULL &&
                   sp_settings_int(settings, keys[0], 1, MAX_TIMEOUT_S, &timeout_s, NULL)
               ? (guint)timeout_s
               : DEFAULT_TIMEOUT_S;
}

/* The parent's whole life. */
static void G_GNUC_NORETURN watch_over(const Guard *guard)
{
    gboolean is_asked = FALSE;
    const SpContext *context = guard->context;
    const int status = wait_for(guard->child, &guard->signals, &is_asked);
    const SpLog fallback = {.program = g_get_prgname(), .form = SP_LOG_TEXT};
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    const char *given = guard->options->workspace;
    g_autofree char *workspace = g_canonicalize_filename(given != NULL ? given : "workspace", NULL);
    const SpNightEnd end = {.run = guard->watch->run,
                            .now =
                                context != NULL ? context->now : g_get_real_time() / G_USEC_PER_SEC,
                            .exit_status = signal != 0 ? SP_ERROR_BUG : WEXITSTATUS(status),
                            .signal = signal,
                            .stage = guard->watch->stage,
                            .message = guard->watch->message,
                            .cut = guard->watch->cut,
                            .passed = guard->watch->passed};
    const SpNotify notify = {
        .command = guard->command, .workspace = workspace, .timeout_s = timeout_of(context)};
    (void)sigprocmask(SIG_SETMASK, &guard->before, NULL); /* the command is not to inherit ours */
    if (!is_asked || signal != SIGINT) {
        sp_notify(&notify, &end, context != NULL ? &context->log : &fallback);
    }
    exit(end.exit_status);
}

static void tell_lack(const SpContext *context)
{
    if (context != NULL) {
        sp_log(&context->log, SP_LOG_WARNING, "nobody can watch over this run (%s): %s is not told",
               g_strerror(errno), SP_WATCH_COMMAND_SETTING);
    }
}

void sp_watch_begin(const SpOptions *options, SpContext *context, const GError *failure,
                    const char *command)
{
    const pid_t parent = getpid();
    SpWatch *watch =
        mmap(NULL, sizeof *watch, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    Guard guard = {.watch = watch, .options = options, .context = context, .command = command};
    if (watch == MAP_FAILED) {
        tell_lack(context);
        return;
    }
    if (failure != NULL) {
        g_strlcpy(watch->message, failure->message, TEXT_SIZE);
    }
    fill(&guard.signals);
    (void)signal(SIGCHLD, SIG_DFL); /* whoever started us may have ignored it: then none is to be
                                       waited for */
    (void)sigprocmask(SIG_BLOCK, &guard.signals, &guard.before);
    guard.child = fork();
    if (guard.child > 0) {
        watch_over(&guard);
    }
    (void)sigprocmask(SIG_SETMASK, &guard.before, NULL);
    if (guard.child < 0) {
        tell_lack(context);
        (void)munmap(watch, sizeof *watch);
        return;
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM); /* nobody works unwatched, or holds the lock for it */
    if (getppid() != parent) {
        _exit(SP_ERROR_BUG); /* it was gone before that */
    }
    if (context != NULL) {
        context->watch = watch;
    }
}

void sp_watch_stage(SpWatch *watch, const char *stage)
{
    if (watch != NULL) {
        g_strlcpy(watch->stage, stage, STAGE_SIZE);
    }
}

void sp_watch_passed(SpWatch *watch, gsize place)
{
    if (watch != NULL) {
        watch->passed |= (guint64)1 << place;
    }
}

void sp_watch_cut(SpWatch *watch, const char *sentence)
{
    if (watch != NULL) {
        g_strlcpy(watch->cut, sentence, TEXT_SIZE);
    }
}

void sp_watch_run(SpWatch *watch, gint64 run)
{
    if (watch != NULL) {
        watch->run = run;
    }
}

void sp_watch_end(SpWatch *watch, const GError *failure)
{
    if (watch != NULL && failure != NULL) {
        g_strlcpy(watch->message, failure->message, TEXT_SIZE);
    }
}
