/* run.json. */
#include "pipeline/night/runfile.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/period.h"
#include "pipeline/edition.h"
#include "pipeline/night/runlog.h"

#include <string.h>

static json_t *stages_json(const GArray *outcomes)
{
    json_t *list = json_array();
    for (guint i = 0; i < outcomes->len; i++) {
        const SpStageOutcome *outcome = &g_array_index(outcomes, SpStageOutcome, i);
        json_array_append_new(list, json_pack("{s:s, s:s*, s:i, s:f}", "stage", outcome->stage,
                                              "unit", outcome->unit, "exit_status",
                                              outcome->exit_status, "seconds", outcome->seconds));
    }
    return list;
}

static json_t *messages_json(const GPtrArray *messages)
{
    json_t *list = json_array();
    for (guint i = 0; i < messages->len; i++) {
        const SpRunMessage *message = messages->pdata[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "program", message->program,
                                              "level", message->level, "text", message->text));
    }
    return list;
}

static void add_execution(const SpExecution *execution, gpointer data)
{
    g_autofree char *started = sp_time_format(execution->started);
    json_array_append_new(
        data, json_pack("{s:s, s:s, s:s, s:s*, s:s*, s:s, s:f, s:I, s:s*}", "stage",
                        execution->stage, "unit", execution->unit, "outcome",
                        sp_outcome_word(execution->outcome), "key", execution->key, "content",
                        execution->content, "started", started, "seconds", execution->seconds,
                        "rows", (json_int_t)execution->n_rows, "message", execution->message));
}

gboolean sp_runfile_write(const SpContext *context, const SpRunTold *told, GError **error)
{
    const gint64 lasted = (g_get_monotonic_time() - context->began) / G_USEC_PER_SEC;
    g_autofree char *started = sp_time_format(context->now);
    g_autofree char *finished = sp_time_format(context->now + lasted);
    g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT, context->run);
    g_autofree char *folder = sp_context_path(context, "runs", name, NULL);
    g_autofree char *path = g_build_filename(folder, SP_RUNFILE_NAME, NULL);
    json_t *executions = json_array();
    if (!sp_ledger_executions(context->ledger, context->run, add_execution, executions, error)) {
        json_decref(executions);
        return FALSE;
    }
    g_autoptr(json_t) json = json_pack(
        "{s:I, s:s, s:s, s:s, s:i, s:s*, s:s*, s:s*, s:o, s:o, s:o}", "run",
        (json_int_t)context->run, "program", context->program, "started", started, "finished",
        finished, "exit_status", told->exit_status, "message", told->message, "edition",
        told->edition, "trial", context->options.trial, "stages", stages_json(told->outcomes),
        "messages", messages_json(told->messages), "executions", executions);
    g_autofree char *text = sp_json_format(json);
    return sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, error) &&
           sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

gboolean sp_runfile_close(const SpContext *context, const GError *failure, GError **error)
{
    guint n_made = 0;
    g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT, context->run);
    g_autofree char *path = sp_context_path(context, "runs", name, SP_RUNFILE_NAME, NULL);
    if (context->options.is_dry_run || g_file_test(path, G_FILE_TEST_EXISTS)) {
        return TRUE;
    }
    if (!sp_ledger_n_made(context->ledger, context->run, &n_made, error)) {
        return FALSE;
    }
    g_autofree char *current = sp_edition_current(context);
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(SpStageOutcome));
    g_autoptr(GPtrArray) messages = sp_runlog_read(context->log_file);
    const SpRunTold told = {.outcomes = none,
                            .messages = messages,
                            .exit_status = failure == NULL ? 0 : sp_error_exit_status(failure),
                            .message = failure == NULL ? NULL : failure->message,
                            .edition = current};
    return (n_made == 0 && failure == NULL) || sp_runfile_write(context, &told, error);
}
