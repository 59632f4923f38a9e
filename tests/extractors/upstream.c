/* One thread of libmicrohttpd; the test waits for each answer before it looks, so nothing is shared
 * while it changes. */
#include "tests/extractors/upstream.h"

#include "tests/check.h"

#include <arpa/inet.h>
#include <microhttpd.h>

struct Upstream {
    struct MHD_Daemon *daemon;
    char *url;
    unsigned int status;
    const char *type;
    const char *answer;
    const char *etag;
    const char *modified;
    unsigned int n_requests;
    GString *request;
    GString *body;
};

/* Query arguments as they were sent, undecoded ones included, are what the address tests compare.
 */
static void *log_uri(void *data, const char *uri, struct MHD_Connection *connection)
{
    (void)connection;
    Upstream *upstream = data;
    g_string_assign(upstream->request, uri);
    g_string_truncate(upstream->body, 0);
    return NULL;
}

static gboolean is_told_back(struct MHD_Connection *connection, const char *header,
                             const char *wanted)
{
    const char *told = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, header);
    return told != NULL && g_strcmp0(told, wanted) == 0;
}

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
    if (value != NULL) {
        MHD_add_response_header(response, name, value);
    }
}

static enum MHD_Result handle(void *data, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    (void)url;
    (void)version;
    static const char seen = 0;
    Upstream *upstream = data;
    if (*state == NULL) {
        *state = (void *)&seen;
        const char *accept = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept");
        g_autofree char *path = g_strdup(upstream->request->str);
        g_string_printf(upstream->request, "%s %s %s", method, path, accept != NULL ? accept : "");
        return MHD_YES;
    }
    if (*upload_size > 0) {
        g_string_append_len(upstream->body, upload, (gssize)*upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    gboolean is_same = is_told_back(connection, "If-None-Match", upstream->etag) ||
                       is_told_back(connection, "If-Modified-Since", upstream->modified);
    const char *body = is_same ? "" : upstream->answer;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(body), (void *)body, MHD_RESPMEM_MUST_COPY);
    add_header(response, "Content-Type", upstream->type);
    add_header(response, "ETag", upstream->etag);
    add_header(response, "Last-Modified", upstream->modified);
    upstream->n_requests++;
    enum MHD_Result result =
        MHD_queue_response(connection, is_same ? 304 : upstream->status, response);
    MHD_destroy_response(response);
    return result;
}

Upstream *upstream_start(void)
{
    Upstream *upstream = g_new0(Upstream, 1);
    upstream->request = g_string_new(NULL);
    upstream->body = g_string_new(NULL);
    upstream->answer = "";
    upstream->status = 200;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    upstream->daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, handle, upstream,
                         MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
                         MHD_OPTION_URI_LOG_CALLBACK, log_uri, upstream, MHD_OPTION_END);
    assert_non_null(upstream->daemon);
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(upstream->daemon, MHD_DAEMON_INFO_BIND_PORT);
    assert_non_null(info);
    upstream->url = g_strdup_printf("http://127.0.0.1:%u/", info->port);
    return upstream;
}

void upstream_stop(Upstream *upstream)
{
    MHD_stop_daemon(upstream->daemon);
    g_free(upstream->url);
    g_string_free(upstream->request, TRUE);
    g_string_free(upstream->body, TRUE);
    g_free(upstream);
}

const char *upstream_url(const Upstream *upstream)
{
    return upstream->url;
}

void upstream_answer(Upstream *upstream, unsigned int status, const char *type, const char *body)
{
    upstream->status = status;
    upstream->type = type;
    upstream->answer = body;
}

const char *upstream_request(const Upstream *upstream)
{
    return upstream->request->str;
}

const char *upstream_body(const Upstream *upstream)
{
    return upstream->body->str;
}

void upstream_tell(Upstream *upstream, const char *etag, const char *modified)
{
    upstream->etag = etag;
    upstream->modified = modified;
}

unsigned int upstream_count(const Upstream *upstream)
{
    return upstream->n_requests;
}
