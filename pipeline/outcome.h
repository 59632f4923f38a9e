/** How it went with what programs do beside the units of stages: in the ledger, by stage and unit,
 * and as errors of which one ends the program. */
#ifndef SP_PIPELINE_OUTCOME_H
#define SP_PIPELINE_OUTCOME_H

#include "pipeline/context.h"

/** Notes how it went; `message` may be NULL. Errors of the ledger, here and below. */
gboolean sp_outcome_note(const SpContext *context, const char *stage, const char *unit,
                         SpOutcome outcome, const char *message, GError **error);
/** Notes that all is well, where something was done or was not well before. */
gboolean sp_outcome_note_well(const SpContext *context, const char *stage, const char *unit,
                              gboolean is_done, const char *message, GError **error);

/** Whether a failure with this code is of others, who may answer the next time
 * (SP_ERROR_UNAVAILABLE, SP_ERROR_TRY_LATER). All else is for somebody here to mend. */
gboolean sp_outcome_may_pass(int code);

/** Keeps a failure (taken; NULL: none) in *first. Of two it keeps the first, but rather one that
 * does not pass by itself, and warns of the other. */
void sp_outcome_keep(const SpContext *context, GError **first, GError *failure);

#endif
