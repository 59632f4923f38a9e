/* PostgreSQL: the only module that knows libpq. */
#include "outputs/postgres/connection.h"

#include "core/error.h"

#include <libpq-fe.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { STATE_SIZE = 6, OTHERS_BITS = 077 };

/* What a server or a role may have set otherwise: quotes as sql.h writes them, and no end to a long
 * load. */
static const char session[] = "SET standard_conforming_strings = on; SET statement_timeout = 0; "
                              "SET idle_in_transaction_session_timeout = 0";

struct SpPostgres {
    PGconn *handle;
    char *service;
    char state[STATE_SIZE]; /* SQLSTATE of the last statement; "" when it went well */
};

struct SpAnswer {
    PGresult *handle;
};

/* What begins a SQLSTATE, and what it is to us: the first that fits. */
static const struct {
    const char *begin;
    SpErrorCode code;
} codes[] = {
    {"08", SP_ERROR_UNAVAILABLE},    {"53", SP_ERROR_UNAVAILABLE},  {"57P", SP_ERROR_UNAVAILABLE},
    {"58", SP_ERROR_UNAVAILABLE},    {"55P03", SP_ERROR_TRY_LATER}, {"57014", SP_ERROR_TRY_LATER},
    {"40", SP_ERROR_TRY_LATER},      {"28", SP_ERROR_PERMISSION},   {"42501", SP_ERROR_PERMISSION},
    {"25006", SP_ERROR_UNAVAILABLE}, {"3D", SP_ERROR_CONFIG},       {"42704", SP_ERROR_CONFIG},
    {"22", SP_ERROR_DATA},           {"23", SP_ERROR_DATA},
};

static SpErrorCode code_of(const char *state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        if (g_str_has_prefix(state, codes[i].begin)) {
            return codes[i].code;
        }
    }
    return SP_ERROR_BUG;
}

static gboolean set_error(GError **error, SpErrorCode code, const SpPostgres *postgres,
                          const char *message)
{
    g_autofree char *text = g_strdelimit(g_strdup(message), "\n", ' ');
    return sp_error_set(error, code, "the database of service %s: %s", postgres->service,
                        g_strstrip(text));
}

static gboolean fail(SpPostgres *postgres, const PGresult *result, GError **error)
{
    const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *primary =
        result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    const char *detail = result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : NULL;
    g_strlcpy(postgres->state, state != NULL ? state : "", STATE_SIZE);
    if (state == NULL || PQstatus(postgres->handle) == CONNECTION_BAD) {
        return set_error(error, SP_ERROR_UNAVAILABLE, postgres, PQerrorMessage(postgres->handle));
    }
    g_autofree char *text =
        g_strdup_printf("%s%s%s (SQLSTATE %s)", primary, detail != NULL ? ": " : "",
                        detail != NULL ? detail : "", state);
    return set_error(error, code_of(state), postgres, text);
}

/* libpq would write notices to stderr: that a table to be dropped was not there is none of news. */
static void pass_over(void *data, const PGresult *result)
{
    (void)data;
    (void)result;
}

static gboolean check_pass_file(const char *path, GError **error)
{
    struct stat info;
    if (path == NULL) {
        return TRUE;
    }
    if (stat(path, &info) != 0) {
        return sp_error_set_errno(error, errno, "%s, named by portal.pass_file", path);
    }
    return (info.st_mode & OTHERS_BITS) == 0 ||
           sp_error_set(error, SP_ERROR_PERMISSION,
                        "%s, named by portal.pass_file, can be read by others; chmod 600 it", path);
}

/* A connection that failed has no SQLSTATE; libpq's words for what no waiting helps. */
static SpErrorCode code_of_refusal(const char *message)
{
    static const struct {
        const char *words;
        SpErrorCode code;
    } refusals[] = {{"definition of service", SP_ERROR_CONFIG},
                    {"service file", SP_ERROR_CONFIG},
                    {"syntax error in", SP_ERROR_CONFIG},
                    {"invalid connection option", SP_ERROR_CONFIG},
                    {"does not exist", SP_ERROR_CONFIG},
                    {"no password supplied", SP_ERROR_PERMISSION},
                    {"authentication failed", SP_ERROR_PERMISSION},
                    {"no pg_hba.conf entry", SP_ERROR_PERMISSION},
                    {"permission denied for database", SP_ERROR_PERMISSION}};
    /* A socket that "does not exist" is a server that is away. */
    for (gsize i = 0;
         strstr(message, "No such file or directory") == NULL && i < G_N_ELEMENTS(refusals); i++) {
        if (strstr(message, refusals[i].words) != NULL) {
            return refusals[i].code;
        }
    }
    return SP_ERROR_UNAVAILABLE;
}

static gboolean start(SpPostgres *postgres, const SpPostgresPlace *place, GError **error)
{
    const char *const names[] = {"service", "passfile", "application_name", "client_encoding",
                                 NULL};
    const char *const values[] = {place->service, place->pass_file, "statpakke", "UTF8", NULL};
    postgres->handle = PQconnectdbParams(names, values, 0);
    if (PQstatus(postgres->handle) != CONNECTION_OK) {
        const char *message = PQerrorMessage(postgres->handle);
        return set_error(error, code_of_refusal(message), postgres, message);
    }
    PQsetNoticeReceiver(postgres->handle, pass_over, NULL);
    const char *encoding = PQparameterStatus(postgres->handle, "server_encoding");
    return g_strcmp0(encoding, "UTF8") == 0 ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "the database of service %s is in %s and cannot hold all letters; name one "
                        "that was made with ENCODING 'UTF8'",
                        postgres->service, encoding);
}

SpPostgres *sp_postgres_open(const SpPostgresPlace *place, GError **error)
{
    if (!check_pass_file(place->pass_file, error)) {
        return NULL;
    }
    /* The file of services has no name among a connection's options before libpq 18. */
    if (place->service_file != NULL) {
        g_setenv("PGSERVICEFILE", place->service_file, TRUE);
    }
    g_setenv("PGCONNECT_TIMEOUT", "10", FALSE);
    g_autoptr(SpPostgres) postgres = g_new0(SpPostgres, 1);
    postgres->service = g_strdup(place->service);
    return start(postgres, place, error) && sp_postgres_run(postgres, session, error)
               ? g_steal_pointer(&postgres)
               : NULL;
}

void sp_postgres_close(SpPostgres *postgres)
{
    if (postgres != NULL) {
        PQfinish(postgres->handle);
        g_free(postgres->service);
        g_free(postgres);
    }
}

/* Takes over the result: NULL unless it is one of `want`. */
static PGresult *check(SpPostgres *postgres, PGresult *result, ExecStatusType want, GError **error)
{
    const ExecStatusType status = PQresultStatus(result);
    postgres->state[0] = '\0';
    if (status == want || (want == PGRES_COMMAND_OK && status == PGRES_TUPLES_OK)) {
        return result;
    }
    (void)fail(postgres, result, error);
    PQclear(result);
    return NULL;
}

gboolean sp_postgres_run(SpPostgres *postgres, const char *sql, GError **error)
{
    PGresult *result = check(postgres, PQexec(postgres->handle, sql), PGRES_COMMAND_OK, error);
    PQclear(result);
    return result != NULL;
}

SpAnswer *sp_postgres_ask(SpPostgres *postgres, const char *sql, const char *const values[],
                          gsize n, GError **error)
{
    PGresult *result =
        check(postgres, PQexecParams(postgres->handle, sql, (int)n, NULL, values, NULL, NULL, 0),
              PGRES_COMMAND_OK, error);
    if (result == NULL) {
        return NULL;
    }
    SpAnswer *answer = g_new0(SpAnswer, 1);
    answer->handle = result;
    return answer;
}

gboolean sp_postgres_is_missing(const SpPostgres *postgres)
{
    return strcmp(postgres->state, "42P01") == 0 || strcmp(postgres->state, "3F000") == 0;
}

gsize sp_answer_n_rows(const SpAnswer *answer)
{
    return (gsize)PQntuples(answer->handle);
}

gsize sp_answer_n_columns(const SpAnswer *answer)
{
    return (gsize)PQnfields(answer->handle);
}

const char *sp_answer_text(const SpAnswer *answer, gsize row, gsize column)
{
    return PQgetisnull(answer->handle, (int)row, (int)column)
               ? NULL
               : PQgetvalue(answer->handle, (int)row, (int)column);
}

void sp_answer_free(SpAnswer *answer)
{
    if (answer != NULL) {
        PQclear(answer->handle);
        g_free(answer);
    }
}

gboolean sp_postgres_copy_begin(SpPostgres *postgres, const char *sql, GError **error)
{
    PGresult *result = check(postgres, PQexec(postgres->handle, sql), PGRES_COPY_IN, error);
    PQclear(result);
    return result != NULL;
}

/* Why the server has ended a COPY stands in its result. */
static gboolean end_copy(SpPostgres *postgres, GError **error)
{
    PGresult *result = check(postgres, PQgetResult(postgres->handle), PGRES_COMMAND_OK, error);
    PQclear(result);
    while ((result = result != NULL ? PQgetResult(postgres->handle) : NULL) != NULL) {
        PQclear(result);
    }
    return postgres->state[0] == '\0' && PQstatus(postgres->handle) == CONNECTION_OK;
}

gboolean sp_postgres_copy_put(SpPostgres *postgres, const char *bytes, gsize size, GError **error)
{
    g_assert(size <= G_MAXINT);
    return PQputCopyData(postgres->handle, bytes, (int)size) == 1 ||
           (end_copy(postgres, error) ? fail(postgres, NULL, error) : FALSE);
}

gboolean sp_postgres_copy_end(SpPostgres *postgres, GError **error)
{
    return PQputCopyEnd(postgres->handle, NULL) == 1 ? end_copy(postgres, error)
                                                     : fail(postgres, NULL, error);
}
