/* Editions to their targets. */
#include "pipeline/deliver.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/upload.h"
#include "outputs/signature/signature.h"
#include "pipeline/delivered.h"
#include "pipeline/edition.h"
#include "pipeline/feedfile.h"
#include "pipeline/letters.h"
#include "pipeline/login.h"

#include <stdio.h>
#include <string.h>

#define STAGE "deliver"
#define SCHEMAS "schemas"
/* What is not whole yet has another name than what is. */
#define UNFINISHED ".ny"

enum { MAX_WAIT_S = 900 };

/* One target, and what it has. */
typedef struct {
    SpContext *context;
    const SpDeliveryTarget *target;
    const json_t *feed;
    json_t *delivered;
    SpParcel *parcel; /* NULL: no edition is current */
    SpPace *pace;
    char *user, *password;
    SpUpload *upload;
    GHashTable *folders; /* path -> whether it was made now, as a pointer */
} Work;

static void work_clear(Work *work)
{
    g_clear_pointer(&work->delivered, json_decref);
    g_clear_pointer(&work->parcel, sp_parcel_free);
    g_clear_pointer(&work->upload, sp_upload_close);
    g_clear_pointer(&work->pace, sp_pace_free);
    g_clear_pointer(&work->folders, g_hash_table_unref);
    g_free(work->user);
    g_free(work->password);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static gboolean open_target(Work *work, GError **error)
{
    const SpDeliveryTarget *target = work->target;
    if (!sp_login_check(target->key_file, error) ||
        !sp_login_read(target->login_file, &work->user, &work->password, error)) {
        return FALSE;
    }
    work->pace = sp_pace_new(NULL, MAX_WAIT_S);
    work->folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const SpUploadTarget is = {.url = target->url,
                               .user = work->user,
                               .password = work->password,
                               .key_file = target->key_file,
                               .known_hosts = target->known_hosts,
                               .ca_file = target->ca_file,
                               .pace = work->pace};
    work->upload = sp_upload_open(&is, error);
    return work->upload != NULL;
}

/* ---- files ---- */

/* Makes the folders that a path lies in. *is_new: the innermost was made now, so nothing is in it.
 */
static gboolean make_folders(Work *work, const char *path, gboolean *is_new, GError **error)
{
    *is_new = FALSE;
    for (const char *end = strchr(path, '/'); end != NULL; end = strchr(end + 1, '/')) {
        gpointer known = NULL;
        g_autofree char *folder = g_strndup(path, (gsize)(end - path));
        if (g_hash_table_lookup_extended(work->folders, folder, NULL, &known)) {
            *is_new = GPOINTER_TO_INT(known);
            continue;
        }
        if (!sp_upload_make_folder(work->upload, folder, is_new, error)) {
            return FALSE;
        }
        g_hash_table_insert(work->folders, g_steal_pointer(&folder), GINT_TO_POINTER(*is_new));
    }
    return TRUE;
}

static gboolean send_file(Work *work, const SpParcelFile *file, const char *into,
                          gboolean is_filling, GError **error)
{
    gboolean is_new = FALSE;
    gboolean has = FALSE;
    g_autofree char *path = g_build_filename(into, file->path, NULL);
    g_autofree char *from = g_build_filename(work->parcel->folder, file->path, NULL);
    if (!make_folders(work, path, &is_new, error) ||
        (!is_new && !sp_upload_has(work->upload, path, file->size, file->sha256, &has, error))) {
        return FALSE;
    }
    return has || (is_filling ? sp_upload_replace(work->upload, from, path, error)
                              : sp_upload_send(work->upload, from, path, error));
}

/* Under another name, which is then the edition's. Where folders cannot be renamed, or where some
 * of the edition is already (it was delivered and forgotten, or with fewer packages), file by
 * file: nobody is told of them before the feed. */
static gboolean send_parcel(Work *work, GError **error)
{
    const SpParcel *parcel = work->parcel;
    const SpParcelFile *first = parcel->files->pdata[0];
    gboolean can = FALSE;
    gboolean is_there = FALSE;
    g_autofree char *probe = g_build_filename(parcel->edition, first->path, NULL);
    if (!sp_upload_can_rename(work->upload, &can, error) ||
        !sp_upload_has(work->upload, probe, first->size, first->sha256, &is_there, error)) {
        return FALSE;
    }
    const gboolean is_filling = !can || is_there;
    g_autofree char *into = g_strconcat(parcel->edition, is_filling ? "" : UNFINISHED, NULL);
    for (guint i = 0; i < parcel->files->len; i++) {
        if (!send_file(work, parcel->files->pdata[i], into, is_filling, error)) {
            return FALSE;
        }
    }
    return is_filling || sp_upload_rename_folder(work->upload, into, parcel->edition, error);
}

/* ---- the feed ---- */

static gboolean is_delivered(const char *edition, const char *package, const char *path,
                             gconstpointer data)
{
    return sp_delivered_has_file(data, edition, package, path);
}

/* Of the feed that a target gets: what tells it from another. */
static gboolean find_print(const Work *work, json_t *selected, char print[SP_HASH_SIZE],
                           GError **error)
{
    g_autofree char *text = sp_json_format(selected);
    g_autofree char *schemas = sp_context_path(work->context, "packages", SCHEMAS, NULL);
    g_auto(GStrv) names = sp_folder_list(schemas, error);
    g_autoptr(SpHash) hash = sp_hash_new();
    sp_hash_add_text(hash, text);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        char of[SP_HASH_SIZE];
        g_autofree char *path = g_build_filename(schemas, *name, NULL);
        if (!sp_file_hash(path, of, error)) {
            return FALSE;
        }
        sp_hash_add_text(hash, of);
    }
    sp_hash_finish(hash, print);
    return names != NULL;
}

static gboolean send_schemas(Work *work, GError **error)
{
    g_autofree char *schemas = sp_context_path(work->context, "packages", SCHEMAS, NULL);
    g_auto(GStrv) names = sp_folder_list(schemas, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        gboolean is_new = FALSE;
        g_autofree char *from = g_build_filename(schemas, *name, NULL);
        g_autofree char *path = g_build_filename(SCHEMAS, *name, NULL);
        if (!make_folders(work, path, &is_new, error) ||
            !sp_upload_replace(work->upload, from, path, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

/* What is sent lies here first, since it is not always what is in packages/. */
static gboolean send_text(Work *work, const char *text, const char *name, GError **error)
{
    g_autofree char *own = g_strdup_printf("%s.%s", work->target->name, name);
    g_autofree char *path = sp_context_path(work->context, SP_DELIVERED_FOLDER, own, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    return sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, error) &&
           sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error) &&
           sp_upload_replace(work->upload, path, name, error);
}

/* The feed last: whoever reads it finds what it tells of. */
static gboolean send_feed(Work *work, const json_t *selected, GError **error)
{
    g_auto(SpFeedFile) file = {0};
    return send_schemas(work, error) && sp_feedfile_sign(work->context, selected, &file, error) &&
           (file.signature == NULL ||
            send_text(work, file.signature, SP_FEED_NAME SP_SIGNATURE_ENDING, error)) &&
           send_text(work, file.text, SP_FEED_NAME, error);
}

/* ---- a target ---- */

static gboolean note(const Work *work, const GError *failure, GError **error)
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

static gboolean deliver(Work *work, gboolean is_new, GError **error)
{
    char print[SP_HASH_SIZE];
    if (is_new) {
        if (!send_parcel(work, error)) {
            return FALSE;
        }
        sp_delivered_add(work->delivered, work->target, work->parcel);
        if (!sp_delivered_write(work->context, work->target, work->delivered, error)) {
            return FALSE;
        }
        sp_log(&work->context->log, SP_LOG_INFO,
               "edition %s is delivered to %s: %u packages, %u files, %.1f MB",
               work->parcel->edition, work->target->name, work->parcel->names->len,
               work->parcel->files->len, (double)work->parcel->size / 1e6);
    }
    g_autoptr(json_t) selected = sp_feed_select(work->feed, is_delivered, work->delivered);
    if (!find_print(work, selected, print, error) || !send_feed(work, selected, error)) {
        return FALSE;
    }
    sp_delivered_set_feed(work->delivered, print);
    return sp_delivered_write(work->context, work->target, work->delivered, error);
}

/* Whether anything of what is to be there is not; without a word to the target. */
static gboolean is_wanting(Work *work, gboolean *is_new, gboolean *is_wanting, GError **error)
{
    char print[SP_HASH_SIZE];
    *is_new = work->parcel != NULL && work->parcel->files->len > 0 &&
              !sp_delivered_has(work->delivered, work->parcel);
    *is_wanting = *is_new;
    if (*is_new || work->context->options.is_dry_run) {
        return TRUE;
    }
    g_autoptr(json_t) selected = sp_feed_select(work->feed, is_delivered, work->delivered);
    if (!find_print(work, selected, print, error)) {
        return FALSE;
    }
    *is_wanting = strcmp(print, sp_delivered_feed(work->delivered)) != 0;
    return TRUE;
}

static void tell_plan(const Work *work, gboolean is_new)
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

static gboolean deliver_to(Work *work, const char *edition, GError **error)
{
    gboolean is_new = FALSE;
    gboolean is_to_do = FALSE;
    work->delivered = sp_delivered_read(work->context, work->target, error);
    if (work->delivered == NULL) {
        return FALSE;
    }
    if (edition != NULL) {
        work->parcel = sp_parcel_new(work->context, work->target, edition, error);
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
        return TRUE;
    }
    g_autoptr(GError) failure = NULL;
    if (open_target(work, &failure) && deliver(work, is_new, &failure)) {
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

static void miss(GHashTable *missing, SpContext *context, const SpDeliveryTarget *target)
{
    g_auto(GStrv) units = sp_edition_units(context, NULL);
    for (char **unit = units; unit != NULL && *unit != NULL; unit++) {
        if (sp_target_wants(target, *unit)) {
            g_hash_table_add(missing, g_strdup(*unit));
        }
    }
}

gboolean sp_deliver_check(SpContext *context, GError **error)
{
    g_autoptr(GPtrArray) targets = sp_targets_list(context, error);
    return targets != NULL && sp_letters_check(context, error);
}

gboolean sp_deliver(SpContext *context, const json_t *feed, const char *edition, GError **error)
{
    g_autoptr(GPtrArray) targets = sp_targets_list(context, error);
    g_autoptr(GHashTable) missing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GError *first = NULL;
    for (guint i = 0; targets != NULL && i < targets->len; i++) {
        GError *failure = NULL;
        g_auto(Work) work = {.context = context, .target = targets->pdata[i], .feed = feed};
        if (!deliver_to(&work, edition, &failure)) {
            miss(missing, context, targets->pdata[i]);
            keep_failure(context, &first, failure);
        }
    }
    const SpLettersOf letters = {.feed = feed, .edition = edition, .missing = missing};
    GError *failure = NULL;
    if (targets != NULL && !sp_letters_send(context, &letters, &failure)) {
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
                             const char *edition, GError **error)
{
    gint64 since = 0;
    g_autoptr(json_t) delivered = sp_delivered_read(context, target, error);
    g_autoptr(SpParcel) parcel =
        delivered != NULL && edition != NULL ? sp_parcel_new(context, target, edition, NULL) : NULL;
    if (delivered == NULL || !sp_ledger_failing_since(ledger, STAGE, target->name, &since, error)) {
        return FALSE;
    }
    g_autoptr(GDateTime) time = since != 0 ? g_date_time_new_from_unix_utc(since) : NULL;
    g_autofree char *began =
        time != NULL ? g_date_time_format(time, "; it fails since %Y-%m-%dT%H:%M:%SZ") : NULL;
    const char *state = edition == NULL                                         ? "nothing to have"
                        : parcel != NULL && sp_delivered_has(delivered, parcel) ? "has"
                                                                                : "does not have";
    printf("  %s  %s  %s%s%s%s\n", target->name, target->url, state, edition != NULL ? " " : "",
           edition != NULL ? edition : "", began != NULL ? began : "");
    return TRUE;
}

gboolean sp_deliver_print(SpContext *context, SpLedger *ledger, const char *edition, GError **error)
{
    g_autoptr(GPtrArray) targets = sp_targets_list(context, error);
    if (targets == NULL) {
        return FALSE;
    }
    if (targets->len > 0) {
        printf("deliveries:\n");
    }
    for (guint i = 0; i < targets->len; i++) {
        if (!print_target(context, ledger, targets->pdata[i], edition, error)) {
            return FALSE;
        }
    }
    return sp_letters_print(context, edition, error);
}
