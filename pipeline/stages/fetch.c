/*
 * fetch: bytes of every dataset from its source to a snapshot, nothing else. The only stage that
 * reads the network and the clock.
 */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/dataset.h"
#include "pipeline/deliveries.h"
#include "pipeline/inbox.h"
#include "pipeline/intake.h"

#include <string.h>

/* Paths in a configuration file are relative to the file that names them. */
static char *base_of(const SpContext *context, const char *dataset)
{
    const char *origin = sp_config_origin(context->config, dataset, "url");
    return origin != NULL && g_path_is_absolute(origin) ? g_path_get_dirname(origin)
                                                        : g_get_current_dir();
}

static gboolean fetch(SpContext *context, const char *dataset, const SpSettings *settings,
                      guint marks, gboolean *is_new, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    g_autofree char *base = base_of(context, dataset);
    const SpFetchContext at = {.base_folder = base};
    g_autoptr(SpFetched) fetched =
        extractor == NULL ? NULL : extractor->fetch(settings, &at, error);
    if (fetched == NULL || !sp_snapshot_keep(context, dataset, "", fetched, marks, is_new, error)) {
        return FALSE;
    }
    if (*is_new) {
        sp_log(&context->log, SP_LOG_INFO, "%s: new snapshot, %" G_GSIZE_FORMAT " bytes", dataset,
               g_bytes_get_size(fetched->bytes));
    }
    return TRUE;
}

/* What comes by hand. Deliveries that one would expect are told when there is something new. */
static gboolean take_in(SpContext *context, const char *dataset, const SpInboxPattern *pattern,
                        gboolean is_persons, guint marks, gboolean *is_new, GError **error)
{
    if (!sp_deliveries_choose(context, dataset, pattern, error) ||
        !(is_persons ? sp_intake_persons : sp_inbox_take)(context, dataset, pattern, marks, is_new,
                                                          error)) {
        return FALSE;
    }
    g_auto(GStrv) missing = *is_new ? sp_deliveries_missing(context, dataset, NULL) : NULL;
    for (char **part = missing; part != NULL && *part != NULL; part++) {
        sp_log(&context->log, SP_LOG_WARNING,
               "%s: there is no delivery %s, though those around it came; is it still to come?",
               dataset, *part);
    }
    return TRUE;
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
    g_autoptr(SpInboxPattern) pattern = NULL;
    if (!sp_dataset_inbox(settings, &pattern, error)) {
        return FALSE;
    }
    return pattern != NULL ? take_in(context, dataset, pattern, is_persons, marks, is_new, error)
                           : fetch(context, dataset, settings, marks, is_new, error);
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
        (void)fetch_dataset(context, *dataset, &is_new, &failure);
        if (failure != NULL || is_new) {
            note(context, *dataset, is_new, began, failure);
        }
        if (failure == NULL) {
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
