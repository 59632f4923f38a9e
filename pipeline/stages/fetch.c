/*
 * fetch: bytes of every dataset from its source to a snapshot, nothing else. The only stage that
 * reads the network and the clock.
 */
#include "pipeline/program.h"
#include "pipeline/progress.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/pace.h"
#include "pipeline/dataset.h"
#include "pipeline/deliveries.h"
#include "pipeline/inbox.h"
#include "pipeline/intake.h"
#include "pipeline/keyfile.h"
#include "pipeline/night/plan.h"
#include "pipeline/strays.h"

#include <string.h>

#define MAX_WAIT "fetch.max_wait_s"
enum { MAX_MAX_WAIT_S = 24 * 3600 };

/* The last two are read by extractors (extractors/ssb/unsettled.h) through their own settings. */
static const char *const config_keys[] = {MAX_WAIT, "fetch.unsettled_hours",
                                          "fetch.max_vanished_share", NULL};

/* Paths in a configuration file are relative to the file that names them. */
static char *base_of(const SpContext *context, const char *dataset)
{
    const char *origin = sp_config_origin(context->config, dataset, "url");
    return origin != NULL && g_path_is_absolute(origin) ? g_path_get_dirname(origin)
                                                        : g_get_current_dir();
}

/* What all datasets of a run share. */
typedef struct {
    SpPace *pace;
    GHashTable *answers; /* URL -> GBytes* */
} Shared;

static void shared_clear(Shared *shared)
{
    g_clear_pointer(&shared->pace, sp_pace_free);
    g_clear_pointer(&shared->answers, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shared, shared_clear)

static gboolean shared_init(Shared *shared, const SpContext *context, GError **error)
{
    gint64 max_wait_s = 0;
    g_autoptr(SpSettings) settings =
        sp_settings_new(context->config, NULL, config_keys, G_N_ELEMENTS(config_keys) - 1);
    if (!sp_settings_int(settings, MAX_WAIT, 0, MAX_MAX_WAIT_S, &max_wait_s, error)) {
        return FALSE;
    }
    shared->pace = sp_pace_new(NULL, max_wait_s, "fetch again later, or raise " MAX_WAIT);
    shared->answers =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    return TRUE;
}

/* The newest snapshot, if a new answer may rest on it: whole on disk, with the marks of today's
 * settings, and not when all is to be fetched anew. */
static SpSnapshot *find_newest(const SpContext *context, const char *dataset, guint marks)
{
    g_autoptr(SpSnapshot) newest = sp_snapshot_latest(context, dataset, "", NULL);
    gboolean is_usable = newest != NULL && !newest->is_encrypted && newest->marks == marks &&
                         !context->options.is_forced && sp_snapshot_is_intact(context, newest);
    return is_usable ? g_steal_pointer(&newest) : NULL;
}

static SpFetched *fetch(SpContext *context, const char *dataset, const SpSettings *settings,
                        const Shared *shared, guint marks, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    g_autofree char *base = base_of(context, dataset);
    g_autoptr(SpSnapshot) newest = find_newest(context, dataset, marks);
    SpFetchNewest told = {0};
    if (newest != NULL) {
        told = (SpFetchNewest){.path = newest->path,
                               .url = newest->url,
                               .updated = newest->updated,
                               .question = newest->question,
                               .etag = newest->etag,
                               .modified = newest->modified,
                               .title = newest->title};
    }
    const SpFetchContext at = {.base_folder = base,
                               .now = context->now,
                               .pace = shared->pace,
                               .answers = shared->answers,
                               .newest = newest != NULL ? &told : NULL};
    return extractor == NULL ? NULL : extractor->fetch(settings, &at, error);
}

static void tell_notes(SpContext *context, const char *dataset, const SpFetched *fetched)
{
    for (guint i = 0; fetched->notes != NULL && i < fetched->notes->len; i++) {
        sp_log(&context->log, SP_LOG_WARNING, "%s: %s", dataset,
               (const char *)g_ptr_array_index(fetched->notes, i));
    }
}

/* What is fetched becomes a snapshot. */
static gboolean keep(SpContext *context, const char *dataset, const SpFetched *fetched, guint marks,
                     gboolean *is_new, GError **error)
{
    const SpSnapshotAs as = {.dataset = dataset, .part = "", .marks = marks};
    if (!sp_snapshot_keep(context, &as, fetched, is_new, error)) {
        return FALSE;
    }
    tell_notes(context, dataset, fetched);
    if (*is_new) {
        sp_log(&context->log, SP_LOG_INFO, "%s: new snapshot, %" G_GSIZE_FORMAT " bytes", dataset,
               g_bytes_get_size(fetched->bytes));
    }
    return TRUE;
}

/* Deliveries by hand that one would expect: told when there is something new. */
static void tell_missing(SpContext *context, const char *dataset)
{
    g_auto(GStrv) missing = sp_deliveries_missing(context, dataset, NULL);
    for (char **part = missing; part != NULL && *part != NULL; part++) {
        sp_log(&context->log, SP_LOG_WARNING,
               "%s: there is no delivery %s, though those around it came; is it still to come?",
               dataset, *part);
    }
}

static gboolean fetch_dataset(SpContext *context, const char *dataset, const Shared *shared,
                              gboolean *is_new, GError **error)
{
    g_autoptr(SpSettings) settings = sp_dataset_settings(context, dataset, error);
    gboolean is_persons = FALSE;
    guint marks = 0;
    if (settings == NULL ||
        !sp_dataset_is_persons(context, dataset, settings, &is_persons, error) ||
        !sp_dataset_marks(settings, is_persons, &marks, error)) {
        return FALSE;
    }
    if (context->options.is_dry_run) {
        sp_log(&context->log, SP_LOG_INFO, "%s: would be fetched", dataset);
        return TRUE;
    }
    g_autoptr(SpInboxPattern) pattern = NULL;
    if (!sp_dataset_inbox(settings, &pattern, error)) {
        return FALSE;
    }
    if (pattern == NULL) {
        g_autoptr(SpFetched) fetched = fetch(context, dataset, settings, shared, marks, error);
        return fetched != NULL && keep(context, dataset, fetched, marks, is_new, error);
    }
    if (!sp_deliveries_choose(context, dataset, pattern, error) ||
        !(is_persons ? sp_intake_persons : sp_inbox_take)(context, dataset, pattern, marks, is_new,
                                                          error)) {
        return FALSE;
    }
    if (*is_new) {
        tell_missing(context, dataset);
    }
    return TRUE;
}

static void note(SpContext *context, const char *dataset, gboolean is_new, gint64 began,
                 const GError *failure)
{
    const SpExecution execution = {
        .stage = "fetch",
        .unit = dataset,
        .outcome =
            failure != NULL ? SP_OUTCOME_FAILED : (is_new ? SP_OUTCOME_MADE : SP_OUTCOME_REUSED),
        .key = "",
        .content = "",
        .started = context->now,
        .seconds = (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC,
        .message = failure != NULL ? failure->message : NULL,
    };
    g_autoptr(GError) error = NULL;
    if (!sp_ledger_note(context->ledger, context->run, &execution, NULL, 0, &error)) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", error->message);
    }
}

/* Since when a dataset has failed every night; 0 if it did not fail the last time. */
static gint64 failing_since(SpContext *context, const char *dataset)
{
    gint64 since = 0;
    g_autoptr(GError) error = NULL;
    if (!sp_ledger_failing_since(context->ledger, "fetch", dataset, &since, &error)) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", error->message);
    }
    return since;
}

/* A source that is down, and not our own settings or disk: what was fetched before is in use. */
static gboolean is_the_sources(const SpContext *context, const char *dataset, const GError *failure)
{
    g_autoptr(GPtrArray) snapshots = sp_deliveries_in_use(context, dataset, NULL);
    return snapshots != NULL && (g_error_matches(failure, SP_ERROR, SP_ERROR_UNAVAILABLE) ||
                                 g_error_matches(failure, SP_ERROR, SP_ERROR_TRY_LATER) ||
                                 g_error_matches(failure, SP_ERROR, SP_ERROR_DATA) ||
                                 g_error_matches(failure, SP_ERROR, SP_ERROR_NO_INPUT));
}

/* Says since when, and under the driver, where each night would say the same, only so. TRUE if that
 * is all there is to tell. */
static gboolean tell_again(SpContext *context, const char *dataset, gint64 since, GError *failure)
{
    if (since == 0 || !is_the_sources(context, dataset, failure)) {
        return FALSE;
    }
    g_autoptr(GDateTime) began = g_date_time_new_from_unix_utc(since);
    g_autofree char *day = g_date_time_format(began, "%Y-%m-%d");
    char *text = g_strdup_printf("since %s: %s", day, failure->message);
    g_free(failure->message);
    failure->message = text;
    if (context->is_child) {
        sp_log(&context->log, SP_LOG_INFO, "%s: %s", dataset, failure->message);
    }
    return context->is_child;
}

/* Files that nobody takes: once by the driver, which would else say so every night, and each time
 * by hand. The ledger remembers by path. */
static void tell_strays(SpContext *context)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) strays = sp_strays_find(context, &error);
    if (strays == NULL) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", error->message);
        return;
    }
    for (guint i = 0; i < strays->len; i++) {
        const SpStray *stray = strays->pdata[i];
        gboolean is_told = failing_since(context, stray->path) != 0;
        const GError told = {.domain = SP_ERROR, .code = SP_ERROR_NO_INPUT, .message = stray->text};
        if (!is_told) {
            note(context, stray->path, FALSE, g_get_monotonic_time(), &told);
        }
        sp_log(&context->log, is_told && context->is_child ? SP_LOG_INFO : SP_LOG_WARNING, "%s %s",
               stray->path, stray->text);
    }
}

/* A source that fails does not stop the others: its older snapshot stands in, and the first failure
 * is told at the end. */
static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    if (context->options.trial != NULL) {
        return sp_error_set(
            error, SP_ERROR_USAGE,
            "a trial (--as %s) works on the snapshots that are here; fetch without --as",
            context->options.trial);
    }
    g_auto(GStrv) datasets = sp_datasets_list(context, error);
    if (datasets == NULL || !sp_keyfile_close_process(error)) { /* tokens, and files of persons */
        return FALSE;
    }
    if (!sp_units_check(context, datasets, error)) {
        return FALSE;
    }
    g_auto(Shared) shared = {0};
    if (!shared_init(&shared, context, error)) {
        return FALSE;
    }
    GError *first = NULL;
    g_autoptr(SpProgress) progress = sp_progress_begin(context, "fetch", datasets);
    for (char **dataset = datasets; *dataset != NULL; dataset++) {
        if (!sp_unit_is_chosen(context, *dataset)) {
            continue;
        }
        g_autoptr(GError) failure = NULL;
        gboolean is_new = FALSE;
        gint64 began = g_get_monotonic_time();
        gint64 since = failing_since(context, *dataset);
        (void)fetch_dataset(context, *dataset, &shared, &is_new, &failure);
        sp_progress_step(progress, *dataset, TRUE);
        if (failure != NULL || is_new || (since != 0 && !context->options.is_dry_run)) {
            note(context, *dataset, is_new, began, failure);
        }
        if (failure == NULL || tell_again(context, *dataset, since, failure)) {
            continue;
        }
        g_prefix_error(&failure, "%s: ", *dataset);
        if (first == NULL) {
            first = g_steal_pointer(&failure);
        } else {
            sp_log(&context->log, SP_LOG_ERROR, "%s", failure->message);
        }
    }
    if (context->options.units == NULL && !context->options.is_dry_run) {
        tell_strays(context);
    }
    if (first != NULL) {
        g_propagate_error(error, first);
        return FALSE;
    }
    return TRUE;
}

/* What of a delivery's files fetch would take in: those of persons are there only until it has, of
 * others the last by name unless its content is in use. */
static gboolean is_waiting(const SpContext *context, const char *dataset, const char *folder,
                           const SpInboxFile *file)
{
    char hash[SP_HASH_SIZE];
    g_autofree char *path = g_build_filename(folder, file->name, NULL);
    g_autofree char *suffix = sp_inbox_suffix(file->name);
    g_autoptr(SpSnapshot) used = sp_snapshot_latest(context, dataset, file->part, NULL);
    return used == NULL || used->is_encrypted ||
           !sp_ledger_hash_file(context->ledger, path, hash, NULL) ||
           !sp_snapshot_is(used, hash, suffix);
}

static void plan_inbox(SpContext *context, const char *dataset, const SpInboxPattern *pattern,
                       SpPlan *plan)
{
    g_autofree char *folder = NULL;
    g_autoptr(GError) nothing = NULL;
    g_autoptr(GPtrArray) files = sp_inbox_list(context, dataset, pattern, &folder, &nothing);
    SpPlanned *planned = sp_plan_add(plan, "fetch", dataset, SP_PLAN_CURRENT);
    for (guint i = 0; files != NULL && i < files->len; i++) {
        const SpInboxFile *file = files->pdata[i];
        const SpInboxFile *next = i + 1 < files->len ? files->pdata[i + 1] : NULL;
        const gboolean is_last = next == NULL || strcmp(next->part, file->part) != 0;
        if (!file->is_misnamed && is_last && is_waiting(context, dataset, folder, file)) {
            planned->state = SP_PLAN_MAKE;
            sp_plan_because(planned, "%s waits in the inbox", file->name);
        }
    }
    g_autoptr(GPtrArray) used = sp_deliveries_in_use(context, dataset, NULL);
    if (planned->state == SP_PLAN_CURRENT && used == NULL) {
        planned->state = SP_PLAN_CANNOT;
        sp_plan_because(planned, "%s",
                        nothing != NULL ? nothing->message : "no delivery is in use");
    } else if (planned->state == SP_PLAN_CURRENT) {
        sp_plan_because(planned, "nothing new waits in the inbox");
    }
}

static void plan_url(const SpContext *context, const char *dataset, const SpSettings *settings,
                     SpPlan *plan)
{
    const char *url = NULL;
    g_autoptr(SpSnapshot) newest = sp_snapshot_latest(context, dataset, "", NULL);
    (void)sp_settings_text_or(settings, "url", "its source", &url, NULL);
    SpPlanned *planned =
        sp_plan_add(plan, "fetch", dataset, newest != NULL ? SP_PLAN_ASK : SP_PLAN_MAKE);
    if (newest != NULL) {
        sp_plan_because(planned, "asks %s whether it is still as received %s", url,
                        newest->received);
    } else {
        sp_plan_because(planned, "there is no snapshot of %s", url);
    }
}

static gboolean plan_dataset(SpContext *context, const char *dataset, SpPlan *plan, GError **error)
{
    g_autoptr(SpSettings) settings = sp_dataset_settings(context, dataset, error);
    g_autoptr(SpInboxPattern) pattern = NULL;
    if (settings == NULL || !sp_dataset_inbox(settings, &pattern, error)) {
        return FALSE;
    }
    if (pattern != NULL) {
        plan_inbox(context, dataset, pattern, plan);
    } else {
        plan_url(context, dataset, settings, plan);
    }
    return TRUE;
}

static gboolean plan(SpContext *context, SpPlan *plan, GError **error)
{
    g_auto(GStrv) datasets = sp_datasets_list(context, error);
    for (char **dataset = datasets; dataset != NULL && *dataset != NULL; dataset++) {
        if (sp_unit_is_chosen(context, *dataset) && !plan_dataset(context, *dataset, plan, error)) {
            return FALSE;
        }
    }
    return datasets != NULL;
}

const SpProgram sp_program_fetch = {
    .name = "fetch",
    .summary = "Fetch every dataset from its source, or from inbox/, to a snapshot",
    .access = SP_ACCESS_WRITE,
    .needs_network = TRUE,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS | SP_TAKES_UNIT | SP_TAKES_DRY_RUN |
             SP_TAKES_FORCE | SP_TAKES_TRIAL | SP_TAKES_WAIT,
    .config_keys = config_keys,
    .run = run,
    .plan = plan,
};
