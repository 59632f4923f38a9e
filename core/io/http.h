/**
 * Bytes by URL: https and http through libcurl, file by the same call.
 */
#ifndef SP_CORE_IO_HTTP_H
#define SP_CORE_IO_HTTP_H

#include "core/io/tries.h"

#include <glib.h>

typedef struct {
    const char *url;          /* https://, http:// or file:// */
    const char *body;         /* POST when not NULL */
    const char *content_type; /* of the body */
    const char *accept;       /* NULL: any */
    /** Value of that header, NULL: none. Sent to the url's own scheme, host and port alone,
     * whatever redirects say, and told in no message. */
    const char *authorization;
    gint64 timeout_s;              /* whole transfer; 0 means 60 */
    gint64 max_size;               /* bytes, 0 means 1 GiB; more is SP_ERROR_DATA */
    SpTries tries;                 /* a source may ask for a wait in seconds or by a date */
    const char *ca_file;           /* NULL: the system's */
    const char *if_none_match;     /* an ETag as it was told; NULL: not asked */
    const char *if_modified_since; /* a Last-Modified as it was told; NULL: not asked */
} SpHttpRequest;

typedef struct {
    int status; /* 200 for file://, or 304 */
    GBytes *body;
    GHashTable
        *headers; /* lower-case name -> value, UTF-8 without control characters; the last one of a
                            name; for file:// "etag" alone, by which a file is known
                            (core/io/identity.h) */
    char *url;    /* the final one after redirects */
} SpHttpResponse;

/**
 * Fetches. Tries again on 429, 500 (no body), 502, 503, 504, timeouts, lost connections and cut
 * answers; other statuses are returned at once. Redirects are followed only https->https,
 * http->http(s), at most 5, never to file://; a POST stays a POST except after 303. gzip and
 * deflate are unpacked (counted against max_size). Proxies are those of the environment, but not to
 * this machine. A 429 that does not say how long to wait waits the server's window, if `tries.pace`
 * knows it. What was not changed since the two conditions is status 304 without a body. Errors:
 * SP_ERROR_UNAVAILABLE (the last failure after all tries: URL, what happened, how many tries; a
 * certificate that is not trusted, at once), SP_ERROR_TRY_LATER (still 429, or more waiting than
 * the pace allows), SP_ERROR_DATA (too large, at once; cut short, after all tries; a redirect that
 * is not followed; not a regular file), SP_ERROR_CONFIG (not a URL that is read here, no such
 * ca_file), and for file:// SP_ERROR_NO_INPUT, SP_ERROR_PERMISSION, SP_ERROR_IO. A 4xx or 5xx
 * status is a response, not an error, except as above.
 */
SpHttpResponse *sp_http_fetch(const SpHttpRequest *request, GError **error);
void sp_http_response_free(SpHttpResponse *response);

/** Percent-encodes a value of a query string: all but letters, digits and -._~ of ASCII. g_free. */
char *sp_http_escape(const char *text);

/** A date of a header ("Wed, 25 Feb 2026 07:00:00 GMT") as "2026-02-25T07:00:00Z"; NULL when it is
 * none. g_free. */
char *sp_http_time(const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpHttpResponse, sp_http_response_free)

#endif
