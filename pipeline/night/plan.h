/**
 * What a run would do, unit by unit, and why, or why not: found by the same declarations and keys
 * by which stages decide, without writing anything.
 */
#ifndef SP_PIPELINE_NIGHT_PLAN_H
#define SP_PIPELINE_NIGHT_PLAN_H

#include "core/io/json.h"
#include "pipeline/context.h"

typedef enum {
    SP_PLAN_CURRENT, /* what is there is what it would be */
    SP_PLAN_ASK,     /* a source is asked; what it answers is not known before */
    SP_PLAN_WAIT,    /* for a person: an approval */
    SP_PLAN_MAKE,
    SP_PLAN_AGAIN,   /* it was made before from just this, and is pointed at again */
    SP_PLAN_PERHAPS, /* if something that is made before it turns out other than it is */
    SP_PLAN_CANNOT,  /* it would fail */
    SP_PLAN_N_STATES
} SpPlanState;

typedef struct {
    const char *stage;
    char *unit;
    SpPlanState state;
    GPtrArray *reasons; /* char*, a sentence each; of a current one why it is not made */
} SpPlanned;

typedef struct SpPlan {
    GPtrArray *units; /* SpPlanned*, in running order */
} SpPlan;

/** "current", "ask", "wait", "make", "again", "perhaps", "cannot". */
const char *sp_plan_word(SpPlanState state);

/**
 * The plan of the steps (GArray of SpStep, pipeline/night/steps.h). The context needs no lock and
 * is marked as one of a dry run; its ledger may be open readonly, or not be there.
 */
SpPlan *sp_plan_new(SpContext *context, const GArray *steps, GError **error);
void sp_plan_free(SpPlan *plan);

/** Adds a unit; the caller adds reasons by the next. Borrowed. */
SpPlanned *sp_plan_add(SpPlan *plan, const char *stage, const char *unit, SpPlanState state);
void sp_plan_because(SpPlanned *planned, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** Whether a unit ("STAGE/UNIT"), or any of a stage (UNIT NULL), may come to be another than it is.
 */
gboolean sp_plan_may_change(const SpPlan *plan, const char *stage, const char *unit);
/** How many units are not as a run would have them: all but current ones, those asked and those
 * that wait. */
guint sp_plan_n_stale(const SpPlan *plan);
/** The first of them; NULL: there is none. Borrowed. */
const SpPlanned *sp_plan_first_stale(const SpPlan *plan);

/** For people: stage by stage, state, unit and reasons; g_free. */
char *sp_plan_format(const SpPlan *plan);
/** For programs: [{"stage", "unit", "state", "reasons"}]. json_decref. */
json_t *sp_plan_json(const SpPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPlan, sp_plan_free)

#endif
