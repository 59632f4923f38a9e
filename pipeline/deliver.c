/* Editions to their targets. */
#include "pipeline/deliver.h"

#include "core/error.h"
#include "core/period.h"
#include "outputs/feed/feed.h"
#include "pipeline/delivered.h"
#include "pipeline/edition.h"
#include "pipeline/feedfile.h"
#include "pipeline/letters.h"
#include "pipeline/outcome.h"
#include "pipeline/sending.h"

#include <stdio.h>
#include <string.h>

/* ---- a target ---- */

static gboolean is_delivered(const char *edition, const char *package, const char *path,
                             gconstpointer data)
{
    return sp_delivered_has_file(data, edition, package, path);
}

/* `print`: what the target has then all of; "" while some of it is to come. */
static gboolean deliver_feed(SpSending *work, const char *print, GError **error)
{
    g_autoptr(json_t) selected = sp_feed_select(work->feed, is_delivered, work->delivered);
    if (!sp_sending_feed(work, selected, error)) {
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
static gboolean deliver(SpSending *work, gboolean is_new, const char *print, GError **error)
{
    const gboolean is_urgent =
        is_new && sp_delivered_believes_withdrawn(work->delivered, work->feed);
    return (!is_urgent || deliver_feed(work, "", error)) &&
           (!is_new || deliver_parcel(work, error)) && deliver_feed(work, print, error);
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

/* What a target is to have: all that the feed says, in these forms, as far as it is set to. A night
 * without news ends here, without a look at any edition. *is_done: it was not there yet, and is. */
static gboolean bring_up(SpSending *work, gboolean *is_done, GError **error)
{
    char print[SP_HASH_SIZE];
    const char *edition = sp_feed_current(work->feed);
    const gboolean is_dry_run = work->context->options.is_dry_run;
    work->delivered = sp_delivered_read(work->context, work->target, error);
    if (work->delivered == NULL || (!is_dry_run && !sp_sending_print(work, print, error))) {
        return FALSE;
    }
    if (!is_dry_run && g_strcmp0(print, sp_delivered_feed(work->delivered)) == 0) {
        return TRUE;
    }
    if (edition != NULL) {
        work->parcel = sp_parcel_new(work->context, work->target, work->feed, edition, error);
        if (work->parcel == NULL) {
            return FALSE;
        }
    }
    const gboolean is_new = work->parcel != NULL && work->parcel->files->len > 0 &&
                            !sp_delivered_has(work->delivered, work->parcel);
    if (is_dry_run) {
        tell_plan(work, is_new);
        return TRUE;
    }
    *is_done = sp_sending_open(work, error) && deliver(work, is_new, print, error);
    return *is_done;
}

/* A target that has what it should have by now (the edition that it did not get was withdrawn) does
 * not fail any more. */
static gboolean deliver_to(SpSending *work, GError **error)
{
    gboolean is_done = FALSE;
    const SpContext *context = work->context;
    const char *name = work->target->name;
    g_autoptr(GError) failure = NULL;
    if (bring_up(work, &is_done, &failure)) {
        return context->options.is_dry_run ||
               sp_outcome_note_well(context, SP_DELIVER_STAGE, name, is_done, NULL, error);
    }
    if (context->options.is_dry_run ||
        sp_outcome_note(context, SP_DELIVER_STAGE, name, SP_OUTCOME_FAILED, failure->message,
                        error)) {
        g_propagate_prefixed_error(error, g_steal_pointer(&failure),
                                   "[" SP_TARGET_SECTION "%s]: ", name);
    }
    return FALSE;
}

/* ---- all ---- */

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
    g_autoptr(GPtrArray) targets = sp_targets_list(context, error);
    g_autoptr(GArray) packages = sp_feed_packages(feed, sp_feed_current(feed));
    g_autoptr(GHashTable) missing = g_hash_table_new(g_str_hash, g_str_equal);
    GError *first = NULL;
    GError *failure = NULL;
    if (targets == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < targets->len; i++) {
        g_auto(SpSending) work = {.context = context, .target = targets->pdata[i], .feed = feed};
        if (!deliver_to(&work, &failure)) {
            miss(missing, packages, work.target);
            sp_outcome_keep(context, &first, g_steal_pointer(&failure));
        }
    }
    (void)sp_letters_send(context, feed, missing, &failure);
    sp_outcome_keep(context, &first, failure);
    if (first != NULL) {
        g_propagate_prefixed_error(
            error, first,
            "what is published is published, but not all is delivered or told; the "
            "next publish tries again. ");
        return FALSE;
    }
    return TRUE;
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
    if (delivered == NULL ||
        !sp_ledger_failing_since(ledger, SP_DELIVER_STAGE, target->name, &since, error)) {
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
    return sp_letters_print(context, ledger, sp_feed_current(feed), error);
}
