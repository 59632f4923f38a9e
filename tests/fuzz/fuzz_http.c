/*
 * Any bytes as what a server answers, one part a call: status line, headers (Retry-After, rates, ETag,
 * Location), packed bodies. Asked twice, the second time with what the first answer told, as fetch does.
 *
 * The environment's proxy is this program's own server, so that no redirect, wherever it points, leads
 * out of it. Time is made up: no try waits.
 */
#include "core/io/http.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

enum { MAX_ANSWERS = 8, MAX_BODY = 1024 * 1024, MAX_WAIT_S = 3600, PATIENCE_MS = 5000 };

typedef struct {
    int listener;
    GMutex lock;
    GBytes *answers; /* under `lock`, as the next two */
    guint n_asked;
    GString *asked; /* heads of all requests */
} Server;

static Server server;

/* Reads the head of a request; what follows it (a body) is never waited for. */
static void read_head(int connection, GString *head)
{
    char buffer[4096];
    struct pollfd waiting = {.fd = connection, .events = POLLIN};
    while (strstr(head->str, "\r\n\r\n") == NULL && poll(&waiting, 1, PATIENCE_MS) == 1) {
        ssize_t n = recv(connection, buffer, sizeof buffer, 0);
        if (n <= 0) {
            break;
        }
        g_string_append_len(head, buffer, n);
    }
}

static gpointer serve(gpointer nothing)
{
    for (;;) {
        int connection = accept4(server.listener, NULL, NULL, SOCK_CLOEXEC);
        if (connection < 0) {
            continue;
        }
        g_autoptr(GString) head = g_string_new(NULL);
        read_head(connection, head);
        g_mutex_lock(&server.lock);
        g_string_append(server.asked, head->str);
        g_autoptr(GBytes) answers = g_bytes_ref(server.answers);
        guint n = server.n_asked++;
        g_mutex_unlock(&server.lock);
        SpField parts[MAX_ANSWERS];
        gsize size = 0;
        const guint8 *bytes = g_bytes_get_data(answers, &size);
        fuzz_parts(bytes, size, parts, MAX_ANSWERS);
        const SpField *part = &parts[MIN(n, MAX_ANSWERS - 1)];
        (void)!send(connection, part->text, part->size, MSG_NOSIGNAL);
        (void)shutdown(connection, SHUT_WR);
        close(connection);
    }
    return nothing;
}

static void start_server(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    FUZZ_CLAIM(server.listener >= 0 &&
               bind(server.listener, (struct sockaddr *)&address, size) == 0 &&
               listen(server.listener, 16) == 0 &&
               getsockname(server.listener, (struct sockaddr *)&address, &size) == 0);
    g_autofree char *proxy = g_strdup_printf("http://127.0.0.1:%u", ntohs(address.sin_port));
    static const char *const names[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                        "ALL_PROXY"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_setenv(names[i], proxy, TRUE);
    }
    g_unsetenv("no_proxy");
    g_unsetenv("NO_PROXY");
    server.asked = g_string_new(NULL);
    server.answers = g_bytes_new(NULL, 0);
    g_thread_unref(g_thread_new("server", serve, NULL));
}

static gint64 now_ms(gpointer data)
{
    return *(gint64 *)data;
}

static void sleep_ms(gint64 wait_ms, gpointer data)
{
    FUZZ_CLAIM(wait_ms > 0);
    *(gint64 *)data += wait_ms;
}

/* What the server was asked holds only headers that we send: none came in with the value of another. */
static void claim_asked(void)
{
    static const char *const ours[] = {"GET ",
                                       "CONNECT ",
                                       "Host: ",
                                       "Accept: ",
                                       "Accept-Encoding: ",
                                       "User-Agent: ",
                                       "If-None-Match: ",
                                       "If-Modified-Since: ",
                                       "Proxy-Connection: "};
    g_mutex_lock(&server.lock);
    g_auto(GStrv) lines = g_strsplit(server.asked->str, "\r\n", -1);
    g_mutex_unlock(&server.lock);
    for (char **line = lines; *line != NULL; line++) {
        gboolean is_ours = (*line)[0] == '\0';
        for (gsize i = 0; !is_ours && i < G_N_ELEMENTS(ours); i++) {
            is_ours = g_str_has_prefix(*line, ours[i]);
        }
        FUZZ_CLAIM(is_ours && strpbrk(*line, "\r\n") == NULL);
    }
}

static void claim_response(const SpHttpResponse *response)
{
    GHashTableIter each;
    gpointer name = NULL;
    gpointer value = NULL;
    FUZZ_CLAIM(g_bytes_get_size(response->body) <= MAX_BODY);
    FUZZ_CLAIM(g_utf8_validate(response->url, -1, NULL));
    g_hash_table_iter_init(&each, response->headers);
    while (g_hash_table_iter_next(&each, &name, &value)) {
        FUZZ_CLAIM(g_utf8_validate(name, -1, NULL) && g_utf8_validate(value, -1, NULL));
        g_autofree char *time = sp_http_time(value);
        FUZZ_CLAIM(time == NULL || g_str_has_suffix(time, "Z"));
    }
}

/* Asks; the response, if there is one, is the caller's. */
static SpHttpResponse *ask(SpPace *pace, const char *etag, const char *modified)
{
    const SpHttpRequest request = {.url = "http://kilde.test/tabell",
                                   .accept = "application/json",
                                   .max_size = MAX_BODY,
                                   .n_tries = 3,
                                   .timeout_s = 10,
                                   .pace = pace,
                                   .if_none_match = etag,
                                   .if_modified_since = modified};
    g_autoptr(GError) error = NULL;
    SpHttpResponse *response = sp_http_fetch(&request, &error);
    if (response != NULL) {
        claim_response(response);
    }
    fuzz_check_outcome(response != NULL, &error);
    return response;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (server.listener == 0) {
        start_server();
    }
    gint64 now = 0;
    const SpPaceClock clock = {.now_ms = now_ms, .sleep_ms = sleep_ms, .data = &now};
    g_autoptr(SpPace) pace = sp_pace_new(&clock, MAX_WAIT_S);
    g_mutex_lock(&server.lock);
    g_bytes_unref(server.answers);
    server.answers = g_bytes_new(data, size);
    server.n_asked = 0;
    g_string_truncate(server.asked, 0);
    g_mutex_unlock(&server.lock);
    g_autoptr(SpHttpResponse) first = ask(pace, NULL, NULL);
    if (first != NULL) {
        sp_http_response_free(ask(pace, g_hash_table_lookup(first->headers, "etag"),
                                  g_hash_table_lookup(first->headers, "last-modified")));
    }
    claim_asked();
    return 0;
}
