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

/* A folder is one whose names can be listed. */
static gboolean has_folder(SpUpload *upload, const char *path, gboolean *has, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    g_autofree char *folder = g_strconcat(path, "/", NULL);
    sp_transfer_init(&transfer, upload, folder);
    curl_easy_setopt(transfer.curl, CURLOPT_DIRLISTONLY, 1L);
    if (!sp_transfer_run(&transfer, error)) {
        return FALSE;
    }
    *has = transfer.result == CURLE_OK;
    return TRUE;
}

typedef struct {
    SpTransfer transfer; /* first: what `again` is given */
    const char *file, *path;
    gboolean is_same; /* what is there is a beginning of the file */
} Sending;

/* How much of the file is there: the rest is put after it. More than it has, all of it, or what is
 * perhaps of another file is replaced, at another try too: the first may not have come so far. */
static gboolean begin(SpTransfer *transfer, GError **error)
{
    const Sending *sending = (const Sending *)transfer;
    gint64 there = -1;
    if ((sending->is_same && !size_of(transfer->upload, sending->path, &there, error)) ||
        !sp_transfer_read(transfer, sending->file, 0, error)) {
        return FALSE;
    }
    const gboolean is_part = there > 0 && there < transfer->left;
    curl_easy_setopt(transfer->curl, CURLOPT_APPEND, is_part ? 1L : 0L);
    return !is_part || sp_transfer_read(transfer, sending->file, there, error);
}

static gboolean send_file(SpUpload *upload, const char *file, const char *path, gboolean is_same,
                          GError **error)
{
    Sending sending = {.file = file, .path = path, .is_same = is_same};
    sp_transfer_init(&sending.transfer, upload, path);
    sending.transfer.again = begin;
    const gboolean is_sent =
        begin(&sending.transfer, error) && sp_transfer_run(&sending.transfer, error) &&
        (sending.transfer.result == CURLE_OK || sp_transfer_refuse(&sending.transfer, error));
    sp_transfer_clear(&sending.transfer);
    return is_sent;
}

typedef struct {
    SpTransfer transfer; /* first: what `again` is given */
    const char *from;
} Renaming;

/* A connection may be lost after the rename: doing it again would remove what has its name now. */
static gboolean is_still_to_do(SpTransfer *transfer, GError **error)
{
    const Renaming *renaming = (const Renaming *)transfer;
    gint64 size = -1;
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

const SpUploadWay sp_upload_sftp = {.can_rename = can_rename,
                                    .make_folder = make_folder,
                                    .size = size_of,
                                    .has_folder = has_folder,
                                    .send = send_file,
                                    .rename = rename_to};
