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

/* Runs commands in the target's folder and nothing else. */
static gboolean command(SpTransfer *transfer, SpUpload *upload, const char *const *lines,
                        GError **error)
{
    sp_transfer_init(transfer, upload, "");
    for (; *lines != NULL; lines++) {
        transfer->list = curl_slist_append(transfer->list, *lines);
    }
    curl_easy_setopt(transfer->curl, CURLOPT_QUOTE, transfer->list);
    curl_easy_setopt(transfer->curl, CURLOPT_NOBODY, 1L);
    return sp_transfer_run(transfer, error);
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
    if (!command(&transfer, upload, lines, error)) {
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

/* How much of a file is there: the rest is put after it. More than it has, or all of it, is
 * replaced. */
static gboolean begin(SpTransfer *transfer, const char *file, const char *path, GError **error)
{
    gint64 there = -1;
    if (!size_of(transfer->upload, path, &there, error) ||
        !sp_transfer_read(transfer, file, 0, error)) {
        return FALSE;
    }
    const gboolean is_part = there > 0 && there < transfer->left;
    curl_easy_setopt(transfer->curl, CURLOPT_APPEND, is_part ? 1L : 0L);
    return !is_part || sp_transfer_read(transfer, file, there, error);
}

typedef struct {
    SpTransfer transfer; /* first: what `again` is given */
    const char *file, *path;
} Sending;

static gboolean begin_again(SpTransfer *transfer, GError **error)
{
    const Sending *sending = (const Sending *)transfer;
    return begin(transfer, sending->file, sending->path, error);
}

static gboolean send_file(SpUpload *upload, const char *file, const char *path, GError **error)
{
    Sending sending = {.file = file, .path = path};
    sp_transfer_init(&sending.transfer, upload, path);
    sending.transfer.again = begin_again;
    const gboolean is_sent =
        begin(&sending.transfer, file, path, error) && sp_transfer_run(&sending.transfer, error) &&
        (sending.transfer.result == CURLE_OK || sp_transfer_refuse(&sending.transfer, error));
    sp_transfer_clear(&sending.transfer);
    return is_sent;
}

/* In one go, so that there is hardly a moment without the file; "*" lets a command fail. */
static gboolean rename_to(SpUpload *upload, const char *from, const char *to, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    g_autofree char *old = quoted(upload, from);
    g_autofree char *new = quoted(upload, to);
    g_autofree char *clear = g_strconcat("*rm ", new, NULL);
    g_autofree char *line = g_strdup_printf("rename %s %s", old, new);
    const char *const lines[] = {clear, line, NULL};
    return command(&transfer, upload, lines, error) &&
           (transfer.result == CURLE_OK || sp_transfer_refuse(&transfer, error));
}

const SpUploadWay sp_upload_sftp = {.can_rename = can_rename,
                                    .make_folder = make_folder,
                                    .size = size_of,
                                    .send = send_file,
                                    .rename = rename_to};
