/*
 * run: the night. Runs the stage programs one after another as child processes under one lock. What
 * is up to date is left alone, so a second run does nothing.
 */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/period.h"
#include "pipeline/announce.h"
#include "pipeline/approval.h"
#include "pipeline/edition.h"
#include "pipeline/guard/network.h"
#include "pipeline/night/metrics.h"
#include "pipeline/night/runfile.h"
#include "pipeline/night/runlog.h"
#include "pipeline/night/stage_times.h"
#include "pipeline/night/steps.h"
#include "pipeline/night/watch.h"
#include "pipeline/outcome.h"
#include "pipeline/stand_in.h"

#include <string.h>

static SpStepChoice choice;

static char *notify_cmd;

static const GOptionEntry options[] = {
    SP_STEP_OPTIONS(choice),
    {"notify-cmd", 0, 0, G_OPTION_ARG_FILENAME, &notify_cmd,
     "Told of a failure and of the recovery, once each (default run.notify_cmd)", "CMD"},
    {0}};

typedef struct {
    GArray *steps;       /* SpStep */
    GArray *outcomes;    /* SpStageOutcome, of the steps that were taken */
    GPtrArray *messages; /* SpRunMessage*, when all steps were taken */
    SpStepLimits limits;
    int failed; /* place of the first outcome that failed; -1 if none */
    gboolean is_stopped;
    char *warning; /* of what is published all the same; NULL: none */
} Night;

static void night_clear(Night *night)
{
    g_clear_pointer(&night->steps, g_array_unref);
    g_clear_pointer(&night->outcomes, g_array_unref);
    g_clear_pointer(&night->messages, g_ptr_array_unref);
    g_free(night->warning);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Night, night_clear)

static const SpStageOutcome *outcome_at(const Night *night, int place)
{
    return place < 0 ? NULL : &g_array_index(night->outcomes, SpStageOutcome, place);
}

static gboolean take_step(SpContext *context, const SpStep *step, Night *night, GError **error)
{
    const gint64 began = g_get_monotonic_time();
    SpStageOutcome outcome = {.stage = step->program->name, .unit = step->unit};
    sp_watch_stage(context->watch, outcome.stage);
    if (!sp_step_run(context, step, &night->limits, &outcome.exit_status, error)) {
        return FALSE;
    }
    outcome.seconds = (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC;
    if (outcome.exit_status != 0 && night->failed < 0) {
        night->failed = (int)night->outcomes->len;
    }
    night->is_stopped = outcome.exit_status != 0 && strcmp(outcome.stage, "fetch") != 0;
    if (outcome.exit_status == 0 && step->unit == NULL) {
        sp_watch_passed(context->watch, sp_steps_place(step));
    }
    g_array_append_val(night->outcomes, outcome);
    return TRUE;
}

/*
 * A failed fetch does not stop the night: older snapshots stand in, and if something is lacking, a
 * later stage says so. Any other failed stage does: what follows would be made from results that do
 * not belong together.
 */
static gboolean take_steps(SpContext *context, Night *night, GError **error)
{
    for (guint i = 0; i < night->steps->len && !night->is_stopped; i++) {
        if (!take_step(context, &g_array_index(night->steps, SpStep, i), night, error)) {
            return FALSE;
        }
    }
    sp_watch_stage(context->watch, "");
    return TRUE;
}

static void tell_end(SpContext *context, guint n_made, const char *current)
{
    guint marks = 0;
    if (context->options.is_dry_run) {
        sp_log(&context->log, SP_LOG_INFO, "a dry run: no result was written");
    } else if (context->options.trial != NULL) {
        g_autofree char *edition = sp_edition_made(context, &marks, NULL);
        g_autofree char *folder =
            sp_context_work_path(context, "packages", edition != NULL ? edition : "", NULL);
        sp_log(&context->log, SP_LOG_INFO, "trial %s: %s; fetch and publish are left out of trials",
               context->options.trial, edition != NULL ? folder : "no edition yet");
    } else {
        SpLog log = context->log;
        log.file = n_made > 0 ? log.file : NULL; /* a night without news leaves no file */
        sp_log(&log, SP_LOG_INFO, "%s: edition %s", n_made == 0 ? "up to date" : "done",
               current != NULL ? current : "(none published)");
    }
}

/* What was made waits for its approval. */
static gboolean is_waiting(const SpContext *context, const char *made, gboolean *waits,
                           GError **error)
{
    gboolean is_manual = FALSE;
    gboolean is_approved = TRUE;
    if (!sp_approval_is_manual(context, &is_manual, error) ||
        (is_manual && !sp_approval_find(context, made, &is_approved, error))) {
        return FALSE;
    }
    *waits = !is_approved;
    return TRUE;
}

/* What was made is what is served, or waits, and publish could not tell somebody of what is, who
 * may answer the next time: that is no failed night. */
static gboolean forgive_publish(SpContext *context, Night *night, GError **error)
{
    guint marks = 0;
    const int at = (int)night->outcomes->len - 1;
    const SpStageOutcome *last = outcome_at(night, at);
    if (!night->is_stopped || strcmp(last->stage, "publish") != 0 ||
        !sp_outcome_may_pass(last->exit_status)) {
        return TRUE;
    }
    g_autofree char *current = sp_edition_current(context);
    g_autofree char *made = sp_edition_made(context, &marks, NULL);
    g_autofree char *untold = NULL;
    if (!sp_announce_untold(context, &untold, error)) {
        return FALSE;
    }
    if (untold == NULL || made == NULL || current == NULL) {
        return TRUE;
    }
    gboolean is_fine = strcmp(made, current) == 0;
    if (!is_fine && !is_waiting(context, made, &is_fine, error)) {
        return FALSE;
    }
    if (is_fine) {
        night->warning =
            g_strdup_printf("edition %s is published, but not delivered to %s; the next "
                            "run sends it",
                            current, untold);
        night->is_stopped = FALSE;
        night->failed = night->failed == at ? -1 : night->failed;
    }
    return TRUE;
}

/* "normalise failed (exit 65): what it said; still served: edition …". */
static gboolean tell_failure(SpContext *context, const Night *night, GError **error)
{
    const SpStageOutcome *failed = outcome_at(night, night->failed);
    g_autofree char *program = g_strconcat("statpakke-", failed->stage, NULL);
    g_autofree char *current = sp_edition_current(context);
    const SpRunMessage *said = sp_runlog_last_error(night->messages, program);
    said = said != NULL ? said : sp_runlog_last_error(night->messages, context->program);
    sp_watch_stage(context->watch, failed->stage);
    return sp_error_set(error, (SpErrorCode)failed->exit_status, "%s failed (exit %d)%s%s; %s%s",
                        failed->stage, failed->exit_status, said != NULL ? ": " : "",
                        said != NULL ? said->text : "",
                        current != NULL ? "still served: edition " : "no edition is served yet",
                        current != NULL ? current : "");
}

/* What was said on the way, once more and together: it may stand pages above. For programs it is in
 * run.json. */
static void summarise(const SpContext *context, const Night *night)
{
    SpLog log = context->log;
    if (night->messages->len < 2 || log.form == SP_LOG_JSON) {
        return;
    }
    log.file = NULL;
    sp_log(&log, SP_LOG_ERROR,
           "run %" G_GINT64_FORMAT " failed; its warnings and errors were:", context->run);
    for (guint i = 0; i < night->messages->len; i++) {
        const SpRunMessage *message = night->messages->pdata[i];
        sp_log(&log, SP_LOG_ERROR, "  %s: %s: %s", message->level, message->program, message->text);
    }
}

/* For all steps at once. */
static void tell_walls(const SpContext *context, guint n_made)
{
    g_autofree char *why = NULL;
    if (n_made > 0 && !sp_network_can_close(&why)) {
        sp_network_tell(&context->log, why);
    }
}

/* A night that made nothing and failed nowhere leaves no trace but its row in the ledger. */
static gboolean tell(SpContext *context, Night *night, gboolean is_failure, GError **error)
{
    guint n_made = 0;
    g_autofree char *current = sp_edition_current(context);
    g_autoptr(GError) failure = NULL;
    const SpStageOutcome *failed = outcome_at(night, night->failed);
    if (night->warning != NULL) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", night->warning);
    }
    night->messages = sp_runlog_read(context->log_file != NULL ? context->log_file : "");
    if (is_failure) {
        summarise(context, night);
        (void)tell_failure(context, night, &failure);
    } else if (failed != NULL) {
        sp_log(&context->log, SP_LOG_WARNING, "%s failed (exit %d) and older snapshots stood in",
               failed->stage, failed->exit_status);
    }
    if (!sp_ledger_n_made(context->ledger, context->run, &n_made, error)) {
        return FALSE;
    }
    tell_walls(context, n_made);
    const SpRunTold told = {.outcomes = night->outcomes,
                            .messages = night->messages,
                            .exit_status = failure != NULL ? sp_error_exit_status(failure) : 0,
                            .message = failure != NULL ? failure->message : night->warning,
                            .edition = current};
    if (!context->options.is_dry_run && (n_made > 0 || failed != NULL || night->warning != NULL) &&
        !sp_runfile_write(context, &told, failure == NULL ? error : NULL) && failure == NULL) {
        return FALSE;
    }
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    tell_end(context, n_made, current);
    return TRUE;
}

/* Where an edition is published the package tells what is stale in it. A run that publishes nothing
 * says so itself, by its exit. */
static gboolean check_stand_ins(SpContext *context, GError **error)
{
    if (context->options.is_dry_run || context->options.trial != NULL) {
        return TRUE;
    }
    g_autoptr(GPtrArray) list = sp_stand_in_list(context, error);
    if (list == NULL) {
        return FALSE;
    }
    return list->len == 0 ||
           sp_error_set(error, SP_ERROR_DATA, "an older snapshot stands in for %s",
                        (const char *)list->pdata[0]);
}

/* The run before ours, when it never ended: it was killed, or the power was cut. */
static void tell_unfinished(const SpContext *context)
{
    gint64 began = 0;
    g_autofree char *program = NULL;
    g_autoptr(GError) failure = NULL;
    if (!sp_stage_times_unfinished(context->ledger, context->run, &began, &program, &failure)) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", failure->message);
        return;
    }
    if (program != NULL) {
        g_autofree char *since = sp_time_format(began);
        g_autofree char *sentence = g_strdup_printf(
            "%s, begun %s, did not finish: it was killed, or the power was cut", program, since);
        sp_log(&context->log, SP_LOG_WARNING, "%s; this run goes on from what it had finished",
               sentence);
        if (strcmp(program, context->program) == 0) {
            sp_watch_cut(context->watch, sentence);
        }
    }
}

/* Whoever waits for the end of a night waits for that of no trial, and of none that only says what
 * it would do. */
static void start(const SpOptions *given, SpContext *context, const GError *failure)
{
    const char *set =
        context == NULL ? NULL : sp_config_value(context->config, "run", "notify_cmd");
    const char *command = notify_cmd != NULL ? notify_cmd : set;
    if (command != NULL && command[0] != '\0' && !given->is_dry_run && given->trial == NULL) {
        sp_watch_begin(given, context, failure, command);
    }
}

static gboolean take_night(SpContext *context, Night *night, GError **error)
{
    night->steps = sp_steps_choose(context, &choice, error);
    if (night->steps == NULL || !sp_step_limits(context, &night->limits, error) ||
        !take_steps(context, night, error) || !forgive_publish(context, night, error)) {
        return FALSE;
    }
    const gboolean publishes = sp_steps_have(night->steps, "publish");
    const gboolean is_failure = night->failed >= 0 && (night->is_stopped || !publishes);
    return tell(context, night, is_failure, error) &&
           (publishes || !sp_steps_have(night->steps, "normalise") ||
            check_stand_ins(context, error));
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    g_autoptr(GError) failure = NULL;
    g_autoptr(GError) untold = NULL;
    g_auto(Night)
        night = {.failed = -1, .outcomes = g_array_new(FALSE, FALSE, sizeof(SpStageOutcome))};
    sp_watch_run(context->watch, context->run);
    tell_unfinished(context);
    (void)take_night(context, &night, &failure);
    const SpMetricsRun metrics = {
        .outcomes = night.outcomes,
        .exit_status = failure == NULL ? 0 : sp_error_exit_status(failure),
        .is_night = night.steps != NULL && sp_steps_have(night.steps, "publish")};
    if (!sp_metrics_write(context, &metrics, &untold)) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", untold->message);
    }
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return TRUE;
}

static const char *const config_keys[] = {SP_STEP_LIMIT_KEYS, SP_WATCH_COMMAND_SETTING,
                                          SP_WATCH_TIMEOUT_SETTING, SP_METRICS_SETTING, NULL};

const SpProgram sp_program_run = {
    .name = "run",
    .summary = "Run the stages that are not up to date, in order (what cron calls)",
    .access = SP_ACCESS_WRITE,
    .needs_network = TRUE,
    .takes = SP_TAKES_ALL,
    .options = options,
    .config_keys = config_keys,
    .start = start,
    .run = run,
};
