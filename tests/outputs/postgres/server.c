/* A server of a test's own. */
#include "tests/outputs/postgres/server.h"

#include "tests/check.h"

#include "core/codes.h"
#include "core/io/files.h"

#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define INSTALLED "/usr/lib/postgresql"

enum { N_TRIES = 600, PAUSE_US = 50000 };

/* The folder of the newest version's programs; NULL if there is none. */
static char *find_bin(void)
{
    g_auto(GStrv) versions = sp_folder_list(INSTALLED, NULL);
    char *found = NULL;
    for (char **version = versions; version != NULL && *version != NULL; version++) {
        g_autofree char *bin = g_build_filename(INSTALLED, *version, "bin", NULL);
        g_autofree char *program = g_build_filename(bin, "initdb", NULL);
        if (g_file_test(program, G_FILE_TEST_IS_EXECUTABLE)) {
            g_free(found);
            found = g_steal_pointer(&bin);
        }
    }
    return found;
}

/* Whom the server runs as when we are root. */
static const struct passwd *ordinary_user(void)
{
    const struct passwd *user = getpwnam("postgres");
    return user != NULL ? user : getpwnam("nobody");
}

/* Between fork and exec; the system's word is lost when the user changes, so it is given last. */
static void become_ordinary(gpointer data)
{
    const struct passwd *user = data;
    if (user != NULL &&
        (setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) {
        _exit(126);
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGINT, 0L, 0L, 0L);
}

static gpointer whom(void)
{
    return geteuid() == 0 ? (gpointer)ordinary_user() : NULL;
}

static char *write_file(const Server *server, const char *name, const char *text)
{
    char *path = g_build_filename(server->folder, name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_int_equal(g_chmod(path, 0600), 0);
    if (whom() != NULL) {
        const struct passwd *user = whom();
        assert_int_equal(chown(path, user->pw_uid, user->pw_gid), 0);
    }
    return path;
}

static void make_cluster(const Server *server)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *program = g_build_filename(server->bin, "initdb", NULL);
    g_autofree char *data = g_build_filename(server->folder, "data", NULL);
    g_autofree char *password = write_file(server, "password", SERVER_PASSWORD);
    g_autofree char *password_option = g_strconcat("--pwfile=", password, NULL);
    g_autofree char *err = NULL;
    const char *arguments[] = {program,
                               "-D",
                               data,
                               "-U",
                               "eier",
                               "-A",
                               "scram-sha-256",
                               "-E",
                               "UTF8",
                               "--locale=C.UTF-8",
                               "--no-sync",
                               password_option,
                               NULL};
    int status = 0;
    (void)g_spawn_sync(server->folder, (char **)arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL,
                       become_ordinary, whom(), NULL, &err, &status, &error);
    assert_no_error(error);
    if (status != 0) {
        fail_msg("initdb: %s", err);
    }
}

void server_start(Server *server)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *program = g_build_filename(server->bin, "postgres", NULL);
    g_autofree char *data = g_build_filename(server->folder, "data", NULL);
    const char *arguments[] = {program,
                               "-D",
                               data,
                               "-k",
                               server->folder,
                               "-c",
                               "listen_addresses=",
                               "-c",
                               "fsync=off",
                               "-c",
                               "logging_collector=on",
                               "-c",
                               "log_statement=all",
                               NULL};
    assert_int_equal(server->pid, 0);
    (void)g_spawn_async(server->folder, (char **)arguments, NULL,
                        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                            G_SPAWN_STDERR_TO_DEV_NULL,
                        become_ordinary, whom(), &server->pid, &error);
    assert_no_error(error);
    const SpPostgresPlace place = {"eier", server->service_file, server->pass_file};
    for (int i = 0; i < N_TRIES; i++) {
        g_autoptr(SpPostgres) session = sp_postgres_open(&place, NULL);
        if (session != NULL) {
            return;
        }
        g_usleep(PAUSE_US);
    }
    fail_msg("the server in %s does not answer", server->folder);
}

void server_stop(Server *server)
{
    if (server->pid != 0) {
        (void)kill(server->pid, SIGINT);
        (void)waitpid(server->pid, NULL, 0);
        server->pid = 0;
    }
}

Server *server_new(const char *test)
{
    g_autofree char *bin = find_bin();
    if (bin == NULL) {
        fprintf(stderr,
                "SKIPPED %s: no PostgreSQL server here, the portal's import is NOT tested\n", test);
        return NULL;
    }
    Server *server = g_new0(Server, 1);
    server->bin = g_steal_pointer(&bin);
    server->folder = g_dir_make_tmp("statpakke-pg-XXXXXX", NULL);
    assert_non_null(server->folder);
    if (whom() != NULL) {
        const struct passwd *user = whom();
        assert_int_equal(chown(server->folder, user->pw_uid, user->pw_gid), 0);
    }
    g_autofree char *services = g_strdup_printf(
        "[eier]\nhost=%s\nuser=eier\ndbname=postgres\n[leser]\nhost=%s\nuser=leser\n"
        "dbname=postgres\n",
        server->folder, server->folder);
    server->service_file = write_file(server, "services", services);
    server->pass_file = write_file(server, "passwords", "*:*:*:*:" SERVER_PASSWORD "\n");
    make_cluster(server);
    server_start(server);
    server_run(server, "CREATE ROLE leser LOGIN PASSWORD '" SERVER_PASSWORD "'");
    return server;
}

void server_free(Server *server)
{
    if (server != NULL) {
        server_stop(server);
        (void)sp_folder_remove(server->folder, NULL);
        g_free(server->folder);
        g_free(server->bin);
        g_free(server->service_file);
        g_free(server->pass_file);
        g_free(server);
    }
}

SpPostgres *server_open(const Server *server, const char *service)
{
    g_autoptr(GError) error = NULL;
    const SpPostgresPlace place = {service, server->service_file, server->pass_file};
    SpPostgres *session = sp_postgres_open(&place, &error);
    assert_no_error(error);
    return session;
}

void server_run(const Server *server, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpPostgres) session = server_open(server, "eier");
    (void)sp_postgres_run(session, sql, &error);
    assert_no_error(error);
}

char *session_ask(SpPostgres *session, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpAnswer) answer = sp_postgres_ask(session, sql, NULL, 0, &error);
    assert_no_error(error);
    GString *text = g_string_new(NULL);
    for (gsize row = 0; row < sp_answer_n_rows(answer); row++) {
        for (gsize column = 0; column < sp_answer_n_columns(answer); column++) {
            const char *cell = sp_answer_text(answer, row, column);
            g_string_append_printf(text, "%s%s", column > 0 ? "|" : "", cell != NULL ? cell : "~");
        }
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

char *server_ask(const Server *server, const char *sql)
{
    g_autoptr(SpPostgres) session = server_open(server, "eier");
    return session_ask(session, sql);
}
