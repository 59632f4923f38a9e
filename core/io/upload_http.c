/* WebDAV (RFC 4918), and web servers that take PUT alone. */
#include "core/error.h"
#include "core/io/upload_way.h"

static gboolean is_done(const SpTransfer *transfer)
{
    return transfer->result == CURLE_OK && transfer->status >= 200 && transfer->status < 300;
}

/* 207 says that some of it was not moved, or removed (RFC 4918, 9.9.4 and 9.6.1). */
static gboolean is_whole(const SpTransfer *transfer)
{
    return is_done(transfer) && transfer->status != 207;
}

static void ask(SpTransfer *transfer, SpUpload *upload, const char *path, const char *method)
{
    sp_transfer_init(transfer, upload, path);
    curl_easy_setopt(transfer->curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(transfer->curl, CURLOPT_NOBODY, 1L);
}

/* A server that knows WebDAV says so when it is asked what it can do. */
static gboolean can_rename(SpUpload *upload, gboolean *can, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    struct curl_header *header = NULL;
    ask(&transfer, upload, "", "OPTIONS");
    if (!sp_transfer_run(&transfer, error)) {
        return FALSE;
    }
    *can = is_done(&transfer) &&
           curl_easy_header(transfer.curl, "DAV", 0, CURLH_HEADER, -1, &header) == CURLHE_OK;
    return TRUE;
}

static gboolean make_folder(SpUpload *upload, const char *path, gboolean *is_new, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    g_autofree char *folder = g_strconcat(path, "/", NULL);
    ask(&transfer, upload, folder, "MKCOL");
    if (!sp_transfer_run(&transfer, error)) {
        return FALSE;
    }
    *is_new = is_done(&transfer);
    return *is_new || transfer.status == 405 /* it is there */ ||
           sp_transfer_refuse(&transfer, error);
}

static gboolean size_of(SpUpload *upload, const char *path, gint64 *size, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    curl_off_t told = -1;
    sp_transfer_init(&transfer, upload, path);
    curl_easy_setopt(transfer.curl, CURLOPT_NOBODY, 1L);
    *size = -1;
    if (!sp_transfer_run(&transfer, error)) {
        return FALSE;
    }
    if (transfer.status == 404 || transfer.status == 410) {
        return TRUE;
    }
    curl_easy_getinfo(transfer.curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &told);
    *size = told;
    if (!is_done(&transfer)) {
        return sp_transfer_refuse(&transfer, error);
    }
    return told >= 0 || sp_error_set(error, SP_ERROR_UNAVAILABLE,
                                     "%s: the server does not tell its size (Content-Length of "
                                     "HEAD), so nobody can say whether it is there",
                                     transfer.url);
}

static gboolean has_folder(SpUpload *upload, const char *path, gboolean *has, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    g_autofree char *folder = g_strconcat(path, "/", NULL);
    sp_transfer_init(&transfer, upload, folder);
    curl_easy_setopt(transfer.curl, CURLOPT_CUSTOMREQUEST, "PROPFIND");
    transfer.list = curl_slist_append(NULL, "Depth: 0");
    curl_easy_setopt(transfer.curl, CURLOPT_HTTPHEADER, transfer.list);
    if (!sp_transfer_run(&transfer, error)) {
        return FALSE;
    }
    *has = is_done(&transfer);
    return *has || transfer.status == 404 || transfer.status == 410 ||
           sp_transfer_refuse(&transfer, error);
}

/* A server, or a proxy before it, that was silent too long after the last byte may have the file
 * all the same, and a large one is not to be sent twice. */
static gboolean begin_again(SpTransfer *transfer, gboolean *is_done, GError **error)
{
    gint64 there = -1;
    const gboolean may_be_there = transfer->is_same && transfer->left == 0;
    if ((may_be_there && !size_of(transfer->upload, transfer->path, &there, error)) ||
        !sp_transfer_read(transfer, transfer->file, 0, error)) {
        return FALSE;
    }
    *is_done = there == transfer->left;
    return TRUE;
}

static gboolean send_file(SpUpload *upload, const char *file, const char *path, gboolean is_same,
                          GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    sp_transfer_init(&transfer, upload, path);
    transfer.again = begin_again;
    transfer.is_same = is_same;
    /* curl would ask whether it may send at all, which some servers never answer. */
    transfer.list = curl_slist_append(NULL, "Expect:");
    curl_easy_setopt(transfer.curl, CURLOPT_HTTPHEADER, transfer.list);
    return sp_transfer_read(&transfer, file, 0, error) && sp_transfer_run(&transfer, error) &&
           (is_done(&transfer) || sp_transfer_refuse(&transfer, error));
}

static gboolean rename_to(SpUpload *upload, const char *from, const char *to, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    g_autofree char *name = g_uri_escape_string(to, "/", FALSE);
    g_autofree char *line = g_strdup_printf("Destination: %s/%s", upload->base, name);
    ask(&transfer, upload, from, "MOVE");
    transfer.list = curl_slist_append(NULL, line);
    transfer.list = curl_slist_append(transfer.list, "Overwrite: T");
    curl_easy_setopt(transfer.curl, CURLOPT_HTTPHEADER, transfer.list);
    return sp_transfer_run(&transfer, error) &&
           (is_whole(&transfer) || sp_transfer_refuse(&transfer, error));
}

static gboolean remove_folder(SpUpload *upload, const char *path, GError **error)
{
    g_auto(SpTransfer) transfer = {.fd = -1};
    g_autofree char *folder = g_strconcat(path, "/", NULL);
    ask(&transfer, upload, folder, "DELETE");
    return sp_transfer_run(&transfer, error) &&
           (is_whole(&transfer) || transfer.status == 404 || transfer.status == 410 ||
            sp_transfer_refuse(&transfer, error));
}

const SpUploadWay sp_upload_http = {.can_rename = can_rename,
                                    .make_folder = make_folder,
                                    .size = size_of,
                                    .has_folder = has_folder,
                                    .send = send_file,
                                    .rename = rename_to,
                                    .remove_folder = remove_folder};
