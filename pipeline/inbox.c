/* Deliveries by hand. */
#include "pipeline/inbox.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/unpack.h"
#include "core/period.h"
#include "pipeline/snapshots.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_RECEIPT_SIZE = 65536 };
#define RECEIPT ".mottatt.json"
static const gsize max_delivery = (gsize)1024 * 1024 * 1024;

static void file_free(SpInboxFile *file)
{
    g_free(file->name);
    g_free(file->part);
    g_free(file);
}

gboolean sp_inbox_is_ours(const char *name)
{
    return g_str_has_suffix(name, RECEIPT) || g_str_has_suffix(name, SP_INBOX_REPORT);
}

GPtrArray *sp_inbox_list(const SpContext *context, const char *dataset,
                         const SpInboxPattern *pattern, char **folder, GError **error)
{
    g_autofree char *source = g_strndup(dataset, strcspn(dataset, "/"));
    *folder = sp_context_path(context, "inbox", source, NULL);
    if (!g_file_test(*folder, G_FILE_TEST_IS_DIR)) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "%s is not there; make it and put a file named like %s in it "
                     "(" SP_INBOX_PATTERN_HELP "), or take %s out of fetch.datasets",
                     *folder, sp_inbox_pattern_text(pattern), dataset);
        return NULL;
    }
    g_auto(GStrv) names = sp_folder_list(*folder, error);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)file_free);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *part =
            sp_inbox_is_ours(*name) ? NULL : sp_inbox_pattern_part(pattern, *name);
        if (part == NULL) {
            continue;
        }
        if (sp_inbox_name_is_passing(*name)) {
            sp_log(&context->log, SP_LOG_WARNING,
                   "%s: %s is the passing name of a file that is being put there; remove it if it "
                   "stays",
                   dataset, *name);
            continue;
        }
        SpInboxFile *file = g_new0(SpInboxFile, 1);
        file->name = g_strdup(*name);
        file->part = g_steal_pointer(&part);
        file->is_misnamed = !g_utf8_validate(*name, -1, NULL);
        g_ptr_array_add(files, file);
    }
    if (names != NULL && files->len == 0) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "no file in %s is named like %s (" SP_INBOX_PATTERN_HELP
                     "); put the delivery there, or take %s out of fetch.datasets",
                     *folder, sp_inbox_pattern_text(pattern), dataset);
    }
    return files->len == 0 ? NULL : g_steal_pointer(&files);
}

gboolean sp_inbox_check_name(const SpInboxFile *file, const char *folder, GError **error)
{
    return !file->is_misnamed ||
           sp_error_set(error, SP_ERROR_DATA,
                        "a file in %s has a name that is not UTF-8; rename it", folder);
}

gboolean sp_inbox_go_on(const SpContext *context, const char *dataset, GError **failure,
                        GError **first)
{
    gboolean is_of_file = g_error_matches(*failure, SP_ERROR, SP_ERROR_DATA) ||
                          g_error_matches(*failure, SP_ERROR, SP_ERROR_NO_INPUT) ||
                          g_error_matches(*failure, SP_ERROR, SP_ERROR_PERMISSION) ||
                          g_error_matches(*failure, SP_ERROR, SP_ERROR_TRY_LATER);
    if (*first == NULL) {
        *first = g_steal_pointer(failure);
    } else {
        sp_log(&context->log, SP_LOG_ERROR, "%s: %s", dataset, (*failure)->message);
        g_clear_error(failure);
    }
    return is_of_file;
}

/* Which of two files is in use and why; NULL if there is one. */
static char *explain(const SpReceipt *receipt)
{
    if (receipt->other == NULL) {
        return NULL;
    }
    if (strcmp(receipt->other, receipt->name) == 0) {
        return g_strdup("replaces an earlier file of the same name: of one name the last that came "
                        "is in use");
    }
    return g_strdup_printf("%s %s: of one delivery the last name in byte order is in use",
                           receipt->is_used ? "replaces" : "gives way to", receipt->other);
}

gboolean sp_inbox_receipt(const SpContext *context, const char *path, const SpReceipt *receipt,
                          GError **error)
{
    g_autofree char *to = g_strconcat(path, RECEIPT, NULL);
    g_autofree char *time = sp_time_format(context->now);
    const char *received = receipt->received != NULL ? receipt->received : time;
    g_autofree char *why = explain(receipt);
    g_autoptr(json_t) json = json_pack(
        "{s:s, s:I, s:s*, s:s, s:s*, s:b, s:s*}", "name", receipt->name, "size",
        (json_int_t)receipt->size, "sha256", receipt->hash, "received", received, "delivery",
        receipt->part[0] != '\0' ? receipt->part : NULL, "in_use", receipt->is_used, "why", why);
    g_autofree char *text = sp_json_format(json);
    return sp_file_write(to, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

gboolean sp_inbox_receipt_replaced(const char *path, const char *by, GError **error)
{
    g_autofree char *at = g_strconcat(path, RECEIPT, NULL);
    g_autofree char *name = g_path_get_basename(path);
    const SpReceipt replaced = {.name = name, .other = by};
    g_autofree char *why = explain(&replaced);
    g_autoptr(json_t) json = sp_json_read(at, MAX_RECEIPT_SIZE, NULL);
    if (json == NULL || g_strcmp0(json_string_value(json_object_get(json, "why")), why) == 0) {
        return TRUE;
    }
    json_object_set_new(json, "in_use", json_false());
    json_object_set_new(json, "why", json_string(why));
    g_autofree char *text = sp_json_format(json);
    return sp_file_write(at, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

char *sp_inbox_suffix(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (sp_unpack_kind(name) != SP_UNPACK_NONE) { /* what is packed is told too */
        const char *before = g_strrstr_len(name, dot - name, ".");
        dot = before != NULL && before[1] != '.' ? before : dot;
    }
    return g_strdup(dot != NULL && dot[1] != '\0' ? dot + 1 : "bin");
}

/* One file of the inbox. */
typedef struct {
    const SpInboxFile *is;
    char *path;
    gint64 size;
    char hash[SP_HASH_SIZE];
} Delivery;

static void delivery_clear(Delivery *delivery)
{
    g_clear_pointer(&delivery->path, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Delivery, delivery_clear)

/* Every night the inbox holds what it held the night before: the ledger knows it without
 * reading. */
static gboolean look_at_delivery(const SpContext *context, Delivery *delivery, GError **error)
{
    GStatBuf info;
    if (g_lstat(delivery->path, &info) != 0) {
        return sp_error_set_errno(error, errno, "cannot read %s", delivery->path);
    }
    if (S_ISLNK(info.st_mode)) {
        return sp_error_set(error, SP_ERROR_DATA, "%s is a link; put the file itself there",
                            delivery->path);
    }
    delivery->size = (gint64)info.st_size;
    if (S_ISREG(info.st_mode) && delivery->size == 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s is empty; ask the sender for it again, or remove it",
                            delivery->path);
    }
    return sp_ledger_hash_file(context->ledger, delivery->path, delivery->hash, error);
}

/* What an earlier receipt of the same content tells; NULL if there is none. */
static json_t *read_receipt(const Delivery *delivery)
{
    g_autofree char *path = g_strconcat(delivery->path, RECEIPT, NULL);
    g_autoptr(json_t) old = sp_json_read(path, MAX_RECEIPT_SIZE, NULL);
    const char *hash = json_string_value(json_object_get(old, "sha256"));
    return g_strcmp0(hash, delivery->hash) == 0 ? g_steal_pointer(&old) : NULL;
}

/* Once for a content and what is said of it, with the time that it came first. */
static gboolean write_receipt(SpContext *context, const char *dataset, const Delivery *delivery,
                              const char *other, gboolean is_used, GError **error)
{
    g_autoptr(json_t) old = read_receipt(delivery);
    const char *why = json_string_value(json_object_get(old, "why"));
    if (old != NULL && json_is_false(json_object_get(old, "in_use")) == !is_used &&
        (other == NULL || (why != NULL && strstr(why, other) != NULL))) {
        return TRUE;
    }
    if (other != NULL) {
        sp_log(&context->log, SP_LOG_INFO, "%s: %s %s %s, the last by name of one delivery",
               dataset, delivery->is->name, is_used ? "is used and not" : "gives way to", other);
    }
    const SpReceipt receipt = {.name = delivery->is->name,
                               .size = (guint64)delivery->size,
                               .hash = delivery->hash,
                               .part = delivery->is->part,
                               .is_used = is_used,
                               .other = other,
                               .received = json_string_value(json_object_get(old, "received"))};
    return sp_inbox_receipt(context, delivery->path, &receipt, error);
}

/* The file becomes the snapshot in use of its delivery, if it is not already. */
static gboolean keep(SpContext *context, const char *dataset, const Delivery *delivery, guint marks,
                     gboolean *is_new, GError **error)
{
    g_autoptr(SpSnapshot) newest = sp_snapshot_latest(context, dataset, delivery->is->part, NULL);
    g_autofree char *suffix = sp_inbox_suffix(delivery->is->name);
    if (newest != NULL && sp_snapshot_is(newest, delivery->hash, suffix) &&
        newest->marks == marks && sp_snapshot_is_intact(context, newest)) {
        return TRUE;
    }
    gsize size = 0;
    char *bytes = sp_file_read(delivery->path, max_delivery, &size, error);
    if (bytes == NULL) {
        return FALSE;
    }
    g_autofree char *source = g_strndup(dataset, strcspn(dataset, "/"));
    g_autoptr(SpFetched) fetched = g_new0(SpFetched, 1);
    fetched->bytes = g_bytes_new_take(bytes, size);
    fetched->url = g_strdup_printf("inbox:%s/%s", source, delivery->is->name);
    fetched->suffix = g_steal_pointer(&suffix);
    gboolean is_other = FALSE;
    const SpSnapshotAs as = {dataset, delivery->is->part, marks};
    if (!sp_snapshot_keep(context, &as, fetched, &is_other, error)) {
        return FALSE;
    }
    if (is_other) {
        sp_log(&context->log, SP_LOG_INFO, "%s: new snapshot of %s, %" G_GSIZE_FORMAT " bytes",
               dataset, delivery->is->name, size);
    }
    *is_new = *is_new || is_other;
    return TRUE;
}

/* The last, or last but one, of the files of one delivery; NULL if there is none. */
static const SpInboxFile *last_of(const GPtrArray *files, const char *part,
                                  const SpInboxFile *other_than)
{
    const SpInboxFile *last = NULL;
    for (guint i = 0; i < files->len; i++) {
        const SpInboxFile *file = files->pdata[i];
        if (file != other_than && !file->is_misnamed && strcmp(file->part, part) == 0) {
            last = file;
        }
    }
    return last;
}

gboolean sp_inbox_take(SpContext *context, const char *dataset, const SpInboxPattern *pattern,
                       guint marks, gboolean *is_new, GError **error)
{
    g_autofree char *folder = NULL;
    g_autoptr(GPtrArray) files = sp_inbox_list(context, dataset, pattern, &folder, error);
    GError *first = NULL;
    gboolean goes_on = TRUE;
    *is_new = FALSE;
    for (guint i = 0; files != NULL && goes_on && i < files->len; i++) {
        const SpInboxFile *file = files->pdata[i];
        const SpInboxFile *last = last_of(files, file->part, NULL);
        const SpInboxFile *other = file == last ? last_of(files, file->part, file) : last;
        g_auto(Delivery)
            delivery = {.is = file, .path = g_build_filename(folder, file->name, NULL)};
        g_autoptr(GError) failure = NULL;
        /* Files that only one is used of are not looked into unless they are that one, or their
         * part is told apart from others. */
        if (file != last && !file->is_misnamed && !sp_inbox_pattern_has_places(pattern)) {
            if (!sp_inbox_receipt_replaced(delivery.path, last->name, &failure)) {
                goes_on = sp_inbox_go_on(context, dataset, &failure, &first);
            }
            continue;
        }
        if (!sp_inbox_check_name(file, folder, &failure) ||
            !look_at_delivery(context, &delivery, &failure) ||
            !write_receipt(context, dataset, &delivery, other != NULL ? other->name : NULL,
                           file == last, &failure) ||
            (file == last && !keep(context, dataset, &delivery, marks, is_new, &failure))) {
            goes_on = sp_inbox_go_on(context, dataset, &failure, &first);
        }
    }
    if (first != NULL) {
        g_propagate_error(error, first);
        return FALSE;
    }
    return files != NULL;
}
