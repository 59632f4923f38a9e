/* SQLite: a connection and its statements. */
#include "core/io/sqlite.h"

#include "core/error.h"
#include "core/io/files.h"

#include <sqlite3.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct SpDatabase {
    sqlite3 *handle;
    char *path;
};

struct SpStatement {
    sqlite3_stmt *handle;
    SpDatabase *database; /* borrowed */
    int bind_failure;     /* SQLite's code, SQLITE_OK for none */
};

static const int busy_timeout_ms = 10000;

static SpErrorCode code_of(int result)
{
    switch (result & 0xff) { /* the low byte is the kind, the rest its detail */
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return SP_ERROR_TRY_LATER;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
        return SP_ERROR_DATA;
    case SQLITE_CANTOPEN:
        return SP_ERROR_CANT_CREATE;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return SP_ERROR_PERMISSION;
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_PROTOCOL:
        return SP_ERROR_IO;
    default:
        return SP_ERROR_BUG;
    }
}

#define LOOK "SELECT count(*) FROM sqlite_schema;"

static gboolean set_failure(GError **error, const SpDatabase *database, int result)
{
    return sp_error_set(error, code_of(result), "%s: %s", database->path,
                        database->handle != NULL ? sqlite3_errmsg(database->handle)
                                                 : sqlite3_errstr(result));
}

/* SQLite would make the file by the umask; its journal then takes the file's mode. */
static gboolean make_file(const char *path, guint mode, gboolean may_exist, GError **error)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        /* What else may be wrong with an existing file SQLite tells better. */
        return (may_exist && errno == EEXIST) ||
               sp_error_set(error, SP_ERROR_CANT_CREATE, "cannot make %s: %s", path,
                            g_strerror(errno));
    }
    gboolean is_done = fchmod(fd, (mode_t)mode) == 0;
    int errnum = errno;
    close(fd);
    return is_done || sp_error_set_errno(error, errnum, "cannot make %s", path);
}

static SpDatabase *open_with(const char *path, int flags, const char *setup, GError **error)
{
    g_autoptr(SpDatabase) database = g_new0(SpDatabase, 1);
    database->path = g_strdup(path);
    int result = sqlite3_open_v2(path, &database->handle, flags, NULL);
    if (result != SQLITE_OK) {
        set_failure(error, database, result);
        return NULL;
    }
    sqlite3_busy_timeout(database->handle, busy_timeout_ms);
    /* Opening reads nothing; the set-up ends in a question that does, so that what is no database
     * is told here. */
    return sp_database_run(database, setup, error) ? g_steal_pointer(&database) : NULL;
}

SpDatabase *sp_database_open(const char *path, GError **error)
{
    if (!make_file(path, sp_mode_at(path, SP_MODE_PRIVATE_FILE), TRUE, error)) {
        return NULL;
    }
    return open_with(path, SQLITE_OPEN_READWRITE,
                     "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; "
                     "PRAGMA foreign_keys = ON; SELECT count(*) FROM sqlite_schema;",
                     error);
}

/* What a writer that was killed left half-done is undone by the next who looks, if he may write; a
 * connection that only reads cannot. */
static void roll_back(const char *path)
{
    g_autofree char *journal = g_strconcat(path, "-journal", NULL);
    if (access(journal, F_OK) == 0) {
        sp_database_close(open_with(path, SQLITE_OPEN_READWRITE, LOOK, NULL));
    }
}

SpDatabase *sp_database_open_readonly(const char *path, GError **error)
{
    if (access(path, F_OK) != 0) {
        sp_error_set_errno(error, errno, "cannot read %s", path);
        return NULL;
    }
    roll_back(path);
    return open_with(path, SQLITE_OPEN_READONLY, LOOK, error);
}

SpDatabase *sp_database_create(const char *path, const SpDatabaseForm *form, GError **error)
{
    if (!make_file(path, form->mode, FALSE, error)) {
        return NULL;
    }
    g_autofree char *setup =
        g_strdup_printf("PRAGMA page_size = %u; PRAGMA encoding = 'UTF-8'; "
                        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
                        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = OFF; "
                        "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                        form->page_size, form->application_id, form->user_version);
    /* One thread writes it, and need not lock for each of its rows. */
    return open_with(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, setup, error);
}

void sp_database_close(SpDatabase *database)
{
    if (database == NULL) {
        return;
    }
    sqlite3_close_v2(database->handle);
    g_free(database->path);
    g_free(database);
}

gboolean sp_database_run(SpDatabase *database, const char *sql, GError **error)
{
    int result = sqlite3_exec(database->handle, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || set_failure(error, database, result);
}

gint64 sp_database_last_id(const SpDatabase *database)
{
    return sqlite3_last_insert_rowid(database->handle);
}

SpStatement *sp_statement_new(SpDatabase *database, const char *sql, GError **error)
{
    sqlite3_stmt *handle = NULL;
    int result = sqlite3_prepare_v2(database->handle, sql, -1, &handle, NULL);
    if (result != SQLITE_OK) {
        set_failure(error, database, result);
        return NULL;
    }
    if (handle == NULL) {
        sp_error_set(error, SP_ERROR_BUG, "%s: a statement of no SQL", database->path);
        return NULL;
    }
    SpStatement *statement = g_new0(SpStatement, 1);
    statement->handle = handle;
    statement->database = database;
    return statement;
}

void sp_statement_free(SpStatement *statement)
{
    if (statement == NULL) {
        return;
    }
    sqlite3_finalize(statement->handle);
    g_free(statement);
}

static void keep_failure(SpStatement *statement, int result)
{
    if (statement->bind_failure == SQLITE_OK) {
        statement->bind_failure = result;
    }
}

void sp_statement_bind_text(SpStatement *statement, int place, const char *text)
{
    keep_failure(statement,
                 sqlite3_bind_text(statement->handle, place, text, -1, SQLITE_TRANSIENT));
}

void sp_statement_bind_borrowed(SpStatement *statement, int place, const char *text, gsize size)
{
    keep_failure(statement,
                 sqlite3_bind_text(statement->handle, place, text, (int)size, SQLITE_STATIC));
}

void sp_statement_bind_int(SpStatement *statement, int place, gint64 value)
{
    keep_failure(statement, sqlite3_bind_int64(statement->handle, place, value));
}

void sp_statement_bind_double(SpStatement *statement, int place, double value)
{
    keep_failure(statement, sqlite3_bind_double(statement->handle, place, value));
}

gboolean sp_statement_step(SpStatement *statement, gboolean *has_row, GError **error)
{
    *has_row = FALSE;
    if (statement->bind_failure != SQLITE_OK) {
        int failure = statement->bind_failure;
        statement->bind_failure = SQLITE_OK;
        return sp_error_set(error, SP_ERROR_BUG, "%s: cannot bind a value of \"%s\": %s",
                            statement->database->path, sqlite3_sql(statement->handle),
                            sqlite3_errstr(failure));
    }
    int result = sqlite3_step(statement->handle);
    if (result == SQLITE_ROW) {
        *has_row = TRUE;
        return TRUE;
    }
    gboolean ok = result == SQLITE_DONE || set_failure(error, statement->database, result);
    sqlite3_reset(statement->handle);
    return ok;
}

gboolean sp_statement_run(SpStatement *statement, GError **error)
{
    gboolean has_row = FALSE;
    if (!sp_statement_step(statement, &has_row, error)) {
        return FALSE;
    }
    if (has_row) {
        sqlite3_reset(statement->handle);
        return sp_error_set(error, SP_ERROR_BUG, "%s: \"%s\" gives rows, which nobody reads",
                            statement->database->path, sqlite3_sql(statement->handle));
    }
    return TRUE;
}

const char *sp_statement_text(SpStatement *statement, int column)
{
    return (const char *)sqlite3_column_text(statement->handle, column);
}

gint64 sp_statement_int(SpStatement *statement, int column)
{
    return sqlite3_column_int64(statement->handle, column);
}

double sp_statement_double(SpStatement *statement, int column)
{
    return sqlite3_column_double(statement->handle, column);
}

gboolean sp_statement_is_null(SpStatement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}
