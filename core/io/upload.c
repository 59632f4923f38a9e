/* Which way a target is reached, and what is the same on all ways. */
#include "core/io/upload.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/upload_way.h"

#include <glib/gstdio.h>

#include <string.h>

static const struct {
    const char *scheme;
    const SpUploadWay *way;
} ways[] = {{"file", &sp_upload_folder},
            {"sftp", &sp_upload_sftp},
            {"https", &sp_upload_http},
            {"http", &sp_upload_http}};

static const SpUploadWay *find_way(const char *scheme)
{
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        if (g_strcmp0(ways[i].scheme, scheme) == 0) {
            return ways[i].way;
        }
    }
    return NULL;
}

/* Letters that mean the same in a URL, a command of SFTP and a path on the disk. */
static gboolean is_plain(const char *path)
{
    for (const char *c = path; *c != '\0'; c++) {
        if (!g_ascii_isalnum(*c) && strchr("._~-/", *c) == NULL) {
            return FALSE;
        }
    }
    return path[0] == '/';
}

/* The folder of a user who is named (/~anna), which SFTP does not know. */
static gboolean is_of_another(const char *path)
{
    return g_str_has_prefix(path, "/~") && path[2] != '\0' && path[2] != '/';
}

static GUri *parse(const char *url, GError **error)
{
    /* An address with a password, or a query that stands for one, is not repeated, whatever else is
     * wrong with it. */
    const char *shown = strpbrk(url, "@?") == NULL ? url : "the address";
    g_autoptr(GUri) uri = g_uri_parse(
        url, G_URI_FLAGS_SCHEME_NORMALIZE | G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);
    const char *scheme = uri == NULL ? NULL : g_uri_get_scheme(uri);
    const SpUploadWay *way = find_way(scheme);
    if (scheme == NULL || way == NULL || g_uri_get_query(uri) != NULL ||
        g_uri_get_fragment(uri) != NULL) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s: want file:///folder, sftp://user@host/folder or https://host/folder",
                     shown);
        return NULL;
    }
    const char *host = g_uri_get_host(uri);
    const gboolean is_file = way == &sp_upload_folder;
    if (g_uri_get_password(uri) != NULL) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s://%s: a password stands in the address; put user and password into a file "
                     "of mode 0600 and name it in login_file",
                     scheme, host != NULL ? host : "");
        return NULL;
    }
    if (!is_plain(g_uri_get_path(uri)) || is_of_another(g_uri_get_path(uri)) ||
        (host == NULL || host[0] == '\0') != is_file || (is_file && g_uri_get_user(uri) != NULL)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s: want a host (for file:// none) and a path of letters, digits and ._~-",
                     shown);
        return NULL;
    }
    if (strcmp(scheme, "http") == 0 && !sp_curl_is_loopback(host)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s: nothing is sent unencrypted to another machine; use https://", shown);
        return NULL;
    }
    return g_steal_pointer(&uri);
}

gboolean sp_upload_check(const char *url, GError **error)
{
    g_autoptr(GUri) uri = parse(url, error);
    return uri != NULL;
}

static char *without_end(const char *path)
{
    gsize size = strlen(path);
    while (size > 0 && path[size - 1] == '/') {
        size--;
    }
    return g_strndup(path, size);
}

SpUpload *sp_upload_open(const SpUploadTarget *target, GError **error)
{
    g_autoptr(GUri) uri = parse(target->url, error);
    if (uri == NULL) {
        return NULL;
    }
    const char *scheme = g_uri_get_scheme(uri);
    const char *known = target->known_hosts;
    if (strcmp(scheme, "sftp") == 0 &&
        (known == NULL || !g_file_test(known, G_FILE_TEST_IS_REGULAR))) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s: a file of the server's host key is needed (known_hosts, as ssh-keyscan "
                     "writes it, looked at by somebody)%s%s",
                     target->url, known != NULL ? "; not there: " : "", known != NULL ? known : "");
        return NULL;
    }
    SpUpload *upload = g_new0(SpUpload, 1);
    upload->way = find_way(scheme);
    upload->target = *target;
    upload->folder = without_end(g_uri_get_path(uri));
    g_autofree char *bare = g_uri_join(G_URI_FLAGS_ENCODED, scheme, NULL, g_uri_get_host(uri),
                                       g_uri_get_port(uri), upload->folder, NULL, NULL);
    upload->base = g_steal_pointer(&bare);
    upload->can_rename = -1;
    if (target->timeout_s > 0) {
        upload->target.tries.end_us = g_get_monotonic_time() + target->timeout_s * G_USEC_PER_SEC;
    }
    if (upload->way != &sp_upload_folder) {
        sp_curl_start();
        upload->share = curl_share_init();
        g_assert(upload->share != NULL); /* only without memory */
        curl_share_setopt(upload->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
        curl_share_setopt(upload->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    }
    return upload;
}

void sp_upload_close(SpUpload *upload)
{
    if (upload == NULL) {
        return;
    }
    if (upload->share != NULL) {
        curl_share_cleanup(upload->share);
    }
    g_free(upload->base);
    g_free(upload->folder);
    g_free(upload);
}

gboolean sp_upload_check_time(const SpUpload *upload, gint64 *left_ms, GError **error)
{
    const gint64 end_us = upload->target.tries.end_us;
    *left_ms = 0;
    if (end_us == 0) {
        return TRUE;
    }
    *left_ms = (end_us - g_get_monotonic_time()) / (G_USEC_PER_SEC / 1000);
    return *left_ms > 0 ||
           sp_error_set(error, SP_ERROR_UNAVAILABLE,
                        "%s: not all is sent after %" G_GINT64_FORMAT
                        " s (timeout_s); what is there stays, and the rest is sent the next time",
                        upload->base, upload->target.timeout_s);
}

gboolean sp_upload_can_rename(SpUpload *upload, gboolean *can, GError **error)
{
    if (upload->can_rename < 0) {
        if (!upload->way->can_rename(upload, can, error)) {
            return FALSE;
        }
        upload->can_rename = *can ? 1 : 0;
    }
    *can = upload->can_rename == 1;
    return TRUE;
}

gboolean sp_upload_make_folder(SpUpload *upload, const char *path, gboolean *is_new, GError **error)
{
    gboolean can = FALSE;
    *is_new = FALSE;
    return sp_upload_can_rename(upload, &can, error) &&
           (!can || upload->way->make_folder(upload, path, is_new, error));
}

gboolean sp_upload_has(SpUpload *upload, const char *path, gint64 size, const char *sha256,
                       gboolean *has, GError **error)
{
    gint64 there = -1;
    if (!upload->way->size(upload, path, &there, error)) {
        return FALSE;
    }
    *has = there == size;
    if (*has && upload->way == &sp_upload_folder) {
        char hash[SP_HASH_SIZE];
        g_autofree char *full = g_build_filename(upload->folder, path, NULL);
        if (!sp_file_hash(full, hash, error)) {
            return FALSE;
        }
        *has = strcmp(hash, sha256) == 0;
    }
    return TRUE;
}

gboolean sp_upload_has_folder(SpUpload *upload, const char *path, gboolean *has, GError **error)
{
    return upload->way->has_folder(upload, path, has, error);
}

/* What was sent is as it is here: of a folder to the byte, since one that is mounted may lie. */
static gboolean check_sent(SpUpload *upload, const char *file, gsize size, const char *path,
                           GError **error)
{
    char hash[SP_HASH_SIZE] = "";
    gboolean has = FALSE;
    if ((upload->way == &sp_upload_folder && !sp_file_hash(file, hash, error)) ||
        !sp_upload_has(upload, path, (gint64)size, hash, &has, error)) {
        return FALSE;
    }
    return has ||
           sp_error_set(error, SP_ERROR_UNAVAILABLE,
                        "%s/%s: what is there is not what was sent (%s, %zu bytes); is there "
                        "room, and is the disk sound?",
                        upload->base, path, file, size);
}

static gboolean send_file(SpUpload *upload, const char *file, const char *path, gboolean is_same,
                          GError **error)
{
    gsize size = 0;
    gint64 left_ms = 0;
    const int fd =
        sp_upload_check_time(upload, &left_ms, error) ? sp_file_open(file, &size, error) : -1;
    if (fd < 0) {
        return FALSE;
    }
    (void)g_close(fd, NULL);
    return upload->way->send(upload, file, path, is_same, error) &&
           check_sent(upload, file, size, path, error);
}

gboolean sp_upload_send(SpUpload *upload, const char *file, const char *path, GError **error)
{
    return send_file(upload, file, path, TRUE, error);
}

gboolean sp_upload_rename_folder(SpUpload *upload, const char *from, const char *to, GError **error)
{
    g_autofree char *old = g_strconcat(from, "/", NULL);
    g_autofree char *new = g_strconcat(to, "/", NULL);
    return upload->way->rename(upload, old, new, error);
}

gboolean sp_upload_remove_folder(SpUpload *upload, const char *path, GError **error)
{
    g_assert(path[0] != '\0'); /* which would be the target itself */
    return upload->way->remove_folder(upload, path, error);
}

gboolean sp_upload_replace(SpUpload *upload, const char *file, const char *path, gboolean is_same,
                           GError **error)
{
    gboolean can = FALSE;
    g_autofree char *aside = g_strconcat(path, ".ny", NULL);
    if (!sp_upload_can_rename(upload, &can, error)) {
        return FALSE;
    }
    return can ? send_file(upload, file, aside, is_same, error) &&
                     upload->way->rename(upload, aside, path, error)
               : send_file(upload, file, path, is_same, error);
}
