/* Editions to their targets. */
#include "pipeline/deliver.h"

#include "core/error.h"
#include "core/period.h"
#include "outputs/feed/feed.h"
#include "pipeline/delivered.h"
#include "pipeline/edition.h"
#include "pipeline/feedfile.h"
#include "pipeline/letters.h"
#include "pipeline/sending.h"

#include <stdio.h>
#include <string.h>

#define STAGE "deliver"

/* ---- a target ---- */

static gboolean note(const SpSending *work, const GError *failure, GError **error)
{
    const SpExecution execution = {.stage = STAGE,
                                   .unit = work->target->name,
                                   .outcome = failure == NULL ? SP_OUTCOME_MADE : SP_OUTCOME_FAILED,
                                   .key = "",
                                   .content = "",
                                   .started = work->context->now,
                                   .message = failure == NULL ? NULL : failure->message};
    return sp_ledger_note(work->context->ledger, work->context->run, &execution, NULL, 0, error);
}

static gboolean is_delivered(const char *edition, const char *package, const char *path,
                             gconstpointer data)
{
    return sp_delivered_has_file(data, edition, package, path);
}

static gboolean deliver_feed(SpSending *work, GError **error)
{
    char print[SP_HASH_SIZE];
    g_autoptr(json_t) selected = sp_feed_select(work->feed, is_delivered, work->delivered);
    if (!sp_sending_print(work, selected, print, error) ||
        !sp_sending_feed(work, selected, error)) {
        return FALSE;
    }
    sp_delivered_set_feed(work->delivered, selected, print);
    return sp_delivered_write(work->context, work->target, work->delivered, error);
}

/* What is damaged here by now is not spread. */
static gboolean deliver_parcel(SpSending *work, GError **error)
{
    const SpParcel *parcel = work->parcel;
    if (!sp_edition_check(work->context, parcel->folder, error) ||
        !sp_sending_parcel(work, error)) {
        return FALSE;
    }
    sp_delivered_add(work->delivered, work->target, parcel);
    if (!sp_delivered_write(work->context, work->target, work->delivered, error)) {
        return FALSE;
    }
    sp_log(&work->context->log, SP_LOG_INFO,
           "edition %s is delivered to %s: %u packages, %u files, %.1f MB", parcel->edition,
           work->target->name, parcel->names->len, parcel->files->len, (double)parcel->size / 1e6);
    return TRUE;
}

/* That an edition does not hold is not kept back until the files of another are sent, which may
 * take long, or fail. */
static gboolean deliver(SpSending *work, gboolean is_new, GError **error)
{
    const gboolean is_urgent =
        is_new && sp_delivered_believes_withdrawn(work->delivered, work->feed);
    return (!is_urgent || deliver_feed(work, error)) && (!is_new || deliver_parcel(work, error)) &&
           deliver_feed(work, error);
}

/* Whether anything of what is to be there is not; without a word to the target. */
static gboolean is_wanting(SpSending *work, gboolean *is_new, gboolean *is_wanting, GError **error)
{
    char print[SP_HASH_SIZE];
    *is_new = work->parcel != NULL && work->parcel->files->len > 0 &&
              !sp_delivered_has(work->delivered, work->parcel);
    *is_wanting = *is_new;
    if (*is_new || work->context->options.is_dry_run) {
        return TRUE;
    }
    g_autoptr(json_t) selected = sp_feed_select(work->feed, is_delivered, work->delivered);
    if (!sp_sending_print(work, selected, print, error)) {
        return FALSE;
    }
    *is_wanting = strcmp(print, sp_delivered_feed(work->delivered)) != 0;
    return TRUE;
}

static void tell_plan(const SpSending *work, gboolean is_new)
{
    if (work->parcel == NULL) {
        return;
    }
    sp_log(&work->context->log, SP_LOG_INFO,
           is_new ? "%s would be delivered to %s (%s): %u packages, %u files, %.1f MB"
                  : "%s is delivered to %s (%s) already: %u packages, %u files, %.1f MB",
           work->parcel->edition, work->target->name, work->target->url, work->parcel->names->len,
           work->parcel->files->len, (double)work->parcel->size / 1e6);
}

/* A target that has what it should have by now (the edition that it did not get was withdrawn) does
 * not fail any more. */
static gboolean note_that_all_is_well(const SpSending *work, GError **error)
{
    gint64 since = 0;
    return sp_ledger_failing_since(work->context->ledger, STAGE, work->target->name, &since,
                                   error) &&
           (since == 0 || note(work, NULL, error));
}

static gboolean deliver_to(SpSending *work, const char *edition, GError **error)
{
    gboolean is_new = FALSE;
    gboolean is_to_do = FALSE;
    work->delivered = sp_delivered_read(work->context, work->target, error);
    if (work->delivered == NULL) {
        return FALSE;
    }
    if (edition != NULL) {
        work->parcel = sp_parcel_new(work->context, work->target, work->feed, edition, error);
        if (work->parcel == NULL) {
            return FALSE;
        }
    }
    if (!is_wanting(work, &is_new, &is_to_do, error)) {
        return FALSE;
    }
    if (work->context->options.is_dry_run) {
        tell_plan(work, is_new);
        return TRUE;
    }
    if (!is_to_do) {
        return note_that_all_is_well(work, error);
    }
    g_autoptr(GError) failure = NULL;
    if (sp_sending_open(work, &failure) && deliver(work, is_new, &failure)) {
        return note(work, NULL, error);
    }
    if (!note(work, failure, error)) {
        return FALSE;
    }
    g_propagate_prefixed_error(error, g_steal_pointer(&failure),
                               "[" SP_TARGET_SECTION "%s]: ", work->target->name);
    return FALSE;
}

/* ---- all ---- */

/* Keeps the first failure, and tells the others. */
static void keep_failure(SpContext *context, GError **first, GError *failure)
{
    if (*first == NULL) {
        *first = failure;
        return;
    }
    sp_log(&context->log, SP_LOG_WARNING, "%s", failure->message);
    g_error_free(failure);
}

static void miss(GHashTable *missing, const GArray *packages, const SpDeliveryTarget *target)
{
    for (guint i = 0; i < packages->len; i++) {
        const char *region = g_array_index(packages, SpFeedPackage, i).region;
        if (sp_target_wants(target, region)) {
            g_hash_table_add(missing, (gpointer)region);
        }
    }
}

gboolean sp_deliver_check(SpContext *context, GError **error)
{
    g_autoptr(GPtrArray) targets = sp_targets_list(context, error);
    return targets != NULL && sp_letters_check(context, error);
}

gboolean sp_deliver(SpContext *context, const json_t *feed, GError **error)
{
    const char *edition = sp_feed_current(feed);
    g_autoptr(GPtrArray) targets = sp_targets_list(context, error);
    g_autoptr(GArray) packages = sp_feed_packages(feed, edition);
    g_autoptr(GHashTable) missing = g_hash_table_new(g_str_hash, g_str_equal);
    GError *first = NULL;
    for (guint i = 0; targets != NULL && i < targets->len; i++) {
        GError *failure = NULL;
        g_auto(SpSending) work = {.context = context, .target = targets->pdata[i], .feed = feed};
        if (!deliver_to(&work, edition, &failure)) {
            miss(missing, packages, targets->pdata[i]);
            keep_failure(context, &first, failure);
        }
    }
    GError *failure = NULL;
    if (targets != NULL && !sp_letters_send(context, feed, missing, &failure)) {
        keep_failure(context, &first, failure);
    }
    if (first != NULL) {
        g_propagate_prefixed_error(
            error, first,
            "what is published is published, but not all is delivered or told; the "
            "next publish tries again. ");
        return FALSE;
    }
    return targets != NULL;
}

static gboolean print_target(SpContext *context, SpLedger *ledger, const SpDeliveryTarget *target,
                             const json_t *feed, GError **error)
{
    gint64 since = 0;
    const char *edition = sp_feed_current(feed);
    g_autoptr(json_t) delivered = sp_delivered_read(context, target, error);
    g_autoptr(SpParcel) parcel = delivered != NULL && edition != NULL
                                     ? sp_parcel_new(context, target, feed, edition, NULL)
                                     : NULL;
    if (delivered == NULL || !sp_ledger_failing_since(ledger, STAGE, target->name, &since, error)) {
        return FALSE;
    }
    g_autofree char *began = sp_time_format(since);
    const char *state = edition == NULL                                         ? "nothing to have"
                        : parcel != NULL && sp_delivered_has(delivered, parcel) ? "has"
                                                                                : "does not have";
    printf("  %s  %s  %s%s%s%s%s\n", target->name, target->url, state, edition != NULL ? " " : "",
           edition != NULL ? edition : "", since != 0 ? "; it fails since " : "",
           since != 0 ? began : "");
    return TRUE;
}

gboolean sp_deliver_print(SpContext *context, SpLedger *ledger, GError **error)
{
    g_autoptr(GPtrArray) targets = sp_targets_list(context, error);
    g_autoptr(json_t) feed = targets == NULL ? NULL : sp_feedfile_read(context, error);
    if (feed == NULL) {
        return FALSE;
    }
    if (targets->len > 0) {
        printf("deliveries:\n");
    }
    for (guint i = 0; i < targets->len; i++) {
        if (!print_target(context, ledger, targets->pdata[i], feed, error)) {
            return FALSE;
        }
    }
    return sp_letters_print(context, sp_feed_current(feed), error);
}
