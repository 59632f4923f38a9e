/* Servers for tests. */
#include "tests/peers/peers.h"

#include "tests/check.h"

#include "core/io/files.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SSHD "/usr/sbin/sshd"
#define LIGHTTPD "/usr/sbin/lighttpd"
#define LIGHTTPD_TLS "/usr/lib/lighttpd/mod_openssl.so"
#define PYTHON "/usr/bin/python3"

enum { N_WAITS = 500, WAIT_US = 10000 };

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((guint16)port),
                                .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
}

/* One that nobody has now. */
static int free_port(void)
{
    struct sockaddr_in is = loopback(0);
    socklen_t size = sizeof is;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&is, sizeof is), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&is, &size), 0);
    (void)close(fd);
    return ntohs(is.sin_port);
}

static gboolean is_listening(int port)
{
    struct sockaddr_in is = loopback(port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    gboolean listens = connect(fd, (struct sockaddr *)&is, sizeof is) == 0;
    (void)close(fd);
    return listens;
}

static gboolean is_here(const char *program, const char *package)
{
    if (g_file_test(program, G_FILE_TEST_EXISTS)) {
        return TRUE;
    }
    fprintf(stderr,
            "SKIPPED %s: it is not here (apt-get install %s), deliveries to it are NOT "
            "tested\n",
            program, package);
    return FALSE;
}

static Peer *peer_new(void)
{
    Peer *peer = g_new0(Peer, 1);
    peer->folder = g_dir_make_tmp("statpakke-peer-XXXXXX", NULL);
    assert_non_null(peer->folder);
    peer->root = g_build_filename(peer->folder, "mottak", NULL);
    peer->log = g_build_filename(peer->folder, "log", NULL);
    assert_int_equal(g_mkdir(peer->root, 0755), 0);
    return peer;
}

char *peer_path(const Peer *peer, const char *relative)
{
    return g_build_filename(peer->folder, relative, NULL);
}

char *peer_text(const Peer *peer, const char *relative)
{
    g_autofree char *path = peer_path(peer, relative);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        fail_msg("%s is not there", path);
    }
    return text;
}

char *peer_log(const Peer *peer)
{
    return peer_text(peer, "log");
}

static void put(const Peer *peer, const char *name, const char *text, guint mode)
{
    g_autofree char *path = peer_path(peer, name);
    assert_true(sp_file_write(path, text, strlen(text), mode, NULL));
}

static void run(const char *const *arguments)
{
    int status = -1;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL,
                             G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
}

/* A test that fails leaves no server behind. */
static void end_with_the_test(gpointer data)
{
    (void)data;
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
}

/* Output goes to the log. */
static void start(Peer *peer, const char *const *arguments, int port)
{
    g_autoptr(GError) error = NULL;
    const int log = g_creat(peer->log, 0600);
    assert_true(log >= 0);
    (void)g_spawn_async_with_fds(NULL, (char **)arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
                                 end_with_the_test, NULL, &peer->pid, -1, log, log, &error);
    assert_no_error(error);
    (void)close(log);
    for (int i = 0; i < N_WAITS && !is_listening(port); i++) {
        g_usleep(WAIT_US);
    }
    if (!is_listening(port)) {
        g_autofree char *said = peer_log(peer);
        fail_msg("%s does not listen: %s", arguments[0], said);
    }
}

/* Each connection is a child of its own. */
void peer_cut(const Peer *peer)
{
    g_autofree char *path =
        g_strdup_printf("/proc/%d/task/%d/children", (int)peer->pid, (int)peer->pid);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) children = g_strsplit(g_strstrip(text), " ", -1);
    for (char **child = children; *child != NULL; child++) {
        gint64 pid = g_ascii_strtoll(*child, NULL, 10);
        if (pid > 1) {
            (void)kill((pid_t)pid, SIGKILL);
        }
    }
}

void peer_end(Peer *peer)
{
    if (peer->pid > 0) {
        (void)kill(peer->pid, SIGTERM);
        (void)waitpid(peer->pid, NULL, 0);
    }
    peer->pid = 0;
}

void peer_stop(Peer *peer)
{
    if (peer == NULL) {
        return;
    }
    peer_end(peer);
    (void)sp_folder_remove(peer->folder, NULL);
    g_free(peer->folder);
    g_free(peer->root);
    g_free(peer->url);
    g_free(peer->log);
    g_free(peer);
}

Peer *peer_sftp(void)
{
    if (!is_here(SSHD, "openssh-server")) {
        return NULL;
    }
    if (geteuid() == 0) {
        (void)g_mkdir_with_parents("/run/sshd", 0755); /* sshd wants it of root alone */
    }
    Peer *peer = peer_new();
    const int port = free_port();
    static const char *const names[] = {"host", "key"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = peer_path(peer, names[i]);
        const char *const arguments[] = {"ssh-keygen", "-q", "-t", "ed25519", "-C", "",
                                         "-N",         "",   "-f", path,      NULL};
        run(arguments);
    }
    g_autofree char *host = peer_text(peer, "host.pub");
    g_autofree char *user = peer_text(peer, "key.pub");
    g_autofree char *known = g_strdup_printf("[127.0.0.1]:%d %s", port, host);
    g_autofree char *settings = g_strdup_printf(
        "Port %d\nListenAddress 127.0.0.1\nHostKey %s/host\nAuthorizedKeysFile %s/authorized\n"
        "PidFile none\nStrictModes no\nUsePAM no\nSubsystem sftp internal-sftp -l VERBOSE\n",
        port, peer->folder, peer->folder);
    g_autofree char *file = peer_path(peer, "sshd.conf");
    put(peer, "known_hosts", known, 0600);
    put(peer, "authorized", user, 0600);
    put(peer, "sshd.conf", settings, 0600);
    const char *const arguments[] = {SSHD, "-D", "-e", "-f", file, NULL};
    start(peer, arguments, port);
    peer->url = g_strdup_printf("sftp://%s@127.0.0.1:%d%s", g_get_user_name(), port, peer->root);
    return peer;
}

/* `more`: settings beside those of a server of WebDAV. */
static void start_webdav(Peer *peer, const char *scheme, const char *more)
{
    const int port = free_port();
    g_autofree char *settings = g_strdup_printf(
        "server.port = %d\nserver.bind = \"127.0.0.1\"\nserver.document-root = \"%s\"\n"
        "server.upload-dirs = ( \"%s\" )\n"
        "server.modules = ( \"mod_auth\", \"mod_authn_file\", \"mod_accesslog\", \"mod_webdav\" )\n"
        "webdav.activate = \"enable\"\nwebdav.is-readonly = \"disable\"\n"
        "auth.backend = \"plain\"\nauth.backend.plain.userfile = \"%s/users\"\n"
        "auth.require = ( \"/\" => ( \"method\" => \"basic\", \"realm\" => \"x\", \"require\" => "
        "\"valid-user\" ) )\n"
        "accesslog.filename = \"%s\"\naccesslog.format = \"%%m %%U %%s\"\n%s",
        port, peer->folder, peer->folder, peer->folder, peer->log, more);
    g_autofree char *file = peer_path(peer, "lighttpd.conf");
    put(peer, "users", "post:hemmelig-7731\n", 0600);
    put(peer, "lighttpd.conf", settings, 0600);
    const char *const arguments[] = {LIGHTTPD, "-D", "-f", file, NULL};
    start(peer, arguments, port);
    peer->url = g_strdup_printf("%s://127.0.0.1:%d/mottak", scheme, port);
}

Peer *peer_webdav(void)
{
    if (!is_here(LIGHTTPD, "lighttpd lighttpd-mod-webdav")) {
        return NULL;
    }
    Peer *peer = peer_new();
    start_webdav(peer, "http", "");
    return peer;
}

/* folder/NAME.pem and .key: an authority's, or (with one) those of 127.0.0.1. */
static void make_certificate(const Peer *peer, const char *name, const char *authority)
{
    g_autofree char *certificate = g_strdup_printf("%s/%s.pem", peer->folder, name);
    g_autofree char *key = g_strdup_printf("%s/%s.key", peer->folder, name);
    g_autofree char *by = g_strdup_printf("%s/%s.pem", peer->folder, authority);
    g_autofree char *by_key = g_strdup_printf("%s/%s.key", peer->folder, authority);
    const char *const arguments[] = {"openssl",
                                     "req",
                                     "-x509",
                                     "-newkey",
                                     "ec",
                                     "-pkeyopt",
                                     "ec_paramgen_curve:P-256",
                                     "-nodes",
                                     "-subj",
                                     authority == NULL ? "/CN=utsteder" : "/CN=mottak",
                                     "-days",
                                     "2",
                                     "-addext",
                                     authority == NULL ? "keyUsage=critical,keyCertSign"
                                                       : "subjectAltName=IP:127.0.0.1",
                                     "-out",
                                     certificate,
                                     "-keyout",
                                     key,
                                     authority != NULL ? "-CA" : NULL,
                                     by,
                                     "-CAkey",
                                     by_key,
                                     NULL};
    run(arguments);
}

Peer *peer_webdav_tls(void)
{
    if (!is_here(LIGHTTPD, "lighttpd lighttpd-mod-webdav") ||
        !is_here(LIGHTTPD_TLS, "lighttpd-mod-openssl")) {
        return NULL;
    }
    Peer *peer = peer_new();
    make_certificate(peer, "ca", NULL);
    make_certificate(peer, "other", NULL);
    make_certificate(peer, "server", "ca");
    g_autofree char *more =
        g_strdup_printf("server.modules += ( \"mod_openssl\" )\nssl.engine = \"enable\"\n"
                        "ssl.pemfile = \"%s/server.pem\"\nssl.privkey = \"%s/server.key\"\n",
                        peer->folder, peer->folder);
    start_webdav(peer, "https", more);
    return peer;
}

static Peer *peer_python(const char *script, const char *scheme)
{
    Peer *peer = peer_new();
    const int port = free_port();
    g_autofree char *number = g_strdup_printf("%d", port);
    g_autofree char *file = g_build_filename(SP_SOURCE_FOLDER, "tests", "peers", script, NULL);
    const char *const arguments[] = {PYTHON, file, number, peer->root, NULL};
    start(peer, arguments, port);
    peer->url = g_strdup_printf("%s://127.0.0.1:%d", scheme, port);
    return peer;
}

Peer *peer_put(void)
{
    return is_here(PYTHON, "python3") ? peer_python("put.py", "http") : NULL;
}

Peer *peer_mail(void)
{
    const char *const arguments[] = {PYTHON, "-c", "import aiosmtpd", NULL};
    int status = -1;
    if (!is_here(PYTHON, "python3") ||
        !g_spawn_sync(NULL, (char **)arguments, NULL,
                      G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                      NULL, &status, NULL) ||
        status != 0) {
        fprintf(stderr, "SKIPPED aiosmtpd: it is not here (apt-get install python3-aiosmtpd), "
                        "notices are NOT sent\n");
        return NULL;
    }
    return peer_python("mail.py", "smtp");
}
