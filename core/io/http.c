/* Bytes by URL through libcurl. */
#include "core/io/http.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/identity.h"

#include <curl/curl.h>

#include <string.h>
#include <time.h>

enum {
    MAX_REDIRECTS = 5,
    MAX_HEADERS_SIZE = 256 * 1024,
    CONNECT_TIMEOUT_S = 20,
    /* A source that sends nothing for so long has died; PxWeb may think for half a minute before
       the first byte. */
    SILENCE_S = 120,
};

static const gint64 default_timeout_s = 60;
static const gint64 default_max_size = 1024LL * 1024 * 1024;
static const guint default_tries = 4;
static const gint64 default_wait_ms = 1000;
static const gint64 max_wait_ms = 60000;
static const gint64 max_retry_after_s = 600;

/* One exchange: a request and, if it came, its answer. */
typedef struct {
    const SpHttpRequest *request;
    CURL *curl; /* of the last request; NULL before the first */
    gint64 max_size;
    GByteArray *body;
    GHashTable *headers;
    gsize headers_size;
    gboolean is_too_large;
    char message[CURL_ERROR_SIZE];
    CURLcode result;
    long status;
} Exchange;

static size_t on_body(char *bytes, size_t size, size_t n, void *data)
{
    Exchange *exchange = data;
    gsize room = (gsize)exchange->max_size - exchange->body->len;
    if (size * n > room) {
        exchange->is_too_large = TRUE;
        return 0;
    }
    g_byte_array_append(exchange->body, (const guint8 *)bytes, (guint)(size * n));
    return size * n;
}

/* A header's text as UTF-8 and without control characters, whatever the server sent: it comes into
 * messages and snapshots, and back to the server with the next question (RFC 9110, 5.5, makes blanks
 * of them too). g_free. */
static char *clean(const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    for (char *c = valid; *c != '\0'; c++) {
        *c = g_ascii_iscntrl(*c) ? ' ' : *c;
    }
    return g_strstrip(valid);
}

static size_t on_header(char *bytes, size_t size, size_t n, void *data)
{
    Exchange *exchange = data;
    exchange->headers_size += size * n;
    if (exchange->headers_size > MAX_HEADERS_SIZE) {
        exchange->is_too_large = TRUE;
        return 0;
    }
    g_autofree char *line = g_strndup(bytes, size * n);
    if (g_str_has_prefix(line, "HTTP/")) {
        g_hash_table_remove_all(exchange->headers); /* those before were of "100 Continue" */
        return size * n;
    }
    char *colon = strchr(line, ':');
    if (colon != NULL) {
        *colon = '\0';
        g_autofree char *name = clean(line);
        g_hash_table_insert(exchange->headers, g_ascii_strdown(name, -1), clean(colon + 1));
    }
    return size * n;
}

static gboolean set_up(Exchange *exchange, const char *url, const char *body,
                       struct curl_slist *headers)
{
    CURL *curl = exchange->curl;
    const SpHttpRequest *request = exchange->request;
    gint64 timeout_s = request->timeout_s > 0 ? request->timeout_s : default_timeout_s;
    CURLcode failed = CURLE_OK;
    failed |= curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    failed |= curl_easy_setopt(curl, CURLOPT_URL, url);
    failed |= curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L); /* see follow() */
    failed |= curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    failed |= curl_easy_setopt(curl, CURLOPT_USERAGENT, "statpakke/0.1 (+nightly batch)");
    failed |= curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    failed |= curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    failed |= curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)timeout_s);
    failed |= curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT_S);
    failed |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    failed |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SILENCE_S);
    failed |= curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    failed |= curl_easy_setopt(curl, CURLOPT_WRITEDATA, exchange);
    failed |= curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    failed |= curl_easy_setopt(curl, CURLOPT_HEADERDATA, exchange);
    failed |= curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, exchange->message);
    if (body != NULL) {
        failed |= curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    }
    if (request->ca_file != NULL) {
        failed |= curl_easy_setopt(curl, CURLOPT_CAINFO, request->ca_file);
    }
    return failed == CURLE_OK;
}

static struct curl_slist *add_header(struct curl_slist *list, const char *name, const char *value)
{
    if (value == NULL) {
        return list;
    }
    g_autofree char *line = g_strconcat(name, ": ", value, NULL);
    return curl_slist_append(list, line);
}

/* Scheme, host and port: what a secret may be shown to. */
static gboolean is_same_origin(const char *a, const char *b)
{
    g_autoptr(GUri) first = g_uri_parse(a, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
    g_autoptr(GUri) second = g_uri_parse(b, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
    return first != NULL && second != NULL &&
           g_strcmp0(g_uri_get_scheme(first), g_uri_get_scheme(second)) == 0 &&
           g_strcmp0(g_uri_get_host(first), g_uri_get_host(second)) == 0 &&
           g_uri_get_port(first) == g_uri_get_port(second);
}

static struct curl_slist *header_list(const SpHttpRequest *request, const char *url,
                                      const char *body)
{
    struct curl_slist *list = add_header(NULL, "Accept", request->accept);
    list = add_header(list, "If-None-Match", request->if_none_match);
    list = add_header(list, "If-Modified-Since", request->if_modified_since);
    list = add_header(list, "Content-Type", body != NULL ? request->content_type : NULL);
    if (is_same_origin(request->url, url)) {
        list = add_header(list, "Authorization", request->authorization);
    }
    /* curl asks "Expect: 100-continue" for large bodies, which some sources never answer. */
    return body != NULL ? curl_slist_append(list, "Expect:") : list;
}

/* One request and its answer, redirects not followed. Each has a handle of its own: libcurl 7.88 still
 * looks at a freed header of the answer before when the next one begins with a folded line. */
static void perform(Exchange *exchange, const char *url, const char *body)
{
    g_byte_array_set_size(exchange->body, 0);
    g_hash_table_remove_all(exchange->headers);
    exchange->headers_size = 0;
    exchange->is_too_large = FALSE;
    exchange->message[0] = '\0';
    exchange->status = 0;
    curl_easy_cleanup(exchange->curl);
    exchange->curl = curl_easy_init();
    g_assert(exchange->curl != NULL); /* only without memory */
    struct curl_slist *headers = header_list(exchange->request, url, body);
    exchange->result = set_up(exchange, url, body, headers) ? curl_easy_perform(exchange->curl)
                                                            : CURLE_FAILED_INIT;
    curl_easy_getinfo(exchange->curl, CURLINFO_RESPONSE_CODE, &exchange->status);
    curl_slist_free_all(headers);
    if (exchange->message[0] == '\0') {
        g_strlcpy(exchange->message, curl_easy_strerror(exchange->result), CURL_ERROR_SIZE);
    }
}

static gboolean has_scheme(const char *url, const char *scheme)
{
    return g_ascii_strncasecmp(url, scheme, strlen(scheme)) == 0;
}

/* Performs and follows redirects by our own rule, which curl's options cannot say: no hop leaves
 * https again. FALSE with an error if a redirect may not be followed; *url is then the last one
 * asked. */
static gboolean follow(Exchange *exchange, char **url, GError **error)
{
    const char *body = exchange->request->body;
    SpPace *pace = exchange->request->pace;
    for (guint n = 0;; n++) {
        if (pace != NULL && !sp_pace_enter(pace, *url, error)) {
            return FALSE;
        }
        perform(exchange, *url, body);
        if (pace != NULL) {
            sp_pace_told(pace, *url, exchange->headers);
        }
        char *next = NULL; /* owned by curl until the next request */
        if (exchange->result != CURLE_OK || exchange->status < 300 || exchange->status > 399 ||
            curl_easy_getinfo(exchange->curl, CURLINFO_REDIRECT_URL, &next) != CURLE_OK ||
            next == NULL) {
            return TRUE;
        }
        if (n == MAX_REDIRECTS) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: redirected more than %d times, lastly to %s; set the URL that "
                                "is meant",
                                exchange->request->url, (int)MAX_REDIRECTS, next);
        }
        if (!has_scheme(next, "https://") &&
            !(has_scheme(next, "http://") && has_scheme(*url, "http://"))) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: redirected to %s, which is not followed: only https to https "
                                "and http to http or https are",
                                *url, next);
        }
        if (exchange->status == 303) {
            body = NULL;
        }
        g_free(*url);
        *url = g_strdup(next);
    }
}

static gboolean is_transient(const Exchange *exchange)
{
    switch ((int)exchange->result) {
    case CURLE_OK:
        return exchange->status == 429 || exchange->status == 502 || exchange->status == 503 ||
               exchange->status == 504 || (exchange->status == 500 && exchange->body->len == 0);
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_BAD_CONTENT_ENCODING: /* what a cut gzip body looks like */
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return TRUE;
    default:
        return FALSE;
    }
}

static SpErrorCode code_of(const Exchange *exchange)
{
    switch ((int)exchange->result) {
    case CURLE_OK:
        return exchange->status == 429 ? SP_ERROR_TRY_LATER : SP_ERROR_UNAVAILABLE;
    case CURLE_PARTIAL_FILE:
    case CURLE_BAD_CONTENT_ENCODING:
        return SP_ERROR_DATA;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_SSL_CACERT_BADFILE:
        return SP_ERROR_CONFIG;
    case CURLE_FAILED_INIT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
        return SP_ERROR_BUG;
    default:
        return SP_ERROR_UNAVAILABLE;
    }
}

/* What happened, in words. g_free. */
static char *what_happened(const Exchange *exchange, gint64 retry_after_s)
{
    g_autofree char *asked =
        retry_after_s > 0
            ? g_strdup_printf(", asking to wait %" G_GINT64_FORMAT " s", retry_after_s)
            : g_strdup("");
    if (exchange->result == CURLE_OK) {
        return g_strdup_printf("status %ld%s", exchange->status, asked);
    }
    if (exchange->result == CURLE_PARTIAL_FILE || exchange->result == CURLE_BAD_CONTENT_ENCODING) {
        return g_strdup_printf("the answer is cut short (%s)", exchange->message);
    }
    return g_strdup(exchange->message);
}

/* What somebody may do about it; of a server that is ill or busy there is only to wait. */
static const char *remedy_of(const Exchange *exchange)
{
    switch ((int)exchange->result) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
        return "; is the network up, and the address right?";
    default:
        return "";
    }
}

static gboolean refuse(const Exchange *exchange, const char *url, guint n_tries,
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
                        n_tries == 1 ? "try" : "tries", remedy_of(exchange));
}

static SpHttpResponse *response_new(Exchange *exchange, const char *url)
{
    SpHttpResponse *response = g_new0(SpHttpResponse, 1);
    response->status = (int)exchange->status;
    response->body = g_byte_array_free_to_bytes(g_steal_pointer(&exchange->body));
    response->headers = g_steal_pointer(&exchange->headers);
    response->url = g_strdup(url);
    return response;
}

/* How long to wait before the next try: what the source says, else (too many calls) its window, else
 * `wait_ms`. */
static gboolean wait_again(const Exchange *exchange, const char *url, gint64 retry_after_s,
                           gint64 wait_ms, GError **error)
{
    SpPace *pace = exchange->request->pace;
    gint64 now_ms = retry_after_s > 0 ? retry_after_s * 1000 : MIN(wait_ms, max_wait_ms);
    if (pace == NULL) {
        g_usleep((gulong)now_ms * 1000);
        return TRUE;
    }
    if (retry_after_s == 0 && exchange->status == 429) {
        now_ms = MAX(now_ms, sp_pace_window_ms(pace, url));
    }
    return sp_pace_wait(pace, url, now_ms, error);
}

/* Tries until there is an answer. NULL with error. */
static SpHttpResponse *try_all(Exchange *exchange, GError **error)
{
    const SpHttpRequest *request = exchange->request;
    guint n_tries = request->n_tries > 0 ? request->n_tries : default_tries;
    gint64 wait_ms = request->first_wait_ms > 0 ? request->first_wait_ms : default_wait_ms;
    for (guint n = 1;; n++) {
        g_autofree char *url = g_strdup(request->url);
        if (!follow(exchange, &url, error)) {
            return NULL;
        }
        gboolean is_again = !exchange->is_too_large && is_transient(exchange);
        if (exchange->result == CURLE_OK && !is_again) {
            return response_new(exchange, url);
        }
        curl_off_t retry_after_s = 0; /* curl turns a date into seconds from now */
        curl_easy_getinfo(exchange->curl, CURLINFO_RETRY_AFTER, &retry_after_s);
        if (!is_again || n >= n_tries || retry_after_s > max_retry_after_s) {
            refuse(exchange, url, n, retry_after_s, error);
            return NULL;
        }
        if (!wait_again(exchange, url, retry_after_s, wait_ms, error)) {
            return NULL;
        }
        wait_ms = MIN(wait_ms, max_wait_ms) * 2;
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

static void start_curl(void)
{
    static gsize is_started = 0;
    if (g_once_init_enter(&is_started)) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        g_once_init_leave(&is_started, 1);
    }
}

SpHttpResponse *sp_http_fetch(const SpHttpRequest *request, GError **error)
{
    gint64 max_size = request->max_size > 0 ? request->max_size : default_max_size;
    if (has_scheme(request->url, "file:")) {
        return read_file(request, max_size, error);
    }
    start_curl();
    Exchange exchange = {
        .request = request,
        .max_size = MIN(max_size, (gint64)G_MAXINT), /* a GByteArray counts in guint */
        .body = g_byte_array_new(),
        .headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    };
    SpHttpResponse *response = try_all(&exchange, error);
    curl_easy_cleanup(exchange.curl);
    g_clear_pointer(&exchange.body, g_byte_array_unref);
    g_clear_pointer(&exchange.headers, g_hash_table_unref);
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
