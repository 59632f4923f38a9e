/* Options, configuration layers, clock and lock into one context. */
#include "pipeline/context.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/number.h"
#include "core/period.h"
#include "core/table.h"
#include "pipeline/config_files.h"
#include "pipeline/guard/group.h"
#include "pipeline/keep/rebuild.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static char *join(const char *start, va_list parts)
{
    g_autoptr(GString) path = g_string_new(start);
    for (const char *part = va_arg(parts, const char *); part != NULL;
         part = va_arg(parts, const char *)) {
        g_string_append_c(path, G_DIR_SEPARATOR);
        g_string_append(path, part);
    }
    return g_string_free(g_steal_pointer(&path), FALSE);
}

char *sp_context_path(const SpContext *context, ...)
{
    va_list parts;
    va_start(parts, context);
    char *path = join(context->workspace, parts);
    va_end(parts);
    return path;
}

char *sp_context_work_path(const SpContext *context, ...)
{
    va_list parts;
    va_start(parts, context);
    char *path = join(context->work, parts);
    va_end(parts);
    return path;
}

char *sp_context_data_path(const SpContext *context, const char *relative)
{
    return g_build_filename(context->data_folder, relative, NULL);
}

/* What lies beside the programs, "../share/statpakke/RELATIVE"; NULL if it does not. */
char *sp_context_built_path(const char *relative)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = program != NULL ? g_path_get_dirname(program) : NULL;
    if (folder == NULL) {
        return NULL;
    }
    g_autofree char *path = g_build_filename(folder, "..", "share", "statpakke", relative, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS) ? g_canonicalize_filename(path, NULL) : NULL;
}

/* The project's config/ folder: named by the environment, or beside the programs. */
static char *find_data_folder(GError **error)
{
    const char *named = g_getenv("STATPAKKE_DATA");
    char *folder =
        named != NULL ? g_canonicalize_filename(named, NULL) : sp_context_built_path("config");
    if (folder == NULL) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "../share/statpakke/config is not beside the programs; install statpakke "
                     "again, or name the folder by STATPAKKE_DATA");
    }
    return folder;
}

static gboolean set_clock(SpContext *context, GError **error)
{
    const char *given = context->options.now;
    if (given == NULL) {
        context->now = g_get_real_time() / G_USEC_PER_SEC;
        context->log.now = context->now;
        return TRUE;
    }
    if (!sp_time_parse(given, &context->now)) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--now %s: want a time like 2026-03-01T03:00:00Z", given);
    }
    context->log.now = context->now;
    return TRUE;
}

static gboolean set_log(SpContext *context, GError **error)
{
    const char *form = context->options.log_form;
    context->log = (SpLog){.program = context->program,
                           .is_quiet = context->options.is_quiet,
                           .began = context->began};
    if (form == NULL) {
        /* A dry run is asked to speak, whether anybody looks or not. */
        context->log.form = context->options.is_dry_run ? SP_LOG_TEXT : SP_LOG_AUTO;
    } else if (strcmp(form, "text") == 0) {
        context->log.form = SP_LOG_TEXT;
    } else if (strcmp(form, "json") == 0) {
        context->log.form = SP_LOG_JSON;
    } else {
        return sp_error_set(error, SP_ERROR_USAGE, "--log %s: want text or json", form);
    }
    return TRUE;
}

/* A trial's name becomes a folder's. */
static gboolean check_trial(const char *trial, GError **error)
{
    if (trial == NULL) {
        return TRUE;
    }
    gboolean is_name = *trial != '\0';
    for (const char *c = trial; *c != '\0'; c++) {
        is_name = is_name && (g_ascii_isalnum(*c) || *c == '-' || *c == '_');
    }
    return is_name ? TRUE
                   : sp_error_set(error, SP_ERROR_USAGE,
                                  "--as %s: a name has letters, digits, - and _ only", trial);
}

SpContext *sp_context_new(const char *program, const SpOptions *options, GError **error)
{
    g_autoptr(SpContext) context = g_new0(SpContext, 1);
    context->program = program;
    context->options = (SpOptions){
        .workspace = g_strdup(options->workspace),
        .config_files = g_strdupv(options->config_files),
        .assignments = g_strdupv(options->assignments),
        .units = g_strdupv(options->units),
        .now = g_strdup(options->now),
        .log_form = g_strdup(options->log_form),
        .trial = g_strdup(options->trial),
        .n_jobs = options->n_jobs,
        .is_dry_run = options->is_dry_run,
        .is_forced = options->is_forced,
        .is_quiet = options->is_quiet,
        .hides_progress = options->hides_progress,
        .is_patient = options->is_patient,
    };
    context->lock = -1;
    context->began = g_get_monotonic_time();
    sp_turns_init(&context->turns);
    pthread_mutex_init(&context->tables_lock, NULL);
    context->tables =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)sp_tables_free);
    context->config = sp_config_new();
    context->workspace = g_canonicalize_filename(
        options->workspace != NULL ? options->workspace : "workspace", NULL);
    context->work = options->trial == NULL
                        ? g_strdup(context->workspace)
                        : g_build_filename(context->workspace, "trials", options->trial, NULL);
    context->data_folder = find_data_folder(error);
    context->n_jobs = options->n_jobs > 0 ? (guint)options->n_jobs : g_get_num_processors();
    if (context->data_folder == NULL || !check_trial(context->options.trial, error) ||
        !set_log(context, error) || !set_clock(context, error) ||
        !sp_config_files_read(context, error)) {
        return NULL;
    }
    sp_group_enter(context);
    return g_steal_pointer(&context);
}

void sp_context_free(SpContext *context)
{
    if (context == NULL) {
        return;
    }
    if (context->lock >= 0) {
        close(context->lock);
    }
    sp_ledger_close(context->ledger);
    g_hash_table_unref(context->tables);
    if (context->kept != NULL) {
        context->kept_free(context->kept);
    }
    sp_config_free(context->config);
    g_free(context->browser.program);
    g_free(context->browser.version);
    g_free(context->log_file);
    g_free(context->workspace);
    g_free(context->work);
    g_free(context->data_folder);
    g_free(context->options.trial);
    sp_turns_clear(&context->turns);
    pthread_mutex_destroy(&context->tables_lock);
    g_free(context->options.workspace);
    g_strfreev(context->options.config_files);
    g_strfreev(context->options.assignments);
    g_strfreev(context->options.units);
    g_free(context->options.now);
    g_free(context->options.log_form);
    g_free(context);
}

/* The driver's lock, if its descriptor was handed down: an flock belongs to the open file, so
 * asking again succeeds only there. It must be the file of this workspace: a stale variable, or one
 * of another workspace's run, counts for nothing. */
static int inherited_lock(const char *path)
{
    const char *named = g_getenv("STATPAKKE_LOCK");
    gint64 number = -1;
    struct stat held;
    struct stat own;
    if (named == NULL || !sp_number_parse_int(named, strlen(named), &number) || number <= 2 ||
        number > G_MAXINT || fstat((int)number, &held) != 0 || stat(path, &own) != 0 ||
        held.st_dev != own.st_dev || held.st_ino != own.st_ino) {
        return -1;
    }
    return flock((int)number, LOCK_EX | LOCK_NB) == 0 ? (int)number : -1;
}

static gboolean describe_holder(const char *path, int errnum, GError **error)
{
    if (errnum != EWOULDBLOCK) {
        return sp_error_set_errno(error, errnum, "%s", path);
    }
    gsize size = 0;
    g_autofree char *holder = sp_file_read(path, 4096, &size, NULL);
    return sp_error_set(error, SP_ERROR_TRY_LATER,
                        "%s is held by %s; wait for it to end, or use run --wait", path,
                        holder != NULL && size > 0 ? g_strstrip(holder) : "another run");
}

static gboolean take_lock(SpContext *context, GError **error)
{
    g_autofree char *path = sp_context_path(context, "lock", NULL);
    context->lock = inherited_lock(path);
    context->is_child = context->lock >= 0;
    if (context->is_child) {
        return TRUE;
    }
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, sp_mode_at(path, SP_MODE_PRIVATE_FILE));
    if (lock < 0) {
        return sp_error_set_errno(error, errno, "%s", path);
    }
    if (flock(lock, LOCK_EX | (context->options.is_patient ? 0 : LOCK_NB)) != 0) {
        int errnum = errno;
        close(lock);
        return describe_holder(path, errnum, error);
    }
    context->lock = lock;
    g_autofree char *since = sp_time_format(context->now);
    g_autofree char *holder =
        g_strdup_printf("%s, process %d, since %s\n", context->program, (int)getpid(), since);
    if (ftruncate(lock, 0) != 0 || pwrite(lock, holder, strlen(holder), 0) < 0) {
        return sp_error_set_errno(error, errno, "%s", path);
    }
    return TRUE;
}

/* Under the lock nobody else is at work: what lies in tmp/ is left from a run that was killed. */
static gboolean clear_unfinished(const SpContext *context, GError **error)
{
    g_autofree char *tmp = sp_context_path(context, "tmp", NULL);
    g_auto(GStrv) names = NULL;
    if (context->options.is_dry_run || !g_file_test(tmp, G_FILE_TEST_IS_DIR)) {
        return TRUE;
    }
    names = sp_folder_list(tmp, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_build_filename(tmp, *name, NULL);
        if (!sp_folder_remove(path, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

static gboolean renew_ledger(SpContext *context, const char *path, SpRebuilt *told, GError **error)
{
    g_clear_pointer(&context->ledger, sp_ledger_close);
    context->ledger = sp_ledger_rebuild(context, path, told, error);
    return context->ledger != NULL;
}

/* The ledger is an index of the files: one that cannot be read is put aside, and what is put aside
 * or lost is made again from them; the night goes on. */
static gboolean open_ledger(SpContext *context, GError **error)
{
    SpRebuilt told = {0};
    g_autoptr(GError) failure = NULL;
    g_autofree char *path = sp_context_path(context, "ledger.db", NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS) && sp_ledger_is_lacking(context)) {
        sp_log(&context->log, SP_LOG_WARNING, "%s is not there; it is made again from the files",
               path);
        return renew_ledger(context, path, &told, error);
    }
    context->ledger = sp_ledger_open(path, &failure);
    if (context->ledger == NULL && g_error_matches(failure, SP_ERROR, SP_ERROR_DATA)) {
        g_autofree char *aside = g_strconcat(path, ".damaged", NULL);
        sp_log(&context->log, SP_LOG_WARNING,
               "%s; it is put aside as %s and made again from the files", failure->message, aside);
        (void)unlink(aside);
        return sp_rename(path, aside, error) && renew_ledger(context, path, &told, error);
    }
    if (context->ledger == NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return TRUE;
}

/* Under the driver it is the driver's run, which it begins and ends. */
static gboolean begin_run(SpContext *context, GError **error)
{
    const char *given = g_getenv("STATPAKKE_RUN");
    const gboolean is_given = context->is_child && given != NULL &&
                              sp_number_parse_int(given, strlen(given), &context->run);
    if (!is_given && !sp_ledger_begin_run(context->ledger, context->program, context->now,
                                          &context->run, error)) {
        return FALSE;
    }
    if (!context->options.is_dry_run) {
        g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT, context->run);
        g_free(context->log_file); /* a renewed ledger begins another run */
        context->log_file = sp_context_path(context, "runs", name, "log", NULL);
        context->log.file = context->log_file;
    }
    return TRUE;
}

static gboolean check_workspace(const SpContext *context, GError **error)
{
    g_autofree char *own = sp_context_path(context, "statpakke.conf", NULL);
    return g_file_test(own, G_FILE_TEST_EXISTS) ||
           sp_error_set(error, SP_ERROR_NO_INPUT,
                        "%s is no workspace; make one with: statpakke init --workspace %s",
                        context->workspace, context->workspace);
}

gboolean sp_context_look(SpContext *context, GError **error)
{
    g_autofree char *path = sp_context_path(context, "ledger.db", NULL);
    if (!check_workspace(context, error)) {
        return FALSE;
    }
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return TRUE;
    }
    context->ledger = sp_ledger_open_readonly(path, error);
    return context->ledger != NULL;
}

gboolean sp_context_enter(SpContext *context, GError **error)
{
    if (!check_workspace(context, error)) {
        return FALSE;
    }
    if (!take_lock(context, error)) {
        return FALSE;
    }
    if (!context->is_child && !clear_unfinished(context, error)) {
        return FALSE;
    }
    if (!open_ledger(context, error)) {
        return FALSE;
    }
    return begin_run(context, error);
}

gboolean sp_context_renew_ledger(SpContext *context, SpRebuilt *told, GError **error)
{
    g_autofree char *path = sp_context_path(context, "ledger.db", NULL);
    return renew_ledger(context, path, told, error) && begin_run(context, error);
}
