/* SFTP: libcurl's uploads, and its commands before a transfer. */
#include "core/error.h"
#include "core/io/upload_way.h"

#include <string.h>

/* A path as the server has it: what stands after /~ is in the user's own folder, where commands
 * begin. In double quotes, as libcurl reads its commands. g_free. */
static char *quoted(const SpUpload *upload, const char *path)
{
    const char *folder = upload->folder;
    g_autofree char *full = g_str_has_prefix(folder, "/~")
                                ? g_strconcat(folder[2] == '/' ? folder + 3 : "",
                                              folder[2] == '/' ? "/" : "", path, NULL)
                                : g_strconcat(folder, "/", path, NULL);
    GString *text = g_string_new("\"");
    for (const char *c = full; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            g_string_append_c(text, '\\');
        }
        g_string_append_c(text, *c);
    }
    g_string_append_c(text, '"');
    return g_string_free(text, FALSE);
}

/* Commands in the target's folder and nothing else. */
static void prepare(SpTransfer *transfer, SpUpload *upload, const char *const *lines)
{
    sp_transfer_init(transfer, upload, "");
    for (; *lines != NULL; lines++) {
        transfer->list = curl_slist_append(transfer->list, *lines);
    }
    curl_easy_setopt(transfer->curl, CURLOPT_QUOTE, transfer->list);
    curl_easy_setopt(transfer->curl, CURLOPT_NOBODY, 1L);
}

static gboolean can_rename(SpUpload *upload, gboolean *can, GError **error)
{
    (void)upload;
    (void)error;
    *can = TRUE;
    return TRUE;
}

/* The server does not say why it makes no folder; one that is not there is seen when a file goes
 * into it. */
static gboolean make_folder(SpUpload *upload, const char *path, gboolean *is_new, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    g_autofree char *name = quoted(upload, path);
    g_autofree char *line = g_strconcat("mkdir ", name, NULL);
    const char *const lines[] = {line, NULL};
    prepare(&transfer, upload, lines);
    if (!sp_transfer_run(&transfer, error)) {
        return FALSE;
    }
    *is_new = transfer.result == CURLE_OK;
    return TRUE;
}

static gboolean size_of(SpUpload *upload, const char *path, gint64 *size, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    curl_off_t told = 0;
    sp_transfer_init(&transfer, upload, path);
    curl_easy_setopt(transfer.curl, CURLOPT_NOBODY, 1L);
    *size = -1;
    if (!sp_transfer_run(&transfer, error)) {
        return FALSE;
    }
    if (transfer.result == CURLE_OK) {
        curl_easy_getinfo(transfer.curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &told);
        *size = MAX(told, 0); /* -1 is what libcurl tells of an empty file */
    }
    return TRUE;
}

typedef struct {
    SpTransfer transfer; /* first: what `again` is given */
    GString *text;
} Listing;

static size_t keep(const char *bytes, size_t size, size_t n, void *data)
{
    g_string_append_len(data, bytes, (gssize)(size * n));
    return size * n;
}

static gboolean forget(SpTransfer *transfer, gboolean *is_done, GError **error)
{
    (void)error;
    *is_done = FALSE;
    g_string_truncate(((Listing *)transfer)->text, 0);
    return TRUE;
}

/* *names: those in a folder, "." and ".." among them; NULL when it is not there. g_strfreev. */
static gboolean list(SpUpload *upload, const char *path, char ***names, GError **error)
{
    g_autofree char *folder = g_strconcat(path, "/", NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    Listing listing = {.text = text};
    SpTransfer *transfer = &listing.transfer;
    sp_transfer_init(transfer, upload, folder);
    transfer->again = forget;
    curl_easy_setopt(transfer->curl, CURLOPT_DIRLISTONLY, 1L);
    curl_easy_setopt(transfer->curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(transfer->curl, CURLOPT_WRITEDATA, text);
    const gboolean is_asked = sp_transfer_run(transfer, error);
    *names = is_asked && transfer->result == CURLE_OK ? g_strsplit(text->str, "\n", -1) : NULL;
    sp_transfer_clear(transfer);
    return is_asked;
}

/* A folder is one whose names can be listed. */
static gboolean has_folder(SpUpload *upload, const char *path, gboolean *has, GError **error)
{
    g_auto(GStrv) names = NULL;
    const gboolean is_asked = list(upload, path, &names, error);
    *has = names != NULL;
    return is_asked;
}

/* How much of the file is there: the rest is put after it, if any is lacking. More than it has, or
 * what is perhaps of another file, is replaced, at another try too: the first may not have come so
 * far. */
static gboolean begin(SpTransfer *transfer, gboolean *is_done, GError **error)
{
    gint64 there = -1;
    if ((transfer->is_same && !size_of(transfer->upload, transfer->path, &there, error)) ||
        !sp_transfer_read(transfer, transfer->file, 0, error)) {
        return FALSE;
    }
    const gboolean is_part = there > 0 && there < transfer->left;
    *is_done = there == transfer->left;
    curl_easy_setopt(transfer->curl, CURLOPT_APPEND, is_part ? 1L : 0L);
    return !is_part || sp_transfer_read(transfer, transfer->file, there, error);
}

static gboolean send_file(SpUpload *upload, const char *file, const char *path, gboolean is_same,
                          GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    gboolean is_done = FALSE;
    sp_transfer_init(&transfer, upload, path);
    transfer.again = begin;
    transfer.file = file;
    transfer.is_same = is_same;
    return begin(&transfer, &is_done, error) &&
           (is_done || (sp_transfer_run(&transfer, error) &&
                        (transfer.result == CURLE_OK || sp_transfer_refuse(&transfer, error))));
}

typedef struct {
    SpTransfer transfer; /* first: what `again` is given */
    const char *from;
} Renaming;

/* A connection may be lost after the rename: doing it again would remove what has its name now. */
static gboolean is_still_to_do(SpTransfer *transfer, gboolean *is_done, GError **error)
{
    const Renaming *renaming = (const Renaming *)transfer;
    gint64 size = -1;
    *is_done = FALSE;
    return size_of(transfer->upload, renaming->from, &size, error) &&
           (size >= 0 || sp_error_set(error, SP_ERROR_UNAVAILABLE,
                                      "%s/%s: the connection was lost while it was renamed",
                                      transfer->upload->base, renaming->from));
}

/* In one go, so that there is hardly a moment without the file; "*" lets a command fail. */
static gboolean rename_to(SpUpload *upload, const char *from, const char *to, GError **error)
{
    Renaming renaming = {.from = from};
    g_autofree char *old = quoted(upload, from);
    g_autofree char *new = quoted(upload, to);
    g_autofree char *clear = g_strconcat("*rm ", new, NULL);
    g_autofree char *line = g_strdup_printf("rename %s %s", old, new);
    const char *const lines[] = {clear, line, NULL};
    prepare(&renaming.transfer, upload, lines);
    renaming.transfer.again = is_still_to_do;
    const gboolean is_renamed =
        sp_transfer_run(&renaming.transfer, error) &&
        (renaming.transfer.result == CURLE_OK || sp_transfer_refuse(&renaming.transfer, error));
    sp_transfer_clear(&renaming.transfer);
    return is_renamed;
}

/* *paths: of what is in a folder; NULL when it is not there. */
static gboolean list_paths(SpUpload *upload, const char *path, GPtrArray **paths, GError **error)
{
    g_auto(GStrv) names = NULL;
    if (!list(upload, path, &names, error)) {
        return FALSE;
    }
    *paths = names != NULL ? g_ptr_array_new_with_free_func(g_free) : NULL;
    for (char **name = names; name != NULL && *name != NULL; name++) {
        if ((*name)[0] != '\0' && strchr(*name, '/') == NULL && strcmp(*name, ".") != 0 &&
            strcmp(*name, "..") != 0) {
            g_ptr_array_add(*paths, g_build_filename(path, *name, NULL));
        }
    }
    return TRUE;
}

/* What is no file stays; "*" lets a command fail. */
static gboolean remove_files(SpUpload *upload, const GPtrArray *paths, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *name = quoted(upload, paths->pdata[i]);
        g_ptr_array_add(lines, g_strconcat("*rm ", name, NULL));
    }
    g_ptr_array_add(lines, NULL);
    prepare(&transfer, upload, (const char *const *)lines->pdata);
    return sp_transfer_run(&transfer, error);
}

/* What is left when all files are gone are folders. */
static gboolean remove_folder(SpUpload *upload, const char *path, GError **error)
{
    g_autoptr(GPtrArray) all = NULL;
    g_autoptr(GPtrArray) folders = NULL;
    if (!list_paths(upload, path, &all, error)) {
        return FALSE;
    }
    if (all == NULL) {
        return TRUE; /* it is not there */
    }
    if (!remove_files(upload, all, error) || !list_paths(upload, path, &folders, error)) {
        return FALSE;
    }
    for (guint i = 0; folders != NULL && i < folders->len; i++) {
        if (!remove_folder(upload, folders->pdata[i], error)) {
            return FALSE;
        }
    }
    g_auto(SpTransfer) transfer = {.fd = -1};
    g_autofree char *name = quoted(upload, path);
    g_autofree char *line = g_strconcat("rmdir ", name, NULL);
    const char *const lines[] = {line, NULL};
    prepare(&transfer, upload, lines);
    return sp_transfer_run(&transfer, error) &&
           (transfer.result == CURLE_OK || sp_transfer_refuse(&transfer, error));
}

const SpUploadWay sp_upload_sftp = {.can_rename = can_rename,
                                    .make_folder = make_folder,
                                    .size = size_of,
                                    .has_folder = has_folder,
                                    .send = send_file,
                                    .rename = rename_to,
                                    .remove_folder = remove_folder};
