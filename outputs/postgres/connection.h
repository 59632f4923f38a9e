/**
 * PostgreSQL by libpq: a connection, statements, COPY, and errors in our form. No type of libpq's
 * shows, and passwords go from their file to libpq by memory alone.
 *
 * Errors, each naming the service and the server's words: SP_ERROR_UNAVAILABLE (no answer, the
 * connection broke, the server shuts down or has no room), SP_ERROR_TRY_LATER (others held a lock
 * for too long), SP_ERROR_PERMISSION (the server says no), SP_ERROR_CONFIG (service or database is
 * not there, or somebody's own view stands on what is to change), SP_ERROR_DATA (a value or a key
 * that the server refuses), SP_ERROR_BUG (our SQL is wrong). A server's refusal is known by its
 * SQLSTATE, in whatever language it is worded.
 */
#ifndef SP_OUTPUTS_POSTGRES_CONNECTION_H
#define SP_OUTPUTS_POSTGRES_CONNECTION_H

#include <glib.h>

typedef struct SpPostgres SpPostgres;
typedef struct SpAnswer SpAnswer;

/** Where the database is. Borrowed. */
typedef struct {
    const char *service;      /* a section of the service file */
    const char *service_file; /* NULL: PGSERVICEFILE, else ~/.pg_service.conf */
    const char *pass_file;    /* of any mode; NULL: by the service, PGPASSFILE, else ~/.pgpass */
} SpPostgresPlace;

/** Connects, waiting at most 10 s a host, and later about a minute for a server that is lost
 * without a word, unless the service says otherwise. Who may read the file of passwords is the
 * caller's to see to. SP_ERROR_CONFIG for a database that is not in UTF-8. */
SpPostgres *sp_postgres_open(const SpPostgresPlace *place, GError **error);
/** What was not committed is gone. */
void sp_postgres_close(SpPostgres *postgres);

/** Runs one or more statements without results. */
gboolean sp_postgres_run(SpPostgres *postgres, const char *sql, GError **error);
/** One statement with values for $1 … $n, as text; NULL is NULL. */
SpAnswer *sp_postgres_ask(SpPostgres *postgres, const char *sql, const char *const values[],
                          gsize n, GError **error);
/** TRUE if the last statement failed because schema or table is not there. */
gboolean sp_postgres_is_missing(const SpPostgres *postgres);

gsize sp_answer_n_rows(const SpAnswer *answer);
gsize sp_answer_n_columns(const SpAnswer *answer);
/** Borrowed from the answer; NULL for NULL. */
const char *sp_answer_text(const SpAnswer *answer, gsize row, gsize column);
void sp_answer_free(SpAnswer *answer);

/** COPY … FROM STDIN: begin, put bytes in its text form, end. Inside a transaction: an error at any
 * of the three means that it is lost. */
gboolean sp_postgres_copy_begin(SpPostgres *postgres, const char *sql, GError **error);
gboolean sp_postgres_copy_put(SpPostgres *postgres, const char *bytes, gsize size, GError **error);
gboolean sp_postgres_copy_end(SpPostgres *postgres, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPostgres, sp_postgres_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpAnswer, sp_answer_free)

#endif
