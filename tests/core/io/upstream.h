/** A source of the test's own on 127.0.0.1, by libmicrohttpd: the path of a request names how it
 * behaves. */
#ifndef SP_TESTS_CORE_IO_UPSTREAM_H
#define SP_TESTS_CORE_IO_UPSTREAM_H

#include "tests/check.h"

#include <microhttpd.h>
#include <zlib.h>

typedef struct {
    struct MHD_Daemon *daemon;
    guint16 port;
    gint n_requests; /* atomic */
    gint64 first_us; /* monotonic time of the first request and of the last */
    gint64 last_us;
    GString *authorization; /* that header of the last request, "-" if it had none */
    GString *last;          /* "METHOD PATH ACCEPT CONTENT-TYPE BODY" of the last request */
} Upstream;

static inline enum MHD_Result answer(struct MHD_Connection *connection, guint status,
                                     const char *body, gsize size, const char *header,
                                     const char *value)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, (void *)body, MHD_RESPMEM_MUST_COPY);
    if (header != NULL) {
        MHD_add_response_header(response, header, value);
    }
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static inline enum MHD_Result answer_text(struct MHD_Connection *connection, guint status,
                                          const char *text)
{
    return answer(connection, status, text, strlen(text), "X-Source", "Fake ");
}

/* 100 kB of 'x', gzipped as a whole (windowBits 15 + 16 is gzip). */
static inline enum MHD_Result answer_gzip(struct MHD_Connection *connection)
{
    g_autofree char *plain = g_strnfill(100000, 'x');
    char packed[4096];
    z_stream stream = {.next_in = (Bytef *)plain,
                       .avail_in = 100000,
                       .next_out = (Bytef *)packed,
                       .avail_out = sizeof packed};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    deflate(&stream, Z_FINISH);
    gsize size = stream.total_out;
    deflateEnd(&stream);
    return answer(connection, 200, packed, size, "Content-Encoding", "gzip");
}

/* Promises 1000 bytes and breaks off after ten. */
static inline ssize_t cut_reader(void *data, uint64_t place, char *buffer, size_t size)
{
    (void)data;
    if (place > 0) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    memcpy(buffer, "0123456789", MIN(size, 10));
    return 10;
}

static inline enum MHD_Result answer_cut(struct MHD_Connection *connection)
{
    struct MHD_Response *response =
        MHD_create_response_from_callback(1000, 10, cut_reader, NULL, NULL);
    enum MHD_Result result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

static inline enum MHD_Result redirect(struct MHD_Connection *connection, guint status,
                                       const char *to)
{
    return answer(connection, status, "", 0, "Location", to);
}

/* An HTTP date three seconds from now, in the only form that is written today (RFC 9110, 5.6.7).
 * g_free. */
static inline char *soon(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) then = g_date_time_add_seconds(now, 3);
    return g_date_time_format(then, "%a, %d %b %Y %H:%M:%S GMT");
}

/* `n` is the number of the request, from 1. */
static inline enum MHD_Result behave(struct MHD_Connection *connection, const char *path, gint n)
{
    if (strcmp(path, "/404") == 0) {
        return answer_text(connection, 404, "no such table");
    }
    if (strcmp(path, "/503-twice") == 0) {
        return n <= 2 ? answer_text(connection, 503, "") : answer_text(connection, 200, "ok");
    }
    if (strcmp(path, "/503") == 0) {
        return answer_text(connection, 503, "closed");
    }
    if (strcmp(path, "/503-for-an-hour") == 0) {
        return answer(connection, 503, "", 0, "Retry-After", "3600");
    }
    if (strcmp(path, "/500-empty-once") == 0) {
        return answer_text(connection, n == 1 ? 500 : 200, "");
    }
    if (strcmp(path, "/500-with-words") == 0) {
        return answer_text(connection, 500, "{\"title\": \"too many cells\"}");
    }
    if (strcmp(path, "/429-once") == 0) {
        return n == 1 ? answer(connection, 429, "", 0, "Retry-After", "1")
                      : answer_text(connection, 200, "ok");
    }
    if (strcmp(path, "/429-until") == 0) {
        g_autofree char *date = soon();
        return n == 1 ? answer(connection, 429, "", 0, "Retry-After", date)
                      : answer_text(connection, 200, "ok");
    }
    if (strcmp(path, "/429") == 0) {
        return answer_text(connection, 429, "");
    }
    if (strcmp(path, "/latin1-header") == 0) {
        return answer(connection, 200, "ok", 2, "ETag", "\"\xe5\x01v2\"");
    }
    if (strcmp(path, "/cut") == 0) {
        return answer_cut(connection);
    }
    if (strcmp(path, "/cut-once") == 0) {
        return n == 1 ? answer_cut(connection) : answer_text(connection, 200, "ok");
    }
    if (strcmp(path, "/gzip") == 0) {
        return answer_gzip(connection);
    }
    if (strcmp(path, "/gzip-damaged") == 0) {
        return answer(connection, 200, "no gzip at all", 14, "Content-Encoding", "gzip");
    }
    if (strcmp(path, "/moved") == 0) {
        return redirect(connection, 301, "/ok");
    }
    if (strcmp(path, "/other-host") == 0) {
        /* The same machine by another name: a secret is not meant for it. */
        const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
        const char *colon = host != NULL ? strchr(host, ':') : NULL;
        g_autofree char *to = g_strdup_printf("http://localhost%s/ok", colon != NULL ? colon : "");
        return redirect(connection, 307, to);
    }
    if (strcmp(path, "/see-other") == 0) {
        return redirect(connection, 303, "/ok");
    }
    if (strcmp(path, "/round") == 0) {
        return redirect(connection, 302, "/round");
    }
    if (strcmp(path, "/to-file") == 0) {
        return redirect(connection, 302, "file:///etc/passwd");
    }
    if (strcmp(path, "/slow") == 0) {
        g_usleep(1500000);
    }
    return answer_text(connection, 200, "ok");
}

static inline enum MHD_Result on_request(void *data, struct MHD_Connection *connection,
                                         const char *path, const char *method, const char *version,
                                         const char *body, size_t *size, void **request)
{
    Upstream *upstream = data;
    (void)version;
    if (*request == NULL) { /* the head alone */
        const char *accept = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept");
        const char *type = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Type");
        const char *secret =
            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Authorization");
        g_string_assign(upstream->authorization, secret != NULL ? secret : "-");
        g_string_printf(upstream->last, "%s %s %s %s ", method, path, accept != NULL ? accept : "-",
                        type != NULL ? type : "-");
        *request = upstream;
        return MHD_YES;
    }
    if (*size > 0) {
        g_string_append_len(upstream->last, body, (gssize)*size);
        *size = 0;
        return MHD_YES;
    }
    upstream->last_us = g_get_monotonic_time();
    gint n = g_atomic_int_add(&upstream->n_requests, 1) + 1;
    if (n == 1) {
        upstream->first_us = upstream->last_us;
    }
    return behave(connection, path, n);
}

/* cmocka setup and teardown: *state is the Upstream, on a port the system chose. */
static inline int start_upstream(void **state)
{
    Upstream *upstream = g_new0(Upstream, 1);
    upstream->last = g_string_new(NULL);
    upstream->authorization = g_string_new(NULL);
    upstream->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, on_request, upstream, MHD_OPTION_SOCK_ADDR,
        &(struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
        MHD_OPTION_END);
    assert_non_null(upstream->daemon);
    upstream->port = MHD_get_daemon_info(upstream->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    *state = upstream;
    return 0;
}

static inline int stop_upstream(void **state)
{
    Upstream *upstream = *state;
    MHD_stop_daemon(upstream->daemon);
    g_string_free(upstream->last, TRUE);
    g_string_free(upstream->authorization, TRUE);
    g_free(upstream);
    return 0;
}

#endif
