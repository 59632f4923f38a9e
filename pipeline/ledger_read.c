/* What is asked of the ledger about runs and executions. */
#include "pipeline/ledger.h"
#include "pipeline/ledger_database.h"

#include <string.h>

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

static SpOutcome find_outcome(const char *word)
{
    for (SpOutcome outcome = 0; outcome < SP_OUTCOME_N; outcome++) {
        if (strcmp(word, sp_outcome_word(outcome)) == 0) {
            return outcome;
        }
    }
    return SP_OUTCOME_FAILED;
}

gboolean sp_ledger_executions(SpLedger *ledger, gint64 run,
                              void (*row)(const SpExecution *execution, gpointer data),
                              gpointer data, GError **error)
{
    g_autoptr(SpStatement) select = sp_statement_new(
        ledger->database,
        "SELECT stage, unit, key, content, outcome, started, seconds, message, coalesce(n_rows, 0)"
        " FROM execution WHERE run = ? ORDER BY id",
        error);
    if (select == NULL) {
        return FALSE;
    }
    sp_statement_bind_int(select, 1, run);
    gboolean has_row = FALSE;
    while (sp_statement_step(select, &has_row, error)) {
        if (!has_row) {
            return TRUE;
        }
        const SpExecution found = {.stage = sp_statement_text(select, 0),
                                   .unit = sp_statement_text(select, 1),
                                   .key = sp_statement_text(select, 2),
                                   .content = sp_statement_text(select, 3),
                                   .outcome = find_outcome(sp_statement_text(select, 4)),
                                   .started = sp_statement_int(select, 5),
                                   .seconds = sp_statement_double(select, 6),
                                   .message = sp_statement_text(select, 7),
                                   .n_rows = sp_statement_int(select, 8)};
        row(&found, data);
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
