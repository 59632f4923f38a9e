/** One question to a server and its answer, through libcurl. For http.c alone, which tries again
 * and tells what went wrong. */
#ifndef SP_CORE_IO_HTTP_EXCHANGE_H
#define SP_CORE_IO_HTTP_EXCHANGE_H

#include "core/io/curl.h"
#include "core/io/http.h"

/** A request and, if it came, its answer. */
typedef struct {
    const SpHttpRequest *request;
    CURL *curl; /* of the last request; NULL before the first */
    gint64 max_size;
    GByteArray *body;
    GHashTable *headers; /* as in SpHttpResponse */
    gsize headers_size;
    gboolean is_too_large;
    char message[CURL_ERROR_SIZE]; /* what libcurl says of `result`; may be empty */
    CURLcode result;
    long status;
} SpExchange;

/** `request` is borrowed for its life; of an answer at most `max_size` bytes are taken. */
void sp_exchange_init(SpExchange *exchange, const SpHttpRequest *request, gint64 max_size);
void sp_exchange_clear(SpExchange *exchange);

/**
 * Asks, in the request's pace, and follows redirects by our own rule, which curl's options cannot
 * say: no hop leaves https again. What came is in `exchange`, also what did not (`result`). FALSE
 * with SP_ERROR_DATA if a redirect may not be followed, or the pace's error; *url (owned by the
 * caller) is then the last one asked.
 */
gboolean sp_exchange_follow(SpExchange *exchange, char **url, GError **error);

#endif
