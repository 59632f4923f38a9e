/**
 * A PostgreSQL server of a test's own: Debian's, in a temporary folder, on a socket there and on no
 * network, as an ordinary user (initdb refuses root), with passwords. It is ended by its process
 * id, and by the system when the test dies.
 */
#ifndef SP_TESTS_OUTPUTS_POSTGRES_SERVER_H
#define SP_TESTS_OUTPUTS_POSTGRES_SERVER_H

#include "outputs/postgres/connection.h"

/** The password of all its users: to be found in no log. */
#define SERVER_PASSWORD "hemmelig-portal-42"

typedef struct {
    char *folder;
    char *bin;          /* of the server's programs */
    char *service_file; /* services "eier" (owns the database) and "leser" (may do nothing yet) */
    char *pass_file;
    GPid pid; /* 0: it does not run */
} Server;

/** NULL, told loudly, where PostgreSQL is not installed. */
Server *server_new(const char *test);
/** Ends it, if it runs, and starts it again. */
void server_stop(Server *server);
void server_start(Server *server);
void server_free(Server *server);

/** A session of a service; the caller closes it. */
SpPostgres *server_open(const Server *server, const char *service);
/** Runs statements as its owner; they must succeed. */
void server_run(const Server *server, const char *sql);
/** The answer to a question as its owner: cells parted by "|", rows by LF, NULL is "~". g_free. */
char *server_ask(const Server *server, const char *sql);
/** The same in an open session. */
char *session_ask(SpPostgres *session, const char *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Server, server_free)

#endif
