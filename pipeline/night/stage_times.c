/* Questions to the ledger about nights before. */
#include "pipeline/night/stage_times.h"

#include "pipeline/ledger_database.h"

#include <string.h>

/* The first row of a question; NULL with error, *has_row FALSE without any. */
static SpStatement *ask(SpLedger *ledger, const char *sql, const char *stage, const char *unit,
                        gboolean *has_row, GError **error)
{
    g_autoptr(SpStatement) select = sp_statement_new(ledger->database, sql, error);
    if (select == NULL) {
        return NULL;
    }
    sp_statement_bind_text(select, 1, stage);
    if (unit != NULL) {
        sp_statement_bind_text(select, 2, unit);
    }
    return sp_statement_step(select, has_row, error) ? g_steal_pointer(&select) : NULL;
}

gboolean sp_stage_times_unfinished(SpLedger *ledger, gint64 run, gint64 *began, char **program,
                                   GError **error)
{
    g_autoptr(SpStatement) select = sp_statement_new(
        ledger->database,
        "SELECT started, program, finished IS NULL FROM run WHERE id < ? ORDER BY id DESC LIMIT 1",
        error);
    gboolean has_row = FALSE;
    *program = NULL;
    if (select == NULL) {
        return FALSE;
    }
    sp_statement_bind_int(select, 1, run);
    if (!sp_statement_step(select, &has_row, error)) {
        return FALSE;
    }
    if (has_row && sp_statement_int(select, 2) != 0) {
        *began = sp_statement_int(select, 0);
        *program = g_strdup(sp_statement_text(select, 1));
    }
    return TRUE;
}

gboolean sp_stage_times_last(SpLedger *ledger, const char *stage, SpStageTime *last, GError **error)
{
    gboolean has_row = FALSE;
    g_autoptr(SpStatement) select =
        ask(ledger,
            "SELECT coalesce(min(started), 0), coalesce(sum(seconds), 0.0), coalesce(sum(n_rows), "
            "0) FROM execution WHERE stage = ?1 AND outcome = 'made' AND run = (SELECT max(run) "
            "FROM execution WHERE stage = ?1 AND outcome = 'made')",
            stage, NULL, &has_row, error);
    if (select == NULL) {
        return FALSE;
    }
    *last = (SpStageTime){0};
    if (has_row) {
        *last = (SpStageTime){.started = sp_statement_int(select, 0),
                              .seconds = sp_statement_double(select, 1),
                              .n_rows = sp_statement_int(select, 2)};
    }
    return TRUE;
}

gboolean sp_stage_times_unit(SpLedger *ledger, const char *stage, const char *unit, double *seconds,
                             GError **error)
{
    gboolean has_row = FALSE;
    g_autoptr(SpStatement) select =
        ask(ledger,
            "SELECT seconds FROM execution WHERE stage = ? AND unit = ? AND outcome = 'made' "
            "ORDER BY id DESC LIMIT 1",
            stage, unit, &has_row, error);
    if (select == NULL) {
        return FALSE;
    }
    *seconds = has_row ? sp_statement_double(select, 0) : -1.0;
    return TRUE;
}

gboolean sp_stage_times_outcomes(SpLedger *ledger, gint64 run, guint n[], GError **error)
{
    g_autoptr(SpStatement) select = sp_statement_new(
        ledger->database, "SELECT outcome, count(*) FROM execution WHERE run = ? GROUP BY outcome",
        error);
    gboolean has_row = FALSE;
    if (select == NULL) {
        return FALSE;
    }
    sp_statement_bind_int(select, 1, run);
    for (SpOutcome outcome = 0; outcome < SP_OUTCOME_N; outcome++) {
        n[outcome] = 0;
    }
    while (sp_statement_step(select, &has_row, error)) {
        if (!has_row) {
            return TRUE;
        }
        for (SpOutcome outcome = 0; outcome < SP_OUTCOME_N; outcome++) {
            if (strcmp(sp_statement_text(select, 0), sp_outcome_word(outcome)) == 0) {
                n[outcome] = (guint)sp_statement_int(select, 1);
            }
        }
    }
    return FALSE;
}
