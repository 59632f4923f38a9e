/* What is told, when, and to whom. */
#include "pipeline/night/notify.h"

#include "core/error.h"
#include "core/io/child.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/period.h"
#include "pipeline/night/runlog.h"
#include "pipeline/program.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { MAX_TOLD_SIZE = 64 * 1024 };

/* The failure that was told last, as the workspace remembers it. */
typedef struct {
    gint64 since;
    int exit_status, signal;
    char *stage, *message;
} Told;

static void told_free(Told *told)
{
    g_free(told->stage);
    g_free(told->message);
    g_free(told);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Told, told_free)

static char *told_path(const SpNotify *notify)
{
    return g_build_filename(notify->workspace, SP_NOTIFY_FILE, NULL);
}

/* NULL: the last that was told is no failure. One that cannot be read is as none: rather twice than
 * never. */
static Told *read_told(const SpNotify *notify)
{
    g_autofree char *path = told_path(notify);
    g_autoptr(json_t) json = sp_json_read(path, MAX_TOLD_SIZE, NULL);
    const char *since = NULL;
    const char *stage = NULL;
    const char *message = NULL;
    g_autoptr(Told) told = g_new0(Told, 1);
    if (json_unpack(json, "{s:s, s:i, s:i, s:s, s:s}", "since", &since, "exit_status",
                    &told->exit_status, "signal", &told->signal, "stage", &stage, "message",
                    &message) != 0 ||
        !sp_time_parse(since, &told->since)) {
        return NULL;
    }
    told->stage = g_strdup(stage);
    told->message = g_strdup(message);
    return g_steal_pointer(&told);
}

static gboolean write_told(const SpNotify *notify, const Told *told, GError **error)
{
    g_autofree char *path = told_path(notify);
    g_autofree char *since = sp_time_format(told->since);
    g_autoptr(json_t) json =
        json_pack("{s:s, s:i, s:i, s:s, s:s}", "since", since, "exit_status", told->exit_status,
                  "signal", told->signal, "stage", told->stage, "message", told->message);
    g_autofree char *text = sp_json_format(json);
    return sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

/* Only now that nobody is left in the belief that it fails. */
static gboolean forget_told(const SpNotify *notify, GError **error)
{
    g_autofree char *path = told_path(notify);
    return unlink(path) == 0 ? sp_folder_sync_parent(path, error)
                             : sp_error_set_errno(error, errno, "%s", path);
}

static gboolean is_same(const Told *told, const SpNightEnd *end)
{
    return told->exit_status == end->exit_status && told->signal == end->signal &&
           strcmp(told->stage, end->stage) == 0;
}

/* Whether this run has done what had failed: one of other stages alone says nothing of it. */
static gboolean has_healed(const Told *told, const SpNightEnd *end)
{
    gboolean is_stage = FALSE;
    guint64 wanted = 0;
    for (gsize i = 0; i < sp_programs_n_stages(); i++) {
        is_stage = is_stage || strcmp(sp_programs_at(i)->name, told->stage) == 0;
        wanted |= strcmp(sp_programs_at(i)->name, told->stage) == 0 ? (guint64)1 << i : 0;
    }
    /* What failed of no stage (settings, a disk) is well when the last of them is reached. */
    wanted = is_stage ? wanted : (guint64)1 << (sp_programs_n_stages() - 1);
    return (end->passed & wanted) != 0;
}

/* One line, whatever was said. g_free. */
static char *describe_failure(const SpNightEnd *end)
{
    g_autofree char *where =
        end->stage[0] != '\0' ? g_strdup_printf(" while %s was at work", end->stage) : g_strdup("");
    char *text = end->signal != 0 ? g_strdup_printf("statpakke run died by signal %d (%s)%s",
                                                    end->signal, g_strsignal(end->signal), where)
                                  : g_utf8_make_valid(end->message, -1);
    return g_strdelimit(text, "\n\r\t", ' ');
}

static void add_served(GString *text, const SpNotify *notify)
{
    g_autofree char *link = g_build_filename(notify->workspace, "current", NULL);
    g_autofree char *target = sp_link_read(link);
    g_autofree char *edition = target != NULL ? g_path_get_basename(target) : NULL;
    g_string_append_printf(text, "\nServed: %s%s\n",
                           edition != NULL ? "edition " : "no edition yet",
                           edition != NULL ? edition : "");
}

static void add_messages(GString *text, const SpNotify *notify, const SpNightEnd *end)
{
    g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT, end->run);
    g_autofree char *path = g_build_filename(notify->workspace, "runs", name, "log", NULL);
    g_autoptr(GPtrArray) messages = sp_runlog_read(path);
    if (end->run == 0 || messages->len == 0) {
        return;
    }
    g_string_append_printf(text, "\nWarnings and errors of run %s (runs/%s/log):\n", name, name);
    for (guint i = 0; i < messages->len; i++) {
        const SpRunMessage *message = messages->pdata[i];
        g_string_append_printf(text, "  %s: %s: %s\n", message->level, message->program,
                               message->text);
    }
}

/* g_free. */
static char *summarise(const SpNotify *notify, const SpNightEnd *end, const char *event,
                       const Told *told)
{
    GString *text = g_string_new(NULL);
    g_autofree char *since = sp_time_format(told->since);
    const gboolean is_failure = strcmp(event, "failure") == 0;
    g_string_append_printf(text, "%s\n\nWorkspace: %s\n", told->message, notify->workspace);
    if (is_failure) {
        g_string_append_printf(text, "Exit: %d\nFailing since: %s\n", told->exit_status, since);
    } else {
        g_string_append_printf(text, "It had failed since %s.\n", since);
    }
    if (is_failure && told->stage[0] != '\0') {
        g_string_append_printf(text, "Stage: %s\n", told->stage);
    }
    add_served(text, notify);
    add_messages(text, notify, end);
    if (is_failure) {
        g_string_append_printf(
            text,
            "\nWhat to do: the lines above say it. When the cause is gone:\n"
            "  statpakke run --workspace %s\n"
            "goes on where this one stopped; statpakke status and statpakke doctor tell more.\n"
            "The same failure is not told again; the first run that is well is.\n",
            notify->workspace);
    }
    return g_string_free(text, FALSE);
}

/* Nothing of ours but what is meant for it: no credential, no lock, no setting. */
static char **environment_of(const SpNotify *notify, const char *event, int exit_status,
                             const char *message)
{
    static const char *const kept[] = {"PATH", "HOME",   "USER", "LOGNAME", "SHELL",
                                       "LANG", "LC_ALL", "TZ",   "TMPDIR"};
    char **environment = g_new0(char *, 1);
    g_autofree char *status = g_strdup_printf("%d", exit_status);
    for (gsize i = 0; i < G_N_ELEMENTS(kept); i++) {
        if (g_getenv(kept[i]) != NULL) {
            environment = g_environ_setenv(environment, kept[i], g_getenv(kept[i]), TRUE);
        }
    }
    environment = g_environ_setenv(environment, "STATPAKKE_EVENT", event, TRUE);
    environment = g_environ_setenv(environment, "STATPAKKE_EXIT", status, TRUE);
    environment = g_environ_setenv(environment, "STATPAKKE_WORKSPACE", notify->workspace, TRUE);
    return g_environ_setenv(environment, "STATPAKKE_MESSAGE", message, TRUE);
}

/* `told`: what is to be told, or, of a recovery, what had been. FALSE, with a warning, if not. */
static gboolean call(const SpNotify *notify, const SpNightEnd *end, const char *event,
                     const Told *told, const SpLog *log)
{
    const gboolean is_failure = strcmp(event, "failure") == 0;
    g_autoptr(GError) failure = NULL;
    g_autofree char *message =
        is_failure
            ? g_strdup(told->message)
            : g_strdup_printf("statpakke run is well again; it had failed: %s", told->message);
    g_autofree char *summary = summarise(notify, end, event, told);
    g_auto(GStrv) environment =
        environment_of(notify, event, is_failure ? told->exit_status : 0, message);
    const char *const arguments[] = {"/bin/sh", "-c", notify->command, NULL};
    const SpChild child = {.arguments = arguments,
                           .environment = (const char *const *)environment,
                           .input = summary,
                           .seconds = notify->timeout_s};
    if (sp_child_run(&child, NULL, &failure)) {
        return TRUE;
    }
    sp_log(log, SP_LOG_WARNING,
           "run.notify_cmd did not tell of the %s: %s; the next run tries again", event,
           failure->message);
    return FALSE;
}

static void tell_failure(const SpNotify *notify, const SpNightEnd *end, Told *told,
                         const SpLog *log)
{
    g_autoptr(GError) failure = NULL;
    if (call(notify, end, "failure", told, log) && !write_told(notify, told, &failure)) {
        sp_log(log, SP_LOG_WARNING, "the failure was told, and will be again: %s",
               failure->message);
    }
}

static void tell_recovery(const SpNotify *notify, const SpNightEnd *end, const Told *told,
                          const SpLog *log)
{
    g_autoptr(GError) failure = NULL;
    if (call(notify, end, "recovery", told, log) && !forget_told(notify, &failure)) {
        sp_log(log, SP_LOG_WARNING, "the recovery was told, and will be again: %s",
               failure->message);
    }
}

static void settle_failure(const SpNotify *notify, const SpNightEnd *end, const SpLog *log)
{
    g_autoptr(Told) before = read_told(notify);
    if (before != NULL && is_same(before, end)) {
        return;
    }
    g_autoptr(Told) told = g_new0(Told, 1);
    told->since = before != NULL ? before->since : end->now;
    told->exit_status = end->exit_status;
    told->signal = end->signal;
    told->stage = g_strdup(end->stage);
    told->message = describe_failure(end);
    tell_failure(notify, end, told, log);
}

/* A run that was cut off took whoever watched over it along: this one tells for it. */
static void tell_cut(const SpNotify *notify, const SpNightEnd *end, const SpLog *log)
{
    g_autoptr(Told) told = g_new0(Told, 1);
    told->since = end->now;
    told->exit_status = SP_ERROR_BUG;
    told->stage = g_strdup("");
    told->message = g_utf8_make_valid(end->cut, -1);
    tell_failure(notify, end, told, log);
}

void sp_notify(const SpNotify *notify, const SpNightEnd *end, const SpLog *log)
{
    if (end->exit_status == SP_ERROR_TRY_LATER && end->run == 0) {
        return; /* another run is at work, and tells of itself */
    }
    if (end->exit_status != 0) {
        settle_failure(notify, end, log);
        return;
    }
    g_autoptr(Told) before = read_told(notify);
    if (before == NULL && end->cut[0] != '\0') {
        tell_cut(notify, end, log);
        before = read_told(notify);
    }
    if (before != NULL && has_healed(before, end)) {
        tell_recovery(notify, end, before, log);
    }
}
