/* The ledger in SQLite. */
#include "pipeline/ledger.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/sqlite.h"

#include <errno.h>
#include <sys/stat.h>

struct SpLedger {
    SpDatabase *database;
};

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS run (id INTEGER PRIMARY KEY, program TEXT NOT NULL, started "
    "INTEGER NOT NULL,"
    " finished INTEGER, exit_status INTEGER, message TEXT) STRICT;"
    "CREATE TABLE IF NOT EXISTS execution (id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES "
    "run(id),"
    " stage TEXT NOT NULL, unit TEXT NOT NULL, key TEXT, content TEXT, outcome TEXT NOT NULL,"
    " started INTEGER NOT NULL, seconds REAL NOT NULL, message TEXT) STRICT;"
    "CREATE INDEX IF NOT EXISTS execution_unit ON execution (stage, unit, id);"
    "CREATE TABLE IF NOT EXISTS artefact (stage TEXT NOT NULL, unit TEXT NOT NULL, key TEXT NOT "
    "NULL,"
    " content TEXT NOT NULL, made INTEGER NOT NULL, PRIMARY KEY (stage, unit, key)) STRICT;"
    "CREATE TABLE IF NOT EXISTS parent (stage TEXT NOT NULL, unit TEXT NOT NULL, key TEXT NOT NULL,"
    " input TEXT NOT NULL, PRIMARY KEY (stage, unit, key, input)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, device INTEGER, inode INTEGER, size "
    "INTEGER,"
    " mtime INTEGER, ctime INTEGER, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS checked (path TEXT PRIMARY KEY, identity TEXT NOT NULL) STRICT, "
    "WITHOUT ROWID;"
    "PRAGMA user_version = 1;";

static const char *const outcome_words[] = {
    [SP_OUTCOME_MADE] = "made", [SP_OUTCOME_REUSED] = "reused", [SP_OUTCOME_FAILED] = "failed"};

SpLedger *sp_ledger_open(const char *path, GError **error)
{
    g_autoptr(SpDatabase) database = sp_database_open(path, error);
    if (database == NULL || !sp_database_run(database, schema, error)) {
        return NULL;
    }
    SpLedger *ledger = g_new0(SpLedger, 1);
    ledger->database = g_steal_pointer(&database);
    return ledger;
}

SpLedger *sp_ledger_open_readonly(const char *path, GError **error)
{
    SpDatabase *database = sp_database_open_readonly(path, error);
    if (database == NULL) {
        return NULL;
    }
    SpLedger *ledger = g_new0(SpLedger, 1);
    ledger->database = database;
    return ledger;
}

void sp_ledger_close(SpLedger *ledger)
{
    if (ledger != NULL) {
        sp_database_close(ledger->database);
        g_free(ledger);
    }
}

gboolean sp_ledger_begin_run(SpLedger *ledger, const char *program, gint64 now, gint64 *run,
                             GError **error)
{
    g_autoptr(SpStatement) insert = sp_statement_new(
        ledger->database, "INSERT INTO run (program, started) VALUES (?, ?)", error);
    if (insert == NULL) {
        return FALSE;
    }
    sp_statement_bind_text(insert, 1, program);
    sp_statement_bind_int(insert, 2, now);
    if (!sp_statement_run(insert, error)) {
        return FALSE;
    }
    *run = sp_database_last_id(ledger->database);
    return TRUE;
}

gboolean sp_ledger_end_run(SpLedger *ledger, gint64 run, gint64 now, int exit_status,
                           const char *message, GError **error)
{
    g_autoptr(SpStatement) update = sp_statement_new(
        ledger->database, "UPDATE run SET finished = ?, exit_status = ?, message = ? WHERE id = ?",
        error);
    if (update == NULL) {
        return FALSE;
    }
    sp_statement_bind_int(update, 1, now);
    sp_statement_bind_int(update, 2, exit_status);
    sp_statement_bind_text(update, 3, message);
    sp_statement_bind_int(update, 4, run);
    return sp_statement_run(update, error);
}

static gboolean note_artefact(SpLedger *ledger, const SpExecution *execution,
                              const char *const parents[], gsize n_parents, GError **error)
{
    g_autoptr(SpStatement) artefact = sp_statement_new(
        ledger->database,
        "INSERT OR IGNORE INTO artefact (stage, unit, key, content, made) VALUES (?, ?, ?, ?, ?)",
        error);
    g_autoptr(SpStatement) parent =
        artefact == NULL
            ? NULL
            : sp_statement_new(
                  ledger->database,
                  "INSERT OR IGNORE INTO parent (stage, unit, key, input) VALUES (?, ?, ?, ?)",
                  error);
    if (parent == NULL) {
        return FALSE;
    }
    sp_statement_bind_text(artefact, 1, execution->stage);
    sp_statement_bind_text(artefact, 2, execution->unit);
    sp_statement_bind_text(artefact, 3, execution->key);
    sp_statement_bind_text(artefact, 4, execution->content);
    sp_statement_bind_int(artefact, 5, execution->started);
    if (!sp_statement_run(artefact, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n_parents; i++) {
        sp_statement_bind_text(parent, 1, execution->stage);
        sp_statement_bind_text(parent, 2, execution->unit);
        sp_statement_bind_text(parent, 3, execution->key);
        sp_statement_bind_text(parent, 4, parents[i]);
        if (!sp_statement_run(parent, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean note_execution(SpLedger *ledger, gint64 run, const SpExecution *execution,
                               GError **error)
{
    g_autoptr(SpStatement) insert = sp_statement_new(
        ledger->database,
        "INSERT INTO execution (run, stage, unit, key, content, outcome, started, seconds, message)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        error);
    if (insert == NULL) {
        return FALSE;
    }
    sp_statement_bind_int(insert, 1, run);
    sp_statement_bind_text(insert, 2, execution->stage);
    sp_statement_bind_text(insert, 3, execution->unit);
    sp_statement_bind_text(insert, 4, execution->key);
    sp_statement_bind_text(insert, 5, execution->content);
    sp_statement_bind_text(insert, 6, outcome_words[execution->outcome]);
    sp_statement_bind_int(insert, 7, execution->started);
    sp_statement_bind_double(insert, 8, execution->seconds);
    sp_statement_bind_text(insert, 9, execution->message);
    return sp_statement_run(insert, error);
}

gboolean sp_ledger_note(SpLedger *ledger, gint64 run, const SpExecution *execution,
                        const char *const parents[], gsize n_parents, GError **error)
{
    gboolean is_done = sp_database_run(ledger->database, "BEGIN IMMEDIATE", error) &&
                       note_execution(ledger, run, execution, error) &&
                       (execution->outcome != SP_OUTCOME_MADE ||
                        note_artefact(ledger, execution, parents, n_parents, error)) &&
                       sp_database_run(ledger->database, "COMMIT", error);
    if (!is_done) {
        (void)sp_database_run(ledger->database, "ROLLBACK", NULL);
        g_prefix_error(error, "ledger: ");
    }
    return is_done;
}

static gint64 nanoseconds(struct timespec time)
{
    return (gint64)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void bind_identity(SpStatement *statement, const char *path, const struct stat *info)
{
    sp_statement_bind_text(statement, 1, path);
    sp_statement_bind_int(statement, 2, (gint64)info->st_dev);
    sp_statement_bind_int(statement, 3, (gint64)info->st_ino);
    sp_statement_bind_int(statement, 4, (gint64)info->st_size);
    sp_statement_bind_int(statement, 5, nanoseconds(info->st_mtim));
    sp_statement_bind_int(statement, 6, nanoseconds(info->st_ctim));
}

static gboolean find_hash(SpLedger *ledger, const char *path, const struct stat *info,
                          char hex[SP_HASH_SIZE], gboolean *is_found, GError **error)
{
    g_autoptr(SpStatement) select =
        sp_statement_new(ledger->database,
                         "SELECT hash FROM file WHERE path = ? AND device = ? AND inode = ?"
                         " AND size = ? AND mtime = ? AND ctime = ?",
                         error);
    if (select == NULL) {
        return FALSE;
    }
    bind_identity(select, path, info);
    if (!sp_statement_step(select, is_found, error)) {
        return FALSE;
    }
    if (*is_found) {
        g_strlcpy(hex, sp_statement_text(select, 0), SP_HASH_SIZE);
    }
    return TRUE;
}

gboolean sp_ledger_hash_file(SpLedger *ledger, const char *path, char hex[SP_HASH_SIZE],
                             GError **error)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        return sp_error_set_errno(error, errno, "%s", path);
    }
    gboolean is_found = FALSE;
    if (!find_hash(ledger, path, &info, hex, &is_found, error)) {
        return FALSE;
    }
    if (is_found) {
        return TRUE;
    }
    if (!sp_file_hash(path, hex, error)) {
        return FALSE;
    }
    g_autoptr(SpStatement) insert =
        sp_statement_new(ledger->database,
                         "INSERT OR REPLACE INTO file (path, device, inode, size, mtime, ctime, "
                         "hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                         error);
    if (insert == NULL) {
        return FALSE;
    }
    bind_identity(insert, path, &info);
    sp_statement_bind_text(insert, 7, hex);
    return sp_statement_run(insert, error);
}

gboolean sp_ledger_is_checked(SpLedger *ledger, const char *path, const char *identity,
                              gboolean *is_checked, GError **error)
{
    g_autoptr(SpStatement) select = sp_statement_new(
        ledger->database, "SELECT 1 FROM checked WHERE path = ? AND identity = ?", error);
    if (select == NULL) {
        return FALSE;
    }
    sp_statement_bind_text(select, 1, path);
    sp_statement_bind_text(select, 2, identity);
    return sp_statement_step(select, is_checked, error);
}

gboolean sp_ledger_set_checked(SpLedger *ledger, const char *path, const char *identity,
                               GError **error)
{
    g_autoptr(SpStatement) insert = sp_statement_new(
        ledger->database, "INSERT OR REPLACE INTO checked (path, identity) VALUES (?, ?)", error);
    if (insert == NULL) {
        return FALSE;
    }
    sp_statement_bind_text(insert, 1, path);
    sp_statement_bind_text(insert, 2, identity);
    return sp_statement_run(insert, error);
}

gboolean sp_ledger_failing_since(SpLedger *ledger, const char *stage, const char *unit,
                                 gint64 *since, GError **error)
{
    g_autoptr(SpStatement) select = sp_statement_new(
        ledger->database,
        "SELECT coalesce(min(started), 0) FROM execution WHERE stage = ?1 AND unit = ?2"
        " AND id > (SELECT coalesce(max(id), 0) FROM execution"
        " WHERE stage = ?1 AND unit = ?2 AND outcome <> 'failed')",
        error);
    if (select == NULL) {
        return FALSE;
    }
    sp_statement_bind_text(select, 1, stage);
    sp_statement_bind_text(select, 2, unit);
    gboolean has_row = FALSE;
    if (!sp_statement_step(select, &has_row, error)) {
        return FALSE;
    }
    *since = has_row ? sp_statement_int(select, 0) : 0;
    return TRUE;
}

gboolean sp_ledger_last_made(SpLedger *ledger, const char *stage, const char *unit, gint64 *when,
                             char **message, GError **error)
{
    g_autoptr(SpStatement) select = sp_statement_new(
        ledger->database,
        "SELECT started, message FROM execution WHERE stage = ? AND unit = ? AND outcome = 'made' "
        "ORDER BY id DESC LIMIT 1",
        error);
    gboolean has_row = FALSE;
    *when = 0;
    *message = NULL;
    if (select == NULL) {
        return FALSE;
    }
    sp_statement_bind_text(select, 1, stage);
    sp_statement_bind_text(select, 2, unit);
    if (!sp_statement_step(select, &has_row, error)) {
        return FALSE;
    }
    if (has_row) {
        *when = sp_statement_int(select, 0);
        *message = g_strdup(sp_statement_text(select, 1));
    }
    return TRUE;
}

gboolean sp_ledger_failures(SpLedger *ledger, gint64 run, const char *stage, const char *kind,
                            GString *list, GError **error)
{
    g_autoptr(SpStatement) select = sp_statement_new(
        ledger->database,
        "SELECT unit, coalesce(message, '') FROM execution WHERE run = ? AND stage "
        "= ? AND outcome = 'failed' ORDER BY id",
        error);
    gboolean has_row = FALSE;
    if (select == NULL) {
        return FALSE;
    }
    sp_statement_bind_int(select, 1, run);
    sp_statement_bind_text(select, 2, stage);
    while (sp_statement_step(select, &has_row, error)) {
        if (!has_row) {
            return TRUE;
        }
        g_string_append_printf(list, "%s%s %s (%s)", list->len > 0 ? ", " : "", kind,
                               sp_statement_text(select, 0), sp_statement_text(select, 1));
    }
    return FALSE;
}

gboolean sp_ledger_n_made(SpLedger *ledger, gint64 run, guint *n_made, GError **error)
{
    g_autoptr(SpStatement) select = sp_statement_new(
        ledger->database, "SELECT count(*) FROM execution WHERE run = ? AND outcome = 'made'",
        error);
    if (select == NULL) {
        return FALSE;
    }
    sp_statement_bind_int(select, 1, run);
    gboolean has_row = FALSE;
    if (!sp_statement_step(select, &has_row, error)) {
        return FALSE;
    }
    *n_made = has_row ? (guint)sp_statement_int(select, 0) : 0;
    return TRUE;
}

gboolean sp_ledger_last_runs(SpLedger *ledger, guint n,
                             void (*row)(const SpRunRow *row, gpointer data), gpointer data,
                             GError **error)
{
    g_autoptr(SpStatement) select =
        sp_statement_new(ledger->database,
                         "SELECT started, coalesce(finished, 0), program, coalesce(exit_status, "
                         "-1), coalesce(message, '')"
                         " FROM run ORDER BY id DESC LIMIT ?",
                         error);
    if (select == NULL) {
        return FALSE;
    }
    sp_statement_bind_int(select, 1, n);
    gboolean has_row = FALSE;
    while (sp_statement_step(select, &has_row, error)) {
        if (!has_row) {
            return TRUE;
        }
        const SpRunRow found = {.started = sp_statement_int(select, 0),
                                .finished = sp_statement_int(select, 1),
                                .program = sp_statement_text(select, 2),
                                .exit_status = (int)sp_statement_int(select, 3),
                                .message = sp_statement_text(select, 4)};
        row(&found, data);
    }
    return FALSE;
}
