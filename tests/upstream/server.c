/* libmicrohttpd around the fake: one thread a connection, so that a slow answer holds up nobody
 * else. */
#include "tests/upstream/state.h"

#include "core/error.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <string.h>

enum { MAX_BODY = 4 * 1024 * 1024, BLOCK = 65536 };

/* One request while it arrives. */
typedef struct {
    char *uri;
    FakeRequest *request;
} Call;

/* Called before all else with the address as it was sent; what it returns is the call's state. */
static void *log_uri(void *data, const char *uri, struct MHD_Connection *connection)
{
    (void)data;
    (void)connection;
    Call *call = g_new0(Call, 1);
    call->uri = g_strdup(uri);
    return call;
}

static void on_completed(void *data, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    (void)data;
    (void)connection;
    (void)code;
    Call *call = *state;
    if (call != NULL) {
        fake_request_free(call->request);
        g_free(call->uri);
        g_free(call);
        *state = NULL;
    }
}

static enum MHD_Result add_header(void *data, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
    (void)kind;
    FakeRequest *request = data;
    g_hash_table_insert(request->headers, g_ascii_strdown(name, -1),
                        g_strdup(value != NULL ? value : ""));
    return MHD_YES;
}

/* Half of what was promised, then the end of the connection. */
static ssize_t read_half(void *data, uint64_t place, char *buffer, size_t size)
{
    const GBytes *body = data;
    gsize all = 0;
    const char *bytes = g_bytes_get_data((GBytes *)body, &all);
    gsize half = all / 2;
    if (place >= half) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    gsize n = MIN(size, half - (gsize)place);
    memcpy(buffer, bytes + place, n);
    return (ssize_t)n;
}

static void free_bytes(void *data)
{
    g_bytes_unref(data);
}

static enum MHD_Result reply(struct MHD_Connection *connection, const FakeAnswer *answer)
{
    const GString *body = answer->body;
    struct MHD_Response *response =
        answer->is_cut
            ? MHD_create_response_from_callback(body->len, BLOCK, read_half,
                                                g_bytes_new(body->str, body->len), free_bytes)
            : MHD_create_response_from_buffer(body->len, body->str, MHD_RESPMEM_MUST_COPY);
    if (answer->type != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
    }
    for (guint i = 0; i < answer->headers->len; i++) {
        const FakePair *header = g_ptr_array_index(answer->headers, i);
        MHD_add_response_header(response, header->name, header->value);
    }
    enum MHD_Result result = MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result handle(void *data, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    (void)url;
    (void)version;
    Call *call = *state;
    if (call->request == NULL) {
        call->request = fake_request_new(method, call->uri);
        MHD_get_connection_values(connection, MHD_HEADER_KIND, add_header, call->request);
        return MHD_YES;
    }
    if (*upload_size > 0) {
        if (call->request->body->len + *upload_size > MAX_BODY) {
            return MHD_NO;
        }
        g_string_append_len(call->request->body, upload, (gssize)*upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    g_autoptr(FakeAnswer) answer = fake_answer_new();
    fake_answer(data, call->request, answer);
    return reply(connection, answer);
}

struct MHD_Daemon *fake_server_start(FakeUpstream *fake, gboolean is_tls, guint16 *port,
                                     GError **error)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(*port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    unsigned int flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, fake->certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, fake->key},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    if (is_tls && MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES) {
        sp_error_set(error, SP_ERROR_UNAVAILABLE, "this libmicrohttpd has no TLS");
        return NULL;
    }
    struct MHD_Daemon *daemon =
        MHD_start_daemon(flags | (is_tls ? (unsigned int)MHD_USE_TLS : 0U), 0, NULL, NULL, handle,
                         fake, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
                         MHD_OPTION_URI_LOG_CALLBACK, log_uri, NULL, MHD_OPTION_NOTIFY_COMPLETED,
                         on_completed, NULL, MHD_OPTION_ARRAY, is_tls ? tls : none, MHD_OPTION_END);
    const union MHD_DaemonInfo *info =
        daemon != NULL ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (info == NULL) {
        sp_error_set(error, SP_ERROR_UNAVAILABLE, "no server on 127.0.0.1, port %u", *port);
        fake_server_stop(daemon);
        return NULL;
    }
    *port = info->port;
    return daemon;
}

void fake_server_stop(struct MHD_Daemon *daemon)
{
    if (daemon != NULL) {
        MHD_stop_daemon(daemon);
    }
}
