/* One question and its answer through libcurl. */
#include "core/io/http_exchange.h"

#include "core/error.h"

#include <string.h>

enum { MAX_REDIRECTS = 5, MAX_HEADERS_SIZE = 256 * 1024 };

static const gint64 default_timeout_s = 60;

static size_t on_body(char *bytes, size_t size, size_t n, void *data)
{
    SpExchange *exchange = data;
    gsize room = (gsize)exchange->max_size - exchange->body->len;
    if (size * n > room) {
        exchange->is_too_large = TRUE;
        return 0;
    }
    g_byte_array_append(exchange->body, (const guint8 *)bytes, (guint)(size * n));
    return size * n;
}

/* A header's text as UTF-8 and without control characters, whatever the server sent: it comes into
 * messages and snapshots, and back to the server with the next question (RFC 9110, 5.5, makes
 * blanks of them too). g_free. */
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
    SpExchange *exchange = data;
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

static gboolean set_up(SpExchange *exchange, const char *body, struct curl_slist *headers)
{
    CURL *curl = exchange->curl;
    const SpHttpRequest *request = exchange->request;
    gint64 timeout_s = request->timeout_s > 0 ? request->timeout_s : default_timeout_s;
    CURLcode failed = CURLE_OK;
    failed |= curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L); /* see sp_exchange_follow */
    failed |= curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    failed |= curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    failed |= curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)timeout_s);
    failed |= curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    failed |= curl_easy_setopt(curl, CURLOPT_WRITEDATA, exchange);
    failed |= curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    failed |= curl_easy_setopt(curl, CURLOPT_HEADERDATA, exchange);
    if (body != NULL) {
        failed |= curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
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

/* One request and its answer, redirects not followed. Each has a handle of its own: libcurl 7.88
 * still looks at a freed header of the answer before when the next one begins with a folded
 * line. */
static void perform(SpExchange *exchange, const char *url, const char *body)
{
    g_byte_array_set_size(exchange->body, 0);
    g_hash_table_remove_all(exchange->headers);
    exchange->headers_size = 0;
    exchange->is_too_large = FALSE;
    exchange->message[0] = '\0';
    exchange->status = 0;
    curl_easy_cleanup(exchange->curl);
    exchange->curl = sp_curl_new(url, "http,https", exchange->request->ca_file, exchange->message);
    struct curl_slist *headers = header_list(exchange->request, url, body);
    exchange->result =
        set_up(exchange, body, headers) ? curl_easy_perform(exchange->curl) : CURLE_FAILED_INIT;
    curl_easy_getinfo(exchange->curl, CURLINFO_RESPONSE_CODE, &exchange->status);
    curl_slist_free_all(headers);
}

static gboolean has_scheme(const char *url, const char *scheme)
{
    return g_ascii_strncasecmp(url, scheme, strlen(scheme)) == 0;
}

gboolean sp_exchange_follow(SpExchange *exchange, char **url, GError **error)
{
    const char *body = exchange->request->body;
    SpPace *pace = exchange->request->tries.pace;
    for (guint n = 0;; n++) {
        if (!sp_tries_enter(&exchange->request->tries, *url, error)) {
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

void sp_exchange_init(SpExchange *exchange, const SpHttpRequest *request, gint64 max_size)
{
    *exchange = (SpExchange){
        .request = request,
        .max_size = MIN(max_size, (gint64)G_MAXINT), /* a GByteArray counts in guint */
        .body = g_byte_array_new(),
        .headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    };
}

void sp_exchange_clear(SpExchange *exchange)
{
    curl_easy_cleanup(exchange->curl);
    g_clear_pointer(&exchange->body, g_byte_array_unref);
    g_clear_pointer(&exchange->headers, g_hash_table_unref);
}
