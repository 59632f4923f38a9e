/*
 * fetch: bytes of every dataset from its source to a snapshot, nothing else. The only stage that
 * reads the network and the clock.
 */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/dataset.h"
#include "pipeline/inbox.h"
#include "pipeline/intake.h"
#include "pipeline/snapshots.h"

#include <string.h>

/* Paths in a configuration file are relative to the file that names them. */
static char *base_of(const SpContext *context, const char *dataset)
{
    const char *origin = sp_config_origin(context->config, dataset, "url");
    return origin != NULL && g_path_is_absolute(origin) ? g_path_get_dirname(origin)
                                                        : g_get_current_dir();
}

static SpFetched *fetch(SpContext *context, const char *dataset, const SpSettings *settings,
                        GError **error)
{
    const char *pattern = NULL;
    if (!sp_settings_text_or(settings, "inbox", NULL, &pattern, error)) {
        return NULL;
    }
    if (pattern != NULL) {
        return sp_inbox_take(context, dataset, pattern, error);
    }
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    g_autofree char *base = base_of(context, dataset);
    const SpFetchContext at = {.base_folder = base};
    return extractor == NULL ? NULL : extractor->fetch(settings, &at, error);
}

static gboolean fetch_dataset(SpContext *context, const char *dataset, gboolean *is_new,
                              GError **error)
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
    if (is_persons) {
        const char *pattern = sp_settings_text(settings, "inbox", error);
        return pattern != NULL &&
               sp_intake_persons(context, dataset, pattern, marks, is_new, error);
    }
    g_autoptr(SpFetched) fetched = fetch(context, dataset, settings, error);
    if (fetched == NULL || !sp_snapshot_keep(context, dataset, fetched, marks, is_new, error)) {
        return FALSE;
    }
    if (*is_new) {
        sp_log(&context->log, SP_LOG_INFO, "%s: new snapshot, %" G_GSIZE_FORMAT " bytes", dataset,
               g_bytes_get_size(fetched->bytes));
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
    g_autoptr(SpSnapshot) snapshot = sp_snapshot_latest(context, dataset, NULL);
    return snapshot != NULL && (g_error_matches(failure, SP_ERROR, SP_ERROR_UNAVAILABLE) ||
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
    if (datasets == NULL) {
        return FALSE;
    }
    if (!sp_units_check(context, datasets, error)) {
        return FALSE;
    }
    GError *first = NULL;
    for (char **dataset = datasets; *dataset != NULL; dataset++) {
        if (!sp_unit_is_chosen(context, *dataset)) {
            continue;
        }
        g_autoptr(GError) failure = NULL;
        gboolean is_new = FALSE;
        gint64 began = g_get_monotonic_time();
        gint64 since = failing_since(context, *dataset);
        (void)fetch_dataset(context, *dataset, &is_new, &failure);
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
    if (first != NULL) {
        g_propagate_error(error, first);
        return FALSE;
    }
    return TRUE;
}

const SpProgram sp_program_fetch = {
    .name = "fetch",
    .summary = "Fetch every dataset from its source, or from inbox/, to a snapshot",
    .access = SP_ACCESS_WRITE,
    .run = run,
};
