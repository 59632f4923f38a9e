/* One call of libcurl to a target. */
#include "core/error.h"
#include "core/io/files.h"
#include "core/io/upload_way.h"

#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

enum {
    BUFFER_SIZE = 1024 * 1024,
    SLOW_BYTES = 1024, /* a second: who is slower for two minutes has died, or wants to keep us */
    STATUS_DONE = 200  /* of HTTP, as the server would have said */
};

static gboolean refuse_shrunk(const char *file, GError **error)
{
    return sp_error_set(error, SP_ERROR_IO, "%s: it has become smaller", file);
}

static size_t give(char *bytes, size_t size, size_t n, void *data)
{
    SpTransfer *transfer = data;
    const gsize want = (gsize)MIN((gint64)(size * n), transfer->left);
    gsize n_read = 0;
    g_clear_error(&transfer->failure);
    if (!sp_fd_read(transfer->fd, transfer->file, bytes, want, &n_read, &transfer->failure) ||
        (n_read < want && !refuse_shrunk(transfer->file, &transfer->failure))) {
        return CURL_READFUNC_ABORT;
    }
    transfer->left -= (gint64)n_read;
    return n_read;
}

/* What a server says to us is not kept: sizes and statuses are all that is asked. */
static size_t drop(const char *bytes, size_t size, size_t n, void *data)
{
    (void)bytes;
    (void)data;
    return size * n;
}

/* Only the ways that the target names are used to log in: no agent, no keys of the user's own. */
static CURLcode set_login(CURL *curl, const SpUploadTarget *target, GUri *uri)
{
    const char *user = target->user != NULL ? target->user : g_uri_get_user(uri);
    const long ssh = target->key_file != NULL ? CURLSSH_AUTH_PUBLICKEY
                                              : CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD;
    CURLcode failed = curl_easy_setopt(curl, CURLOPT_SSH_AUTH_TYPES, ssh);
    failed |= curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    if (user != NULL) {
        failed |= curl_easy_setopt(curl, CURLOPT_USERNAME, user);
    }
    if (target->password != NULL) {
        failed |= curl_easy_setopt(curl, CURLOPT_PASSWORD, target->password);
    }
    if (target->key_file != NULL) {
        failed |= curl_easy_setopt(curl, CURLOPT_SSH_PRIVATE_KEYFILE, target->key_file);
    }
    if (target->known_hosts != NULL) {
        failed |= curl_easy_setopt(curl, CURLOPT_SSH_KNOWNHOSTS, target->known_hosts);
    }
    return failed;
}

void sp_transfer_init(SpTransfer *transfer, SpUpload *upload, const char *path)
{
    g_autofree char *name = g_uri_escape_string(path, "/", FALSE);
    g_autoptr(GUri) uri = g_uri_parse(upload->target.url, G_URI_FLAGS_NONE, NULL);
    g_assert(uri != NULL);
    *transfer = (SpTransfer){.upload = upload,
                             .path = path,
                             .url = g_strconcat(upload->base, "/", name, NULL),
                             .fd = -1};
    CURL *curl = sp_curl_new(transfer->url, g_uri_get_scheme(uri), upload->target.ca_file,
                             transfer->message);
    CURLcode failed = set_login(curl, &upload->target, uri);
    failed |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    failed |= curl_easy_setopt(curl, CURLOPT_SHARE, upload->share);
    failed |= curl_easy_setopt(curl, CURLOPT_UPLOAD_BUFFERSIZE, (long)BUFFER_SIZE);
    failed |= curl_easy_setopt(curl, CURLOPT_NEW_FILE_PERMS, (long)SP_MODE_PUBLIC_FILE);
    failed |= curl_easy_setopt(curl, CURLOPT_NEW_DIRECTORY_PERMS, (long)SP_MODE_TARGET_FOLDER);
    failed |= curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    g_assert(failed == CURLE_OK);
    transfer->curl = curl;
}

void sp_transfer_clear(SpTransfer *transfer)
{
    curl_easy_cleanup(transfer->curl);
    curl_slist_free_all(transfer->list);
    g_free(transfer->url);
    g_clear_error(&transfer->failure);
    if (transfer->fd >= 0) {
        (void)g_close(transfer->fd, NULL);
    }
}

gboolean sp_transfer_read(SpTransfer *transfer, const char *file, gint64 from, GError **error)
{
    gsize size = 0;
    if (transfer->fd < 0) {
        transfer->fd = sp_file_open(file, &size, error);
    }
    const off_t end = transfer->fd < 0 ? -1 : lseek(transfer->fd, 0, SEEK_END);
    if (transfer->fd < 0) {
        return FALSE;
    }
    if (end < from || lseek(transfer->fd, (off_t)from, SEEK_SET) < 0) {
        return refuse_shrunk(file, error);
    }
    transfer->file = file;
    transfer->left = (gint64)end - from;
    CURLcode failed = curl_easy_setopt(transfer->curl, CURLOPT_UPLOAD, 1L);
    failed |= curl_easy_setopt(transfer->curl, CURLOPT_READFUNCTION, give);
    failed |= curl_easy_setopt(transfer->curl, CURLOPT_READDATA, transfer);
    failed |=
        curl_easy_setopt(transfer->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)transfer->left);
    g_assert(failed == CURLE_OK);
    return TRUE;
}

/* What somebody may do about it. */
static const char *remedy_of(const SpTransfer *transfer)
{
    switch ((int)transfer->result) {
    case CURLE_REMOTE_FILE_NOT_FOUND:
    case CURLE_QUOTE_ERROR:
        return "; is the folder of the address there, and may the login write in it?";
    case CURLE_PEER_FAILED_VERIFICATION:
        if (transfer->upload->way == &sp_upload_sftp) {
            return "; the server's host key is not the one of known_hosts: ask its owner before "
                   "anything is changed";
        }
        return sp_curl_remedy(transfer->result);
    default:
        return sp_curl_remedy(transfer->result);
    }
}

static gboolean is_login_refused(const SpTransfer *transfer)
{
    return transfer->result == CURLE_LOGIN_DENIED ||
           (transfer->result == CURLE_OK && (transfer->status == 401 || transfer->status == 403));
}

gboolean sp_transfer_refuse(const SpTransfer *transfer, GError **error)
{
    if (transfer->result == CURLE_ABORTED_BY_CALLBACK && transfer->failure != NULL) {
        g_propagate_error(error,
                          g_error_copy(transfer->failure)); /* it is ours, not the target's */
        return FALSE;
    }
    if (is_login_refused(transfer)) {
        return sp_error_set(error, SP_ERROR_PERMISSION,
                            "%s: the server refuses the login; is what login_file or key_file "
                            "holds right, and may it write there?",
                            transfer->url);
    }
    if (transfer->result == CURLE_OK) {
        return sp_error_set(error,
                            transfer->status == 429 ? SP_ERROR_TRY_LATER : SP_ERROR_UNAVAILABLE,
                            "%s: status %ld", transfer->url, transfer->status);
    }
    return sp_error_set(error, sp_curl_code(transfer->result), "%s: %s%s", transfer->url,
                        sp_curl_words(transfer->result, transfer->message), remedy_of(transfer));
}

/* An answer that says something of what was asked, and nothing of the connection. */
static gboolean is_answer(const SpTransfer *transfer)
{
    return transfer->result == CURLE_OK || transfer->result == CURLE_REMOTE_FILE_NOT_FOUND ||
           transfer->result == CURLE_QUOTE_ERROR;
}

gboolean sp_transfer_run(SpTransfer *transfer, GError **error)
{
    SpUpload *upload = transfer->upload;
    const SpTries *tries = &upload->target.tries;
    gboolean may_pass = FALSE;
    gboolean is_done = FALSE;
    for (guint n = 1;; n++) {
        gint64 left_ms = 0;
        if (!sp_upload_check_time(upload, &left_ms, error) ||
            !sp_tries_enter(tries, upload->base, error)) {
            return FALSE;
        }
        transfer->message[0] = '\0';
        transfer->status = 0;
        curl_easy_setopt(transfer->curl, CURLOPT_TIMEOUT_MS, (long)left_ms);
        transfer->result = curl_easy_perform(transfer->curl);
        if (upload->way == &sp_upload_http) {
            curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &transfer->status);
        }
        curl_off_t retry_after_s = 0;
        curl_easy_getinfo(transfer->curl, CURLINFO_RETRY_AFTER, &retry_after_s);
        may_pass = sp_curl_may_pass(transfer->result, transfer->status);
        if (may_pass && !sp_upload_check_time(upload, &left_ms, error)) {
            return FALSE;
        }
        if (!may_pass || !sp_tries_has_more(tries, n, retry_after_s)) {
            break;
        }
        if (!sp_tries_wait(tries, upload->base, n, retry_after_s, transfer->status == 429, error) ||
            (transfer->again != NULL && !transfer->again(transfer, &is_done, error))) {
            return FALSE;
        }
        if (is_done) {
            transfer->result = CURLE_OK;
            transfer->status = STATUS_DONE;
            return TRUE;
        }
    }
    return is_answer(transfer) && !may_pass && !is_login_refused(transfer)
               ? TRUE
               : sp_transfer_refuse(transfer, error);
}
