/* How it went. */
#include "pipeline/outcome.h"

#include "core/error.h"

gboolean sp_outcome_note(const SpContext *context, const char *stage, const char *unit,
                         SpOutcome outcome, const char *message, GError **error)
{
    const SpExecution execution = {.stage = stage,
                                   .unit = unit,
                                   .outcome = outcome,
                                   .key = "",
                                   .content = "",
                                   .started = context->now,
                                   .message = message};
    return sp_ledger_note(context->ledger, context->run, &execution, NULL, 0, error);
}

gboolean sp_outcome_note_well(const SpContext *context, const char *stage, const char *unit,
                              gboolean is_done, const char *message, GError **error)
{
    gint64 since = 0;
    return (is_done || sp_ledger_failing_since(context->ledger, stage, unit, &since, error)) &&
           ((!is_done && since == 0) ||
            sp_outcome_note(context, stage, unit, SP_OUTCOME_MADE, message, error));
}

gboolean sp_outcome_may_pass(int code)
{
    return code == SP_ERROR_UNAVAILABLE || code == SP_ERROR_TRY_LATER;
}

void sp_outcome_keep(const SpContext *context, GError **first, GError *failure)
{
    GError *kept = *first;
    if (failure == NULL) {
        return;
    }
    const gboolean is_graver =
        kept == NULL || (sp_outcome_may_pass(sp_error_exit_status(kept)) &&
                         !sp_outcome_may_pass(sp_error_exit_status(failure)));
    GError *other = is_graver ? kept : failure;
    *first = is_graver ? failure : kept;
    if (other != NULL) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", other->message);
        g_error_free(other);
    }
}
