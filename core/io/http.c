/* Bytes by URL: tries until there is an answer, and tells what went wrong. */
#include "core/io/http.h"

#include "core/error.h"
#include "core/io/curl.h"
#include "core/io/files.h"
#include "core/io/http_exchange.h"
#include "core/io/identity.h"

#include <string.h>
#include <time.h>

static const gint64 default_max_size = 1024LL * 1024 * 1024;
static gboolean is_transient(const SpExchange *exchange)
{
    return sp_curl_may_pass(exchange->result, exchange->status) ||
           (exchange->result == CURLE_OK && exchange->status == 500 && exchange->body->len == 0);
}

static SpErrorCode code_of(const SpExchange *exchange)
{
    switch ((int)exchange->result) {
    case CURLE_OK:
        return exchange->status == 429 ? SP_ERROR_TRY_LATER : SP_ERROR_UNAVAILABLE;
    case CURLE_PARTIAL_FILE:
    case CURLE_BAD_CONTENT_ENCODING:
        return SP_ERROR_DATA;
    default:
        return sp_curl_code(exchange->result);
    }
}

/* What happened, in words. g_free. */
static char *what_happened(const SpExchange *exchange, gint64 retry_after_s)
{
    g_autofree char *asked =
        retry_after_s > 0
            ? g_strdup_printf(", asking to wait %" G_GINT64_FORMAT " s", retry_after_s)
            : g_strdup("");
    if (exchange->result == CURLE_OK) {
        return g_strdup_printf("status %ld%s", exchange->status, asked);
    }
    if (exchange->result == CURLE_PARTIAL_FILE || exchange->result == CURLE_BAD_CONTENT_ENCODING) {
        return g_strdup_printf("the answer is cut short (%s)",
                               sp_curl_words(exchange->result, exchange->message));
    }
    return g_strdup(sp_curl_words(exchange->result, exchange->message));
}

static gboolean refuse(const SpExchange *exchange, const char *url, guint n_tries,
                       gint64 retry_after_s, GError **error)
{
    if (exchange->is_too_large) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: the answer is larger than the %" G_GINT64_FORMAT
                            " bytes allowed; ask for less or allow more",
                            url, exchange->max_size);
    }
    g_autofree char *what = what_happened(exchange, retry_after_s);
    return sp_error_set(error, code_of(exchange), "%s: %s (%u %s)%s", url, what, n_tries,
                        n_tries == 1 ? "try" : "tries", sp_curl_remedy(exchange->result));
}

static SpHttpResponse *response_new(SpExchange *exchange, const char *url)
{
    SpHttpResponse *response = g_new0(SpHttpResponse, 1);
    response->status = (int)exchange->status;
    response->body = g_byte_array_free_to_bytes(g_steal_pointer(&exchange->body));
    response->headers = g_steal_pointer(&exchange->headers);
    response->url = g_strdup(url);
    return response;
}

/* Tries until there is an answer. NULL with error. */
static SpHttpResponse *try_all(SpExchange *exchange, GError **error)
{
    const SpHttpRequest *request = exchange->request;
    for (guint n = 1;; n++) {
        g_autofree char *url = g_strdup(request->url);
        if (!sp_exchange_follow(exchange, &url, error)) {
            return NULL;
        }
        gboolean is_again = !exchange->is_too_large && is_transient(exchange);
        if (exchange->result == CURLE_OK && !is_again) {
            return response_new(exchange, url);
        }
        curl_off_t retry_after_s = 0; /* curl turns a date into seconds from now */
        curl_easy_getinfo(exchange->curl, CURLINFO_RETRY_AFTER, &retry_after_s);
        if (!is_again || !sp_tries_has_more(&request->tries, n, retry_after_s)) {
            refuse(exchange, url, n, retry_after_s, error);
            return NULL;
        }
        if (!sp_tries_wait(&request->tries, url, n, retry_after_s, exchange->status == 429,
                           error)) {
            return NULL;
        }
    }
}

/* Not by libcurl: it gives a folder, or a file that cannot be read to its end, as an empty success.
 */
static SpHttpResponse *read_file(const SpHttpRequest *request, gint64 max_size, GError **error)
{
    g_autofree char *path = g_filename_from_uri(request->url, NULL, NULL);
    if (path == NULL) {
        sp_error_set(error, SP_ERROR_CONFIG, "%s: is no URL of a file; want file:///folder/file",
                     request->url);
        return NULL;
    }
    /* Taken before the file is read: one that is written to meanwhile is another the next time. */
    char identity[SP_HASH_SIZE];
    if (!sp_file_identity(path, identity, error)) {
        return NULL;
    }
    gboolean is_unchanged = g_strcmp0(request->if_none_match, identity) == 0;
    gsize size = 0;
    char *bytes = is_unchanged ? NULL : sp_file_read(path, (gsize)max_size, &size, error);
    if (bytes == NULL && !is_unchanged) {
        return NULL;
    }
    SpHttpResponse *response = g_new0(SpHttpResponse, 1);
    response->status = is_unchanged ? 304 : 200;
    response->body = g_bytes_new_take(bytes, size);
    response->headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(response->headers, g_strdup("etag"), g_strdup(identity));
    response->url = g_strdup(request->url);
    return response;
}

SpHttpResponse *sp_http_fetch(const SpHttpRequest *request, GError **error)
{
    gint64 max_size = request->max_size > 0 ? request->max_size : default_max_size;
    if (g_ascii_strncasecmp(request->url, "file:", strlen("file:")) == 0) {
        return read_file(request, max_size, error);
    }
    SpExchange exchange;
    sp_exchange_init(&exchange, request, max_size);
    SpHttpResponse *response = try_all(&exchange, error);
    sp_exchange_clear(&exchange);
    return response;
}

void sp_http_response_free(SpHttpResponse *response)
{
    if (response == NULL) {
        return;
    }
    g_bytes_unref(response->body);
    g_hash_table_unref(response->headers);
    g_free(response->url);
    g_free(response);
}

char *sp_http_escape(const char *text)
{
    return g_uri_escape_string(text, NULL, FALSE);
}

char *sp_http_time(const char *text)
{
    time_t seconds = curl_getdate(text, NULL);
    g_autoptr(GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_utc(seconds) : NULL;
    return time != NULL ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}
