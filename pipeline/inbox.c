/* Deliveries by hand. */
#include "pipeline/inbox.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/io/files.h"
#include "core/io/json.h"

#include <string.h>

enum { MAX_RECEIPT_SIZE = 65536 };
#define RECEIPT ".mottatt.json"
static const gsize max_delivery = (gsize)1024 * 1024 * 1024;

char **sp_inbox_list(const SpContext *context, const char *dataset, const char *pattern,
                     char **folder, GError **error)
{
    g_autofree char *source = g_strndup(dataset, strcspn(dataset, "/"));
    *folder = sp_context_path(context, "inbox", source, NULL);
    if (!g_file_test(*folder, G_FILE_TEST_IS_DIR)) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "%s is not there; make it and put a file named like %s in it", *folder,
                     pattern);
        return NULL;
    }
    g_auto(GStrv) names = sp_folder_list(*folder, error);
    if (names == NULL) {
        return NULL;
    }
    g_autoptr(GStrvBuilder) fitting = g_strv_builder_new();
    gboolean is_any = FALSE;
    for (char **name = names; *name != NULL; name++) {
        if (!g_str_has_suffix(*name, RECEIPT) && !g_str_has_suffix(*name, SP_INBOX_REPORT) &&
            g_pattern_match_simple(pattern, *name)) {
            if (!g_utf8_validate(*name, -1, NULL)) {
                sp_error_set(error, SP_ERROR_DATA,
                             "a file in %s has a name that is not UTF-8; rename it", *folder);
                return NULL;
            }
            g_strv_builder_add(fitting, *name);
            is_any = TRUE;
        }
    }
    if (!is_any) {
        sp_error_set(error, SP_ERROR_NO_INPUT, "no file in %s is named like %s", *folder, pattern);
        return NULL;
    }
    return g_strv_builder_end(fitting);
}

gboolean sp_inbox_receipt(const SpContext *context, const char *path, const char *name, gsize size,
                          const char *hash, GError **error)
{
    g_autofree char *receipt = g_strconcat(path, RECEIPT, NULL);
    g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(context->now);
    g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
    g_autoptr(json_t) json = json_pack("{s:s, s:I, s:s*, s:s}", "name", name, "size",
                                       (json_int_t)size, "sha256", hash, "received", time);
    g_autofree char *text = sp_json_format(json);
    return sp_file_write(receipt, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

/* Once for a content: the receipt says when it came first. */
static gboolean write_receipt(const SpContext *context, const char *path, const char *name,
                              const char *bytes, gsize size, GError **error)
{
    g_autofree char *receipt = g_strconcat(path, RECEIPT, NULL);
    char hash[SP_HASH_SIZE];
    sp_hash_bytes(bytes, size, hash);
    gsize old_size = 0;
    g_autofree char *old = sp_file_read(receipt, MAX_RECEIPT_SIZE, &old_size, NULL);
    return (old != NULL && strstr(old, hash) != NULL) ||
           sp_inbox_receipt(context, path, name, size, hash, error);
}

SpFetched *sp_inbox_take(SpContext *context, const char *dataset, const char *pattern,
                         GError **error)
{
    g_autofree char *source = g_strndup(dataset, strcspn(dataset, "/"));
    g_autofree char *folder = NULL;
    g_auto(GStrv) names = sp_inbox_list(context, dataset, pattern, &folder, error);
    if (names == NULL) {
        return NULL;
    }
    const char *name = names[g_strv_length(names) - 1];
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
        sp_error_set(error, SP_ERROR_DATA, "%s is a link; put the file itself there", path);
        return NULL;
    }
    gsize size = 0;
    g_autofree char *bytes = sp_file_read(path, max_delivery, &size, error);
    if (bytes != NULL && size == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s is empty; ask the sender for it again, or remove it",
                     path);
        return NULL;
    }
    if (bytes == NULL || !write_receipt(context, path, name, bytes, size, error)) {
        return NULL;
    }
    const char *dot = strrchr(name, '.');
    SpFetched *fetched = g_new0(SpFetched, 1);
    fetched->bytes = g_bytes_new_take(g_steal_pointer(&bytes), size);
    fetched->url = g_strdup_printf("inbox:%s/%s", source, name);
    fetched->suffix = g_strdup(dot != NULL && dot[1] != '\0' ? dot + 1 : "bin");
    return fetched;
}
