/* The way to a server: how long anything waits for it, how it refuses, and where the password is.
 * Most of it against a server of a few lines that says one thing. */
#include "tests/check.h"
#include "tests/outputs/postgres/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FD = 256, MAX_STARTUP = 4096 };

/* What listens, says its one word to whoever comes, and looks at the other end of the line, which
 * is in this process too. */
typedef struct {
    int fd;
    guint16 port;
    const char *said; /* fields of an error, each ended by NUL; NULL: nothing */
    gsize size;
    int idle, user_timeout; /* of who came */
} Speaker;

static int option_of(int fd, int name)
{
    int value = -1;
    socklen_t size = sizeof(value);
    assert_int_equal(getsockopt(fd, IPPROTO_TCP, name, &value, &size), 0);
    return value;
}

/* Sockets of this process that lead to the speaker. */
static void look(Speaker *speaker)
{
    for (int fd = 0; fd < MAX_FD; fd++) {
        struct sockaddr_in peer = {0};
        socklen_t size = sizeof(peer);
        if (getpeername(fd, (struct sockaddr *)&peer, &size) == 0 && peer.sin_family == AF_INET &&
            ntohs(peer.sin_port) == speaker->port) {
            speaker->idle = option_of(fd, TCP_KEEPIDLE);
            speaker->user_timeout = option_of(fd, TCP_USER_TIMEOUT);
        }
    }
}

static void speak(const Speaker *speaker, int line)
{
    const guint32 length = htonl((guint32)(speaker->size + sizeof(guint32)));
    g_autoptr(GByteArray) message = g_byte_array_new();
    g_byte_array_append(message, (const guint8 *)"E", 1);
    g_byte_array_append(message, (const guint8 *)&length, sizeof(length));
    g_byte_array_append(message, (const guint8 *)speaker->said, (guint)speaker->size);
    assert_int_equal(write(line, message->data, message->len), (gssize)message->len);
}

/* Until somebody comes who speaks: who hangs up at once is passed over. */
static gpointer listen_on(gpointer data)
{
    Speaker *speaker = data;
    for (gboolean has_spoken = FALSE; !has_spoken;) {
        char startup[MAX_STARTUP];
        const int line = accept(speaker->fd, NULL, NULL);
        assert_true(line >= 0);
        has_spoken = read(line, startup, sizeof(startup)) > 0;
        if (has_spoken) {
            look(speaker);
            speak(speaker, line);
        }
        close(line);
    }
    return NULL;
}

/* The error of a service of the speaker's, with more options. */
static GError *refusal_of(Speaker *speaker, const char *more)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    GError *error = NULL;
    speaker->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(speaker->fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(speaker->fd, 4), 0);
    assert_int_equal(getsockname(speaker->fd, (struct sockaddr *)&address, &size), 0);
    speaker->port = ntohs(address.sin_port);
    g_autofree char *services = NULL;
    const int fd = g_file_open_tmp("sp-services-XXXXXX", &services, NULL);
    close(fd);
    g_autofree char *text =
        g_strdup_printf("[taler]\nhost=127.0.0.1\nport=%u\nuser=eier\ndbname=portal\nsslmode="
                        "disable\ngssencmode=disable\n%s",
                        speaker->port, more);
    assert_true(g_file_set_contents(services, text, -1, NULL));
    const SpPostgresPlace place = {"taler", services, NULL};
    GThread *thread = g_thread_new("speaker", listen_on, speaker);
    assert_null(sp_postgres_open(&place, &error));
    g_thread_join(thread);
    close(speaker->fd);
    assert_int_equal(g_remove(services), 0);
    return error;
}

#define SAYS(text)                                                                                 \
    {                                                                                              \
        .said = (text), .size = sizeof(text)                                                       \
    }

static void a_refusal_is_known_by_its_code_in_any_language(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        gsize size;
        int code;
    } refusals[] = {
#define REFUSAL(sqlstate, words, code)                                                             \
    {"SKRITISK\0VFATAL\0C" sqlstate "\0M" words "\0",                                              \
     sizeof("SKRITISK\0VFATAL\0C" sqlstate "\0M" words "\0"), code}
        REFUSAL("28P01", "passordet er feil", SP_ERROR_PERMISSION),
        REFUSAL("28000", "ingen slik regel", SP_ERROR_PERMISSION),
        REFUSAL("3D000", "databasen finnes ikke", SP_ERROR_CONFIG),
        REFUSAL("42501", "ingen rett til basen", SP_ERROR_PERMISSION),
        REFUSAL("53300", "for mange er her", SP_ERROR_UNAVAILABLE),
        REFUSAL("57P03", "tjeneren starter", SP_ERROR_UNAVAILABLE),
        REFUSAL("XX000", "noe annet", SP_ERROR_UNAVAILABLE),
    };
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
        Speaker speaker = {.said = refusals[i].said, .size = refusals[i].size};
        g_autoptr(GError) error = refusal_of(&speaker, "");
        assert_error(error, refusals[i].code,
                     refusals[i].said + sizeof("SKRITISK\0VFATAL\0C28P01\0M") - 1);
    }
}

static void no_wait_is_for_ever_unless_the_service_says_so(void **state)
{
    (void)state;
    Speaker speaker = SAYS("SFATAL\0VFATAL\0C57P03\0Mno\0");
    g_autoptr(GError) error = refusal_of(&speaker, "");
    assert_error(error, SP_ERROR_UNAVAILABLE, "57P03");
    assert_int_equal(speaker.idle, 30);
    assert_int_equal(speaker.user_timeout, 60000);
    g_autoptr(GError) other = refusal_of(&speaker, "tcp_user_timeout=5000\nkeepalives_idle=7\n");
    assert_error(other, SP_ERROR_UNAVAILABLE, "57P03");
    assert_int_equal(speaker.idle, 7);
    assert_int_equal(speaker.user_timeout, 5000);
}

/* Of a real server. */
#define SERVER                                                                                     \
    g_autoptr(Server) server = server_new("test_outputs_postgres_connection");                     \
    if (server == NULL) {                                                                          \
        skip();                                                                                    \
    }

static void bytes_without_a_copy_are_one_error(void **state)
{
    (void)state;
    SERVER
    g_autoptr(GError) error = NULL;
    const GLogLevelFlags fatal = g_log_set_always_fatal(G_LOG_LEVEL_WARNING);
    g_autoptr(SpPostgres) session = server_open(server, "eier");
    assert_false(sp_postgres_copy_put(session, "1\n", 2, &error));
    assert_non_null(error);
    g_log_set_always_fatal(fatal);
}

static void a_file_of_passwords_that_libpq_would_pass_over_is_read(void **state)
{
    (void)state;
    SERVER
    g_autoptr(GError) error = NULL;
    assert_int_equal(g_chmod(server->pass_file, 0440), 0);
    g_autoptr(SpPostgres) session = server_open(server, "eier");
    assert_non_null(session);
    /* A message names the file, and no copy of it. */
    assert_true(g_chmod(server->pass_file, 0600) == 0 &&
                g_file_set_contents(server->pass_file, "*:*:*:*:feil\n", -1, NULL));
    const SpPostgresPlace place = {"eier", server->service_file, server->pass_file};
    assert_null(sp_postgres_open(&place, &error));
    assert_error(error, SP_ERROR_PERMISSION, server->pass_file);
    assert_null(strstr(error->message, "LOCATION"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_is_known_by_its_code_in_any_language),
        cmocka_unit_test(no_wait_is_for_ever_unless_the_service_says_so),
        cmocka_unit_test(bytes_without_a_copy_are_one_error),
        cmocka_unit_test(a_file_of_passwords_that_libpq_would_pass_over_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
