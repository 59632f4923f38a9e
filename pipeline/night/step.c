/* Stages as child processes. */
#include "pipeline/night/step.h"

#include "core/error.h"
#include "core/period.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void add_each(GPtrArray *arguments, const char *option, char **values)
{
    for (; values != NULL && *values != NULL; values++) {
        g_ptr_array_add(arguments, g_strdup(option));
        g_ptr_array_add(arguments, g_strdup(*values));
    }
}

static void add_flag(GPtrArray *arguments, const char *option, gboolean is_set)
{
    if (is_set) {
        g_ptr_array_add(arguments, g_strdup(option));
    }
}

/* A step is handed on what it takes of what we were given. */
static GPtrArray *child_arguments(const SpContext *context, const SpStep *step)
{
    const SpProgram *stage = step->program;
    const SpOptions *given = &context->options;
    GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self != NULL ? g_path_get_dirname(self) : g_strdup(".");
    g_ptr_array_add(arguments, g_strdup_printf("%s/statpakke-%s", folder, stage->name));
    g_ptr_array_add(arguments, g_strdup("--workspace"));
    g_ptr_array_add(arguments, g_strdup(context->workspace));
    g_ptr_array_add(arguments, g_strdup("--now"));
    g_ptr_array_add(arguments, sp_time_format(context->now));
    if (stage->takes & SP_TAKES_JOBS) {
        g_ptr_array_add(arguments, g_strdup_printf("--jobs=%u", context->n_jobs));
    }
    if (given->trial != NULL) {
        g_ptr_array_add(arguments, g_strdup_printf("--as=%s", given->trial));
    }
    if (given->log_form != NULL) {
        g_ptr_array_add(arguments, g_strdup_printf("--log=%s", given->log_form));
    }
    add_each(arguments, "--config", given->config_files);
    add_each(arguments, "--set", given->assignments);
    char *own_unit[] = {(char *)step->unit, NULL};
    add_each(arguments, "--unit",
             step->unit != NULL               ? own_unit
             : (stage->takes & SP_TAKES_UNIT) ? given->units
                                              : NULL);
    add_flag(arguments, "--dry-run", given->is_dry_run);
    add_flag(arguments, "--force", given->is_forced && (stage->takes & SP_TAKES_FORCE));
    add_flag(arguments, "--quiet", given->is_quiet);
    add_flag(arguments, "--progress=never", given->hides_progress);
    g_ptr_array_add(arguments, NULL);
    return arguments;
}

/* Of the child, for between fork and exec. */
typedef struct {
    int lock;
    pid_t parent;
    rlim_t memory; /* RLIM_INFINITY: no limit */
} Birth;

/* The lock's descriptor stays open across exec, so that the child works under our lock. */
static void prepare_child(gpointer data)
{
    const Birth *birth = data;
    (void)fcntl(birth->lock, F_SETFD, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM); /* a stage must not work on when its driver is gone */
    if (getppid() != birth->parent) {
        _exit(SP_ERROR_BUG); /* it was gone before that */
    }
    if (birth->memory != RLIM_INFINITY) {
        const struct rlimit limit = {birth->memory, birth->memory};
        (void)setrlimit(RLIMIT_DATA, &limit);
    }
}

/* Waits until it has ended, or the time is up: then it is ended. TRUE if that was not needed. */
static gboolean wait_for(GPid child, gint64 timeout_s, int *status)
{
    gboolean is_in_time = TRUE;
    if (timeout_s > 0) {
        const gint64 end = g_get_monotonic_time() + timeout_s * G_USEC_PER_SEC;
        struct pollfd ended = {.fd = pidfd_open(child, 0), .events = POLLIN};
        int n = 0;
        do {
            const gint64 left_ms = MAX(0, (end - g_get_monotonic_time() + 999) / 1000);
            n = poll(&ended, 1, (int)MIN(left_ms, G_MAXINT));
        } while ((n < 0 && errno == EINTR) || (n == 0 && g_get_monotonic_time() < end));
        is_in_time = n != 0;
        if (!is_in_time) {
            (void)kill(child, SIGKILL); /* nothing half-made is ever visible */
        }
        close(ended.fd);
    }
    while (waitpid(child, status, 0) < 0 && errno == EINTR) {
    }
    return is_in_time;
}

/* What a death means to whoever reads of it at 03:10. */
static void tell_death(const SpContext *context, const char *stage, int signal,
                       const SpStepLimits *limits)
{
    g_autofree char *limit =
        limits->memory_mib > 0
            ? g_strdup_printf("; it may have needed more than run.stage_memory_mib = "
                              "%" G_GINT64_FORMAT,
                              limits->memory_mib)
            : g_strdup(signal == SIGKILL ? "; was the machine out of memory? (see dmesg)" : "");
    sp_log(&context->log, SP_LOG_ERROR, "%s died by signal %d (%s)%s", stage, signal,
           g_strsignal(signal), limit);
}

gboolean sp_step_limits(const SpContext *context, SpStepLimits *limits, GError **error)
{
    static const char *const keys[] = {SP_STEP_LIMIT_KEYS};
    g_autoptr(SpSettings) settings =
        sp_settings_new(context->config, NULL, keys, G_N_ELEMENTS(keys));
    return sp_settings_int(settings, keys[0], 0, G_MAXINT / 1000, &limits->timeout_s, error) &&
           sp_settings_int(settings, keys[1], 0, G_MAXINT, &limits->memory_mib, error);
}

gboolean sp_step_run(SpContext *context, const SpStep *step, const SpStepLimits *limits,
                     int *exit_status, GError **error)
{
    const SpProgram *stage = step->program;
    g_autoptr(GPtrArray) arguments = child_arguments(context, step);
    g_autofree char *lock = g_strdup_printf("%d", context->lock);
    g_autofree char *run = g_strdup_printf("%" G_GINT64_FORMAT, context->run);
    g_auto(GStrv) environment = g_get_environ();
    environment = g_environ_setenv(environment, "STATPAKKE_LOCK", lock, TRUE);
    environment = g_environ_setenv(environment, "STATPAKKE_RUN", run, TRUE);
    Birth birth = {.lock = context->lock,
                   .parent = getpid(),
                   .memory =
                       limits->memory_mib > 0 ? (rlim_t)limits->memory_mib << 20 : RLIM_INFINITY};
    g_autoptr(GError) failure = NULL;
    GPid child = 0;
    int status = 0;
    if (!g_spawn_async(NULL, (char **)arguments->pdata, environment,
                       G_SPAWN_CHILD_INHERITS_STDIN | G_SPAWN_LEAVE_DESCRIPTORS_OPEN |
                           G_SPAWN_DO_NOT_REAP_CHILD,
                       prepare_child, &birth, &child, &failure)) {
        return sp_error_set(error, SP_ERROR_BUG, "%s cannot be started: %s",
                            (const char *)arguments->pdata[0], failure->message);
    }
    if (!wait_for(child, limits->timeout_s, &status)) {
        sp_log(&context->log, SP_LOG_ERROR,
               "%s was ended: it had not in run.stage_timeout_s = %" G_GINT64_FORMAT
               " seconds; raise that, or see what it waits for",
               stage->name, limits->timeout_s);
        *exit_status = SP_ERROR_TRY_LATER;
    } else if (WIFSIGNALED(status)) {
        tell_death(context, stage->name, WTERMSIG(status), limits);
        *exit_status = SP_ERROR_BUG;
    } else {
        *exit_status = WEXITSTATUS(status);
    }
    return TRUE;
}
