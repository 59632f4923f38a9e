/* Runs and results read back into a ledger. */
#include "pipeline/keep/rebuild.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/number.h"
#include "core/period.h"
#include "pipeline/keep/results.h"
#include "pipeline/ledger_database.h"
#include "pipeline/night/runfile.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/stat.h>

enum { MAX_RUNFILE_SIZE = 64 * 1024 * 1024, MAX_LOG_SIZE = 64 * 1024 * 1024 };

/* The one ledger that is filled, and by what. */
typedef struct {
    const SpContext *context;
    SpLedger *ledger;
    SpRebuilt *told;
} Rebuild;

static void tell_left_out(const Rebuild *rebuild, const char *why)
{
    sp_log(&rebuild->context->log, SP_LOG_WARNING, "%s; the ledger is made without it", why);
}

static gboolean read_outcome(const char *word, SpOutcome *outcome)
{
    for (int i = 0; i < SP_OUTCOME_N; i++) {
        if (strcmp(sp_outcome_word((SpOutcome)i), word) == 0) {
            *outcome = (SpOutcome)i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean read_execution(json_t *json, SpExecution *execution)
{
    const char *started = NULL;
    const char *outcome = NULL;
    json_int_t n_rows = 0;
    if (json_unpack(json, "{s:s, s:s, s:s, s?s, s?s, s:s, s:F, s?I, s?s}", "stage",
                    &execution->stage, "unit", &execution->unit, "outcome", &outcome, "key",
                    &execution->key, "content", &execution->content, "started", &started, "seconds",
                    &execution->seconds, "rows", &n_rows, "message", &execution->message) != 0) {
        return FALSE;
    }
    execution->n_rows = n_rows;
    return read_outcome(outcome, &execution->outcome) &&
           sp_time_parse(started, &execution->started);
}

static gboolean add_executions(const Rebuild *rebuild, const char *path, gint64 run, json_t *list,
                               GError **error)
{
    size_t i = 0;
    json_t *item = NULL;
    json_array_foreach(list, i, item)
    {
        SpExecution execution = {0};
        if (!read_execution(item, &execution)) {
            g_autofree char *why =
                g_strdup_printf("%s: execution %" G_GSIZE_FORMAT " is not one", path, i + 1);
            tell_left_out(rebuild, why);
            continue;
        }
        const gboolean is_made = execution.outcome == SP_OUTCOME_MADE && execution.key != NULL &&
                                 execution.content != NULL;
        if (!sp_ledger_add_execution(rebuild->ledger, run, &execution, error) ||
            (is_made && !sp_ledger_add_artefact(rebuild->ledger, &execution, NULL, 0, error))) {
            return FALSE;
        }
        rebuild->told->n_executions++;
    }
    return TRUE;
}

static gboolean add_runfile(const Rebuild *rebuild, const char *path, gint64 run, GError **error)
{
    g_autoptr(GError) damage = NULL;
    g_autoptr(json_t) json = sp_json_read(path, MAX_RUNFILE_SIZE, &damage);
    const char *started = NULL;
    const char *finished = NULL;
    json_t *executions = NULL;
    SpRunRow row = {0};
    if (json == NULL) {
        tell_left_out(rebuild, damage->message);
        return TRUE;
    }
    if (json_unpack(json, "{s:s, s:s, s:s, s:i, s?s, s?o}", "program", &row.program, "started",
                    &started, "finished", &finished, "exit_status", &row.exit_status, "message",
                    &row.message, "executions", &executions) != 0 ||
        !sp_time_parse(started, &row.started) || !sp_time_parse(finished, &row.finished)) {
        g_autofree char *why = g_strdup_printf("%s does not tell of a run", path);
        tell_left_out(rebuild, why);
        return TRUE;
    }
    rebuild->told->n_runs++;
    return sp_ledger_add_run(rebuild->ledger, run, &row, error) &&
           add_executions(rebuild, path, run, executions, error);
}

/* A run that never came to write what it did: its log says which program began, and when. */
static gboolean add_cut_off(const Rebuild *rebuild, const char *path, gint64 run, GError **error)
{
    gsize size = 0;
    const char *time = NULL;
    SpRunRow row = {0};
    g_autofree char *text = sp_file_read(path, MAX_LOG_SIZE, &size, NULL);
    g_autoptr(json_t) line = text == NULL ? NULL : json_loads(text, JSON_DISABLE_EOF_CHECK, NULL);
    if (json_unpack(line, "{s:s, s:s}", "time", &time, "program", &row.program) != 0 ||
        !sp_time_parse(time, &row.started)) {
        return TRUE; /* it said nothing, or was cut off while it did */
    }
    rebuild->told->n_runs++;
    return sp_ledger_add_run(rebuild->ledger, run, &row, error);
}

static gboolean add_run(const Rebuild *rebuild, const char *runs, const char *name, GError **error)
{
    gint64 run = 0;
    g_autofree char *told = g_build_filename(runs, name, SP_RUNFILE_NAME, NULL);
    g_autofree char *log = g_build_filename(runs, name, "log", NULL);
    if (!sp_number_parse_int(name, strlen(name), &run) || run < 1) {
        return TRUE;
    }
    return g_file_test(told, G_FILE_TEST_EXISTS) ? add_runfile(rebuild, told, run, error)
                                                 : add_cut_off(rebuild, log, run, error);
}

static int by_number(gconstpointer a, gconstpointer b)
{
    const gint64 one = g_ascii_strtoll(*(char *const *)a, NULL, 10);
    const gint64 other = g_ascii_strtoll(*(char *const *)b, NULL, 10);
    return (one > other) - (one < other);
}

static gboolean add_runs(const Rebuild *rebuild, GError **error)
{
    g_autofree char *runs = sp_context_path(rebuild->context, "runs", NULL);
    g_auto(GStrv) names =
        g_file_test(runs, G_FILE_TEST_IS_DIR) ? sp_folder_list(runs, error) : g_new0(char *, 1);
    if (names == NULL) {
        return FALSE;
    }
    qsort(names, g_strv_length(names), sizeof *names, by_number);
    for (char **name = names; *name != NULL; name++) {
        if (!add_run(rebuild, runs, *name, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean add_result(const Rebuild *rebuild, const SpResult *result, GError **error)
{
    struct stat status = {0};
    const SpManifest *manifest = result->manifest;
    g_autofree char *path = g_build_filename(result->folder, "manifest.json", NULL);
    g_autoptr(GPtrArray) parents = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < manifest->inputs->len; i++) {
        g_ptr_array_add(parents, sp_input_describe(manifest->inputs->pdata[i]));
    }
    (void)stat(path, &status);
    const SpExecution made = {.stage = manifest->stage,
                              .unit = manifest->unit,
                              .key = manifest->key,
                              .content = manifest->content,
                              .outcome = SP_OUTCOME_MADE,
                              .started = status.st_mtime};
    rebuild->told->n_results++;
    return sp_ledger_add_artefact(rebuild->ledger, &made, (const char *const *)parents->pdata,
                                  parents->len, error);
}

static gboolean add_results(const Rebuild *rebuild, const char *stages, GError **error)
{
    g_autoptr(GPtrArray) damaged = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) results = sp_results_list(stages, damaged, error);
    for (guint i = 0; i < damaged->len; i++) {
        tell_left_out(rebuild, damaged->pdata[i]);
    }
    for (guint i = 0; results != NULL && i < results->len; i++) {
        if (!add_result(rebuild, results->pdata[i], error)) {
            return FALSE;
        }
    }
    return results != NULL;
}

static gboolean add_trials(const Rebuild *rebuild, GError **error)
{
    g_autofree char *trials = sp_context_path(rebuild->context, "trials", NULL);
    g_auto(GStrv) names =
        g_file_test(trials, G_FILE_TEST_IS_DIR) ? sp_folder_list(trials, error) : NULL;
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *stages = g_build_filename(trials, *name, "stages", NULL);
        if (!add_results(rebuild, stages, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean fill(const Rebuild *rebuild, GError **error)
{
    g_autofree char *stages = sp_context_path(rebuild->context, "stages", NULL);
    SpDatabase *database = rebuild->ledger->database;
    return sp_database_run(database, "BEGIN IMMEDIATE", error) && add_runs(rebuild, error) &&
           add_results(rebuild, stages, error) && add_trials(rebuild, error) &&
           sp_database_run(database, "COMMIT", error);
}

SpLedger *sp_ledger_rebuild(const SpContext *context, const char *path, SpRebuilt *told,
                            GError **error)
{
    g_autofree char *unfinished = g_strconcat(path, ".new", NULL);
    *told = (SpRebuilt){0};
    (void)g_unlink(unfinished);
    g_autoptr(SpLedger) ledger = sp_ledger_open(unfinished, error);
    const Rebuild rebuild = {.context = context, .ledger = ledger, .told = told};
    if (ledger == NULL || !fill(&rebuild, error)) {
        return NULL;
    }
    g_clear_pointer(&ledger, sp_ledger_close);
    return sp_rename(unfinished, path, error) ? sp_ledger_open(path, error) : NULL;
}

gboolean sp_ledger_is_lacking(const SpContext *context)
{
    static const char *const folders[] = {"runs", "stages"};
    gboolean is_any = FALSE;
    for (gsize i = 0; !is_any && i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = sp_context_path(context, folders[i], NULL);
        g_auto(GStrv) names = sp_folder_list(path, NULL);
        is_any = names != NULL && *names != NULL;
    }
    return is_any;
}
