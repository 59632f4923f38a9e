/* PostgreSQL: the only module that knows libpq. */
#include "outputs/postgres/connection.h"

#include "core/error.h"
#include "core/io/files.h"

#include <libpq-fe.h>

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STATE_SIZE = 6, MAX_PASSWORDS = 65536, OWNER_ONLY = 0600, MAX_OPTIONS = 16 };

/* No wait is for ever, unless the service says otherwise: a server that is lost without a word is
 * told from one that works on a long statement, and shows within two minutes. */
static const struct {
    const char *name, *value;
} limits[] = {{"connect_timeout", "10"},
              {"keepalives_idle", "30"},
              {"keepalives_interval", "10"},
              {"keepalives_count", "3"},
              {"tcp_user_timeout", "60000"}};

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
    {"22", SP_ERROR_DATA},           {"23", SP_ERROR_DATA},         {"2BP01", SP_ERROR_CONFIG},
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

/* ---- connecting ---- */

/* libpq's own words, which no locale changes, for what no waiting helps. */
static SpErrorCode code_of_words(const char *message)
{
    static const struct {
        const char *words;
        SpErrorCode code;
    } refusals[] = {{"definition of service", SP_ERROR_CONFIG},
                    {"service file", SP_ERROR_CONFIG},
                    {"syntax error in", SP_ERROR_CONFIG},
                    {"invalid connection option", SP_ERROR_CONFIG},
                    {"no password supplied", SP_ERROR_PERMISSION}};
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
        if (strstr(message, refusals[i].words) != NULL) {
            return refusals[i].code;
        }
    }
    return SP_ERROR_UNAVAILABLE;
}

/* A server's refusal is worded in its own language, with its SQLSTATE before it: "FATAL:  28P01:
 * ...". What we do not know may pass. */
static SpErrorCode code_of_refusal(const char *message)
{
    g_autoptr(GRegex) form = g_regex_new(":  ([0-9A-Z]{5}): ", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(form, message, 0, &match)) {
        return code_of_words(message);
    }
    g_autofree char *state = g_match_info_fetch(match, 1);
    const SpErrorCode code = code_of(state);
    return code == SP_ERROR_BUG ? SP_ERROR_UNAVAILABLE : code;
}

static gboolean refuse(const SpPostgres *postgres, const SpPostgresPlace *place,
                       const char *passwords, GError **error)
{
    g_autoptr(GString) text = g_string_new(PQerrorMessage(postgres->handle));
    const char *location = strstr(text->str, "\nLOCATION:");
    if (location != NULL) {
        g_string_erase(text, location - text->str, (gssize)strcspn(location + 1, "\n") + 1);
    }
    if (passwords != NULL) {
        g_string_replace(text, passwords, place->pass_file, 0);
    }
    return set_error(error, code_of_refusal(text->str), postgres, text->str);
}

static gboolean is_told(const PQconninfoOption *options, const char *name)
{
    for (; options != NULL && options->keyword != NULL; options++) {
        if (strcmp(options->keyword, name) == 0) {
            return options->val != NULL;
        }
    }
    return FALSE;
}

/* Starts, and then begins anew: only so is libpq told in time to give a refusal its SQLSTATE, and
 * still tries one host after the other, each for as long as it may. */
static PGconn *connect_to(const SpPostgresPlace *place, const char *passwords)
{
    const char *names[MAX_OPTIONS] = {"service", "passfile", "application_name", "client_encoding"};
    const char *values[MAX_OPTIONS] = {place->service, passwords, "statpakke", "UTF8"};
    gsize n = 4;
    /* What the service says is asked for by the environment alone. */
    g_setenv("PGSERVICE", place->service, TRUE);
    PQconninfoOption *told = PQconndefaults();
    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
        if (!is_told(told, limits[i].name)) {
            names[n] = limits[i].name;
            values[n++] = limits[i].value;
        }
    }
    PQconninfoFree(told);
    PGconn *handle = PQconnectStartParams(names, values, 0);
    if (PQstatus(handle) != CONNECTION_BAD) {
        (void)PQsetErrorVerbosity(handle, PQERRORS_VERBOSE);
        PQreset(handle);
    }
    return handle;
}

static gboolean start(SpPostgres *postgres, const SpPostgresPlace *place, const char *passwords,
                      GError **error)
{
    postgres->handle = connect_to(place, passwords);
    if (PQstatus(postgres->handle) != CONNECTION_OK) {
        return refuse(postgres, place, passwords, error);
    }
    PQsetNoticeReceiver(postgres->handle, pass_over, NULL);
    const char *encoding = PQparameterStatus(postgres->handle, "server_encoding");
    return g_strcmp0(encoding, "UTF8") == 0 ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "the database of service %s is in %s and cannot hold all letters; name one "
                        "that was made with ENCODING 'UTF8'",
                        postgres->service, encoding);
}

static gboolean fill(int fd, const char *text, gsize size)
{
    return fd >= 0 && fchmod(fd, OWNER_ONLY) == 0 && write(fd, text, size) == (gssize)size;
}

/* libpq passes over a file that its group may read, and so is one that systemd hands us by a list
 * of who may: it gets a copy in memory that is ours alone. -1 on error. */
static int copy_passwords(const char *path, GError **error)
{
    gsize size = 0;
    char *text = sp_file_read(path, MAX_PASSWORDS, &size, error);
    if (text == NULL) {
        g_prefix_error(error, "portal.pass_file: ");
        return -1;
    }
    int fd = memfd_create("pgpass", MFD_CLOEXEC);
    if (!fill(fd, text, size)) {
        sp_error_set_errno(error, errno, "portal.pass_file: a copy in memory");
        if (fd >= 0) {
            close(fd);
        }
        fd = -1;
    }
    explicit_bzero(text, size);
    g_free(text);
    return fd;
}

SpPostgres *sp_postgres_open(const SpPostgresPlace *place, GError **error)
{
    const gboolean has_file = place->pass_file != NULL;
    const int fd = has_file ? copy_passwords(place->pass_file, error) : -1;
    if (has_file && fd < 0) {
        return NULL;
    }
    /* The file of services has no name among a connection's options before libpq 18. */
    if (place->service_file != NULL) {
        g_setenv("PGSERVICEFILE", place->service_file, TRUE);
    }
    g_autoptr(SpPostgres) postgres = g_new0(SpPostgres, 1);
    g_autofree char *passwords = has_file ? g_strdup_printf("/proc/self/fd/%d", fd) : NULL;
    postgres->service = g_strdup(place->service);
    const gboolean ok =
        start(postgres, place, passwords, error) && sp_postgres_run(postgres, session, error);
    if (has_file) {
        close(fd);
    }
    return ok ? g_steal_pointer(&postgres) : NULL;
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

/* Why the server has ended a COPY stands in its result. FALSE sets *error. */
static gboolean end_copy(SpPostgres *postgres, GError **error)
{
    PGresult *result = check(postgres, PQgetResult(postgres->handle), PGRES_COMMAND_OK, error);
    const gboolean is_well = result != NULL;
    while (result != NULL) {
        PQclear(result);
        result = PQgetResult(postgres->handle);
    }
    return is_well;
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
