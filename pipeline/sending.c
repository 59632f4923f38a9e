/* Files to a target. */
#include "pipeline/sending.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/secret.h"
#include "outputs/signature/signature.h"
#include "pipeline/delivered.h"
#include "pipeline/feedfile.h"
#include "pipeline/keyfile.h"
#include "pipeline/login.h"

#include <string.h>

#define SCHEMAS "schemas"
/* What is not whole yet has another name than what is. */
#define UNFINISHED ".ny"

enum { MAX_WAIT_S = 900, PRINT_LENGTH = 8 };

void sp_sending_clear(SpSending *work)
{
    g_clear_pointer(&work->delivered, json_decref);
    g_clear_pointer(&work->parcel, sp_parcel_free);
    g_clear_pointer(&work->upload, sp_upload_close);
    g_clear_pointer(&work->pace, sp_pace_free);
    g_clear_pointer(&work->folders, g_hash_table_unref);
    g_clear_pointer(&work->user, sp_secret_free);
    g_clear_pointer(&work->password, sp_secret_free);
    g_free(work->key_file);
}

/* A target that had a feed has its forms still; a folder that nothing is mounted on has not, and is
 * not to be filled. */
static gboolean check_is_target(SpSending *work, GError **error)
{
    gboolean can = FALSE;
    gboolean is = FALSE;
    if (sp_delivered_feed(work->delivered) == NULL) {
        return TRUE;
    }
    if (!sp_upload_can_rename(work->upload, &can, error) ||
        (can && !sp_upload_has_folder(work->upload, SCHEMAS, &is, error))) {
        return FALSE;
    }
    return is || !can ||
           sp_error_set(error, SP_ERROR_UNAVAILABLE,
                        "%s: what was delivered is not there any more; is it mounted? If it was "
                        "emptied, remove " SP_DELIVERED_FOLDER
                        "/%s.json of the workspace, and all is sent again",
                        work->target->url, work->target->name);
}

gboolean sp_sending_open(SpSending *work, GError **error)
{
    const SpDeliveryTarget *target = work->target;
    if (!sp_keyfile_close_process(error) ||
        !sp_login_read(target->login_file, &work->user, &work->password, error)) {
        return FALSE;
    }
    work->key_file = target->key_file != NULL ? sp_secret_check(target->key_file, error) : NULL;
    if (target->key_file != NULL && work->key_file == NULL) {
        return FALSE;
    }
    work->pace = sp_pace_new(NULL, MAX_WAIT_S, "the next publish tries again");
    work->folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const SpUploadTarget is = {.url = target->url,
                               .user = work->user,
                               .password = work->password,
                               .key_file = work->key_file,
                               .known_hosts = target->known_hosts,
                               .ca_file = target->ca_file,
                               .timeout_s = target->timeout_s,
                               .tries.pace = work->pace};
    work->upload = sp_upload_open(&is, error);
    return work->upload != NULL && check_is_target(work, error);
}

/* ---- files ---- */

/* Makes the folders that a path lies in. *is_new: the innermost was made now, so nothing is in it.
 */
static gboolean make_folders(SpSending *work, const char *path, gboolean *is_new, GError **error)
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

static gboolean send_file(SpSending *work, const SpParcelFile *file, const char *into,
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
    return has || (is_filling ? sp_upload_replace(work->upload, from, path, TRUE, error)
                              : sp_upload_send(work->upload, from, path, error));
}

/* Where a parcel lies until it is whole, by what it holds: what was begun of another choice of
 * packages is not filled on. g_free. */
static char *unfinished_name(const SpParcel *parcel)
{
    return g_strdup_printf("%s.%.*s" UNFINISHED, parcel->edition, PRINT_LENGTH, parcel->hash);
}

/* What was begun and is wanted no more goes, or is somebody's to remove: it holds nothing up. */
static void remove_begun(SpSending *work, const char *folder)
{
    g_autoptr(GError) failure = NULL;
    if (g_str_has_suffix(folder, UNFINISHED) && strchr(folder, '/') == NULL &&
        !sp_upload_remove_folder(work->upload, folder, &failure)) {
        sp_log(&work->context->log, SP_LOG_WARNING,
               "[" SP_TARGET_SECTION "%s]: %s is not wanted any more and cannot be removed; remove "
               "it there: %s",
               work->target->name, folder, failure->message);
    }
}

/* Notes which folder is begun (NULL: none), before anything is in it. */
static gboolean begin(SpSending *work, const char *folder, GError **error)
{
    const char *begun = sp_delivered_begun(work->delivered);
    if (g_strcmp0(begun, folder) == 0) {
        return TRUE;
    }
    if (begun != NULL) {
        remove_begun(work, begun);
    }
    sp_delivered_begin(work->delivered, folder);
    return sp_delivered_write(work->context, work->target, work->delivered, error);
}

/* Gives the edition its name; the first and the last of its files are then there by it. */
static gboolean name_edition(SpSending *work, const char *from, GError **error)
{
    const SpParcel *parcel = work->parcel;
    const SpParcelFile *const ends[] = {parcel->files->pdata[0],
                                        parcel->files->pdata[parcel->files->len - 1]};
    if (!sp_upload_rename_folder(work->upload, from, parcel->edition, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        gboolean has = FALSE;
        g_autofree char *path = g_build_filename(parcel->edition, ends[i]->path, NULL);
        if (!sp_upload_has(work->upload, path, ends[i]->size, ends[i]->sha256, &has, error)) {
            return FALSE;
        }
        if (!has) {
            return sp_error_set(error, SP_ERROR_UNAVAILABLE,
                                "%s is not there, though %s was renamed to %s; remove both, and "
                                "all is sent again",
                                path, from, parcel->edition);
        }
    }
    return TRUE;
}

/* Under another name, which is then the edition's. Where folders cannot be renamed, or where the
 * edition's is there already (it was delivered and forgotten, or with fewer packages, or in one
 * form), file by file: nobody is told of them before the feed. */
gboolean sp_sending_parcel(SpSending *work, GError **error)
{
    const SpParcel *parcel = work->parcel;
    gboolean can = FALSE;
    gboolean is_there = FALSE;
    if (!sp_upload_can_rename(work->upload, &can, error) ||
        (can && !sp_upload_has_folder(work->upload, parcel->edition, &is_there, error))) {
        return FALSE;
    }
    const gboolean is_filling = !can || is_there;
    g_autofree char *into = is_filling ? g_strdup(parcel->edition) : unfinished_name(parcel);
    if (can && !begin(work, is_filling ? NULL : into, error)) {
        return FALSE;
    }
    for (guint i = 0; i < parcel->files->len; i++) {
        if (!send_file(work, parcel->files->pdata[i], into, is_filling, error)) {
            return FALSE;
        }
    }
    return is_filling || name_edition(work, into, error);
}

/* ---- the feed ---- */

static gboolean add_file(const SpSending *work, SpHash *hash, const char *path, GError **error)
{
    char of[SP_HASH_SIZE];
    if (!sp_ledger_hash_file(work->context->ledger, path, of, error)) {
        return FALSE;
    }
    sp_hash_add_text(hash, of);
    return TRUE;
}

gboolean sp_sending_print(const SpSending *work, char print[SP_HASH_SIZE], GError **error)
{
    const SpDeliveryTarget *target = work->target;
    g_autofree char *feed = sp_context_path(work->context, "packages", SP_FEED_NAME, NULL);
    g_autofree char *schemas = sp_context_path(work->context, "packages", SCHEMAS, NULL);
    g_auto(GStrv) names = sp_folder_list(schemas, error);
    g_autoptr(SpHash) hash = sp_hash_new();
    if (names == NULL || !add_file(work, hash, feed, error)) {
        return FALSE;
    }
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *path = g_build_filename(schemas, *name, NULL);
        if (!add_file(work, hash, path, error)) {
            return FALSE;
        }
    }
    for (char **region = target->regions; region != NULL && *region != NULL; region++) {
        sp_hash_add_text(hash, *region);
    }
    sp_hash_add_text(hash, target->has_zips ? "zips" : "");
    sp_hash_add_text(hash, target->has_folders ? "folders" : "");
    sp_hash_finish(hash, print);
    return TRUE;
}

static gboolean send_schemas(SpSending *work, GError **error)
{
    g_autofree char *schemas = sp_context_path(work->context, "packages", SCHEMAS, NULL);
    g_auto(GStrv) names = sp_folder_list(schemas, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        gboolean is_new = FALSE;
        g_autofree char *from = g_build_filename(schemas, *name, NULL);
        g_autofree char *path = g_build_filename(SCHEMAS, *name, NULL);
        if (!make_folders(work, path, &is_new, error) ||
            !sp_upload_replace(work->upload, from, path, FALSE, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

/* What is sent lies here first, since it is not always what is in packages/. */
static gboolean send_text(SpSending *work, const char *text, const char *name, GError **error)
{
    g_autofree char *own = g_strdup_printf("%s.%s", work->target->name, name);
    g_autofree char *path = sp_context_path(work->context, SP_DELIVERED_FOLDER, own, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    return sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, error) &&
           sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error) &&
           sp_upload_replace(work->upload, path, name, FALSE, error);
}

/* The feed last: whoever reads it finds what it tells of. */
gboolean sp_sending_feed(SpSending *work, json_t *selected, GError **error)
{
    g_auto(SpFeedFile) file = {0};
    return send_schemas(work, error) && sp_feedfile_sign(work->context, selected, &file, error) &&
           (file.signature == NULL ||
            send_text(work, file.signature, SP_FEED_NAME SP_SIGNATURE_ENDING, error)) &&
           send_text(work, file.text, SP_FEED_NAME, error);
}
