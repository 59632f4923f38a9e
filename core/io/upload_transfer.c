/* One call of libcurl to a target. */
#include "core/error.h"
#include "core/io/files.h"
#include "core/io/upload_way.h"

#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

enum {
    N_TRIES = 4,
    FIRST_WAIT_MS = 1000,
    MAX_WAIT_MS = 60000,
    MAX_RETRY_AFTER_S = 600,
    CONNECT_TIMEOUT_S = 20,
    SILENCE_S = 120, /* a target that takes nothing for so long has died */
    BUFFER_SIZE = 1024 * 1024
};

static size_t give(char *bytes, size_t size, size_t n, void *data)
{
    SpTransfer *transfer = data;
    const gsize want = (gsize)MIN((gint64)(size * n), transfer->left);
    gsize n_read = 0;
    if (!sp_fd_read(transfer->fd, transfer->file, bytes, want, &n_read, NULL) || n_read < want) {
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
    if (target->ca_file != NULL) {
        failed |= curl_easy_setopt(curl, CURLOPT_CAINFO, target->ca_file);
        failed |= curl_easy_setopt(curl, CURLOPT_CAPATH, NULL); /* the system's */
    }
    if (sp_upload_is_loopback(g_uri_get_host(uri))) {
        failed |= curl_easy_setopt(curl, CURLOPT_NOPROXY, "*"); /* it would be another machine */
    }
    return failed;
}

void sp_transfer_init(SpTransfer *transfer, SpUpload *upload, const char *path)
{
    g_autofree char *name = g_uri_escape_string(path, "/", FALSE);
    g_autoptr(GUri) uri = g_uri_parse(upload->target.url, G_URI_FLAGS_NONE, NULL);
    *transfer = (SpTransfer){.upload = upload, .curl = curl_easy_init(), .fd = -1};
    g_assert(transfer->curl != NULL && uri != NULL); /* the first only without memory */
    transfer->url = g_strconcat(upload->base, "/", name, NULL);
    CURL *curl = transfer->curl;
    CURLcode failed = set_login(curl, &upload->target, uri);
    failed |= curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, g_uri_get_scheme(uri));
    failed |= curl_easy_setopt(curl, CURLOPT_URL, transfer->url);
    failed |= curl_easy_setopt(curl, CURLOPT_SHARE, upload->share);
    failed |= curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    failed |= curl_easy_setopt(curl, CURLOPT_USERAGENT, "statpakke/0.1 (+nightly batch)");
    failed |= curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT_S);
    failed |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    failed |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SILENCE_S);
    failed |= curl_easy_setopt(curl, CURLOPT_UPLOAD_BUFFERSIZE, (long)BUFFER_SIZE);
    failed |= curl_easy_setopt(curl, CURLOPT_NEW_FILE_PERMS, (long)SP_MODE_PUBLIC_FILE);
    failed |= curl_easy_setopt(curl, CURLOPT_NEW_DIRECTORY_PERMS, (long)SP_MODE_PUBLIC_FOLDER);
    failed |= curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    failed |= curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->message);
    g_assert(failed == CURLE_OK);
}

void sp_transfer_clear(SpTransfer *transfer)
{
    curl_easy_cleanup(transfer->curl);
    curl_slist_free_all(transfer->list);
    g_free(transfer->url);
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
        return sp_error_set(error, SP_ERROR_IO, "%s: it has become smaller", file);
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

static gboolean is_transient(const SpTransfer *transfer)
{
    switch ((int)transfer->result) {
    case CURLE_OK:
        return transfer->status == 429 || transfer->status == 502 || transfer->status == 503 ||
               transfer->status == 504;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_SSH: /* a connection that was lost, among much else */
        return TRUE;
    default:
        return FALSE;
    }
}

/* What somebody may do about it. */
static const char *remedy_of(const SpTransfer *transfer)
{
    switch ((int)transfer->result) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
        return "; is the network up, and the address right?";
    case CURLE_PEER_FAILED_VERIFICATION:
        return transfer->upload->way == &sp_upload_sftp
                   ? "; the server's host key is not the one of known_hosts: ask its owner before "
                     "anything is changed"
                   : "; the certificate is not one of ca_file or the system's";
    case CURLE_REMOTE_FILE_NOT_FOUND:
    case CURLE_QUOTE_ERROR:
        return "; is the folder of the address there, and may the login write in it?";
    default:
        return "";
    }
}

static gboolean is_login_refused(const SpTransfer *transfer)
{
    return transfer->result == CURLE_LOGIN_DENIED ||
           (transfer->result == CURLE_OK && (transfer->status == 401 || transfer->status == 403));
}

gboolean sp_transfer_refuse(const SpTransfer *transfer, GError **error)
{
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
    const char *message =
        transfer->message[0] != '\0' ? transfer->message : curl_easy_strerror(transfer->result);
    return sp_error_set(error,
                        transfer->result == CURLE_SSL_CACERT_BADFILE ? SP_ERROR_CONFIG
                                                                     : SP_ERROR_UNAVAILABLE,
                        "%s: %s%s", transfer->url, message, remedy_of(transfer));
}

/* As long as the server asks for, or twice as long each time. */
static gboolean wait_again(const SpUpload *upload, guint n, gint64 retry_after_s, GError **error)
{
    const gint64 first =
        upload->target.first_wait_ms > 0 ? upload->target.first_wait_ms : FIRST_WAIT_MS;
    const gint64 wait_ms =
        retry_after_s > 0 ? retry_after_s * 1000 : MIN(first << MIN(n - 1, 10), MAX_WAIT_MS);
    if (upload->target.pace != NULL) {
        return sp_pace_wait(upload->target.pace, upload->base, wait_ms, error);
    }
    g_usleep((gulong)wait_ms * 1000);
    return TRUE;
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
    const guint n_tries = upload->target.n_tries > 0 ? upload->target.n_tries : N_TRIES;
    for (guint n = 1;; n++) {
        if (upload->target.pace != NULL &&
            !sp_pace_enter(upload->target.pace, upload->base, error)) {
            return FALSE;
        }
        transfer->message[0] = '\0';
        transfer->status = 0;
        transfer->result = curl_easy_perform(transfer->curl);
        if (upload->way == &sp_upload_http) {
            curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &transfer->status);
        }
        curl_off_t retry_after_s = 0;
        curl_easy_getinfo(transfer->curl, CURLINFO_RETRY_AFTER, &retry_after_s);
        if (!is_transient(transfer) || n >= n_tries || retry_after_s > MAX_RETRY_AFTER_S) {
            break;
        }
        if (!wait_again(upload, n, retry_after_s, error) ||
            (transfer->again != NULL && !transfer->again(transfer, error))) {
            return FALSE;
        }
    }
    return is_answer(transfer) && !is_transient(transfer) && !is_login_refused(transfer)
               ? TRUE
               : sp_transfer_refuse(transfer, error);
}
