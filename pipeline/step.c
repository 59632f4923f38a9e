/* Stages as child processes. */
#include "pipeline/step.h"

#include "core/error.h"
#include "core/period.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

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
    g_ptr_array_add(arguments, NULL);
    return arguments;
}

/* In the child, between fork and exec: the lock's descriptor stays open across exec, so that the
 * child works under our lock. */
static void keep_lock(gpointer data)
{
    (void)fcntl(GPOINTER_TO_INT(data), F_SETFD, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM); /* a stage must not work on when its driver is gone */
}

gboolean sp_step_run(SpContext *context, const SpStep *step, int *exit_status, GError **error)
{
    const SpProgram *stage = step->program;
    g_autoptr(GPtrArray) arguments = child_arguments(context, step);
    g_autofree char *lock = g_strdup_printf("%d", context->lock);
    g_autofree char *run = g_strdup_printf("%" G_GINT64_FORMAT, context->run);
    g_auto(GStrv) environment = g_get_environ();
    environment = g_environ_setenv(environment, "STATPAKKE_LOCK", lock, TRUE);
    environment = g_environ_setenv(environment, "STATPAKKE_RUN", run, TRUE);
    g_autoptr(GError) failure = NULL;
    int status = 0;
    if (!g_spawn_sync(NULL, (char **)arguments->pdata, environment,
                      G_SPAWN_CHILD_INHERITS_STDIN | G_SPAWN_LEAVE_DESCRIPTORS_OPEN, keep_lock,
                      GINT_TO_POINTER(context->lock), NULL, NULL, &status, &failure)) {
        return sp_error_set(error, SP_ERROR_BUG, "%s cannot be started: %s",
                            (const char *)arguments->pdata[0], failure->message);
    }
    if (WIFSIGNALED(status)) {
        sp_log(&context->log, SP_LOG_ERROR, "%s died by signal %d (%s)", stage->name,
               WTERMSIG(status), g_strsignal(WTERMSIG(status)));
        *exit_status = SP_ERROR_BUG;
    } else {
        *exit_status = WEXITSTATUS(status);
    }
    return TRUE;
}
