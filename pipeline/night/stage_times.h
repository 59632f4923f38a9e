/** What the ledger remembers of runs and stages before: how long they took, and how they ended. */
#ifndef SP_PIPELINE_NIGHT_STAGE_TIMES_H
#define SP_PIPELINE_NIGHT_STAGE_TIMES_H

#include "pipeline/ledger.h"

/** The run before `run`, if it never ended: when it began, and its program (g_free). Else *program
 * is NULL. */
gboolean sp_stage_times_unfinished(SpLedger *ledger, gint64 run, gint64 *began, char **program,
                                   GError **error);

/** What a stage made in the last run in which it made anything. */
typedef struct {
    gint64 started; /* 0: never */
    double seconds; /* of its units together, also of those made side by side */
    gint64 n_rows;  /* of the tables it wrote */
} SpStageTime;
gboolean sp_stage_times_last(SpLedger *ledger, const char *stage, SpStageTime *last,
                             GError **error);

/** Seconds that a unit took when it was made last; < 0: never. */
gboolean sp_stage_times_unit(SpLedger *ledger, const char *stage, const char *unit, double *seconds,
                             GError **error);

/** How many units of a run ended how: n [SP_OUTCOME_N]. */
gboolean sp_stage_times_outcomes(SpLedger *ledger, gint64 run, guint n[], GError **error);

#endif
