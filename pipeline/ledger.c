/* The ledger in SQLite: opening it, and what is written into it. */
#include "pipeline/ledger.h"
#include "pipeline/ledger_database.h"

#include "core/error.h"

/* What makes a ledger of version i one of version i + 1; a new one has version 0. A step that was
 * released is never changed. */
static const char *const steps[] = {
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
    "WITHOUT ROWID;",
    "ALTER TABLE execution ADD COLUMN n_rows INTEGER;"};

static const char *const outcome_words[] = {
    [SP_OUTCOME_MADE] = "made", [SP_OUTCOME_REUSED] = "reused", [SP_OUTCOME_FAILED] = "failed"};

const char *sp_outcome_word(SpOutcome outcome)
{
    return outcome_words[outcome];
}

static gboolean read_version(SpDatabase *database, gsize *version, GError **error)
{
    g_autoptr(SpStatement) select = sp_statement_new(database, "PRAGMA user_version", error);
    gboolean has_row = FALSE;
    if (select == NULL || !sp_statement_step(select, &has_row, error)) {
        return FALSE;
    }
    *version = has_row ? (gsize)sp_statement_int(select, 0) : 0;
    return TRUE;
}

static gboolean take_step(SpDatabase *database, gsize version, GError **error)
{
    g_autofree char *sql =
        g_strdup_printf("BEGIN IMMEDIATE; %s PRAGMA user_version = %" G_GSIZE_FORMAT "; COMMIT",
                        steps[version], version + 1);
    if (sp_database_run(database, sql, error)) {
        return TRUE;
    }
    (void)sp_database_run(database, "ROLLBACK", NULL);
    return FALSE;
}

/* Brings it to the version of this program, each step whole or not at all. */
static gboolean migrate(SpDatabase *database, const char *path, GError **error)
{
    gsize version = 0;
    if (!read_version(database, &version, error)) {
        return FALSE;
    }
    if (version > G_N_ELEMENTS(steps)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s was written by a newer statpakke (version %" G_GSIZE_FORMAT
                            ", this one knows %" G_GSIZE_FORMAT
                            "); use that one, or move the file away and run statpakke rebuild",
                            path, version, G_N_ELEMENTS(steps));
    }
    for (; version < G_N_ELEMENTS(steps); version++) {
        if (!take_step(database, version, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

SpLedger *sp_ledger_open(const char *path, GError **error)
{
    g_autoptr(SpDatabase) database = sp_database_open(path, error);
    if (database == NULL || !migrate(database, path, error)) {
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
    ledger->is_readonly = TRUE;
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

gboolean sp_ledger_add_run(SpLedger *ledger, gint64 run, const SpRunRow *row, GError **error)
{
    g_autoptr(SpStatement) insert =
        sp_statement_new(ledger->database,
                         "INSERT INTO run (id, program, started, finished, exit_status, message)"
                         " VALUES (?1, ?2, ?3, nullif(?4, 0), iif(?4 = 0, NULL, ?5), ?6)",
                         error);
    if (insert == NULL) {
        return FALSE;
    }
    sp_statement_bind_int(insert, 1, run);
    sp_statement_bind_text(insert, 2, row->program);
    sp_statement_bind_int(insert, 3, row->started);
    sp_statement_bind_int(insert, 4, row->finished);
    sp_statement_bind_int(insert, 5, row->exit_status);
    sp_statement_bind_text(insert, 6, row->message);
    return sp_statement_run(insert, error);
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

gboolean sp_ledger_add_artefact(SpLedger *ledger, const SpExecution *execution,
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

gboolean sp_ledger_add_execution(SpLedger *ledger, gint64 run, const SpExecution *execution,
                                 GError **error)
{
    g_autoptr(SpStatement) insert =
        sp_statement_new(ledger->database,
                         "INSERT INTO execution (run, stage, unit, key, content, outcome, started, "
                         "seconds, message, n_rows)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
    sp_statement_bind_int(insert, 10, execution->n_rows);
    return sp_statement_run(insert, error);
}

gboolean sp_ledger_note(SpLedger *ledger, gint64 run, const SpExecution *execution,
                        const char *const parents[], gsize n_parents, GError **error)
{
    gboolean is_done = sp_database_run(ledger->database, "BEGIN IMMEDIATE", error) &&
                       sp_ledger_add_execution(ledger, run, execution, error) &&
                       (execution->outcome != SP_OUTCOME_MADE ||
                        sp_ledger_add_artefact(ledger, execution, parents, n_parents, error)) &&
                       sp_database_run(ledger->database, "COMMIT", error);
    if (!is_done) {
        (void)sp_database_run(ledger->database, "ROLLBACK", NULL);
        g_prefix_error(error, "ledger: ");
    }
    return is_done;
}
