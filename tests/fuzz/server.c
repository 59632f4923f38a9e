/* Bytes as answers, one connection a call. */
#include "tests/fuzz/server.h"

#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_ANSWERS = 8, PATIENCE_MS = 5000 };

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

void fuzz_server_answers(const guint8 *data, gsize size)
{
    if (server.listener == 0) {
        start_server();
    }
    g_mutex_lock(&server.lock);
    g_bytes_unref(server.answers);
    server.answers = g_bytes_new(data, size);
    server.n_asked = 0;
    g_string_truncate(server.asked, 0);
    g_mutex_unlock(&server.lock);
}

char *fuzz_server_asked(void)
{
    g_mutex_lock(&server.lock);
    char *asked = g_strdup(server.asked->str);
    g_mutex_unlock(&server.lock);
    return asked;
}
