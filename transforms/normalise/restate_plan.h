/** Which row of the restated table each row of the facts goes to: the part of restating that looks
 * at codes only. */
#ifndef SP_TRANSFORMS_NORMALISE_RESTATE_PLAN_H
#define SP_TRANSFORMS_NORMALISE_RESTATE_PLAN_H

#include "transforms/normalise/restate.h"
#include "transforms/normalise/routes.h"
#include "transforms/normalise/split.h"

/** One code in one period: its rows all go the same way. */
typedef struct {
    const SpRoute *route; /* NULL until a row asks */
    guint32 *targets;     /* [n_targets] numbers in the plan's `codes` */
    gsize n_targets;      /* 0: the rows are left out */
    SpSplit *split;       /* NULL: whole, or no weights for it */
} SpWay;

/** A row of the facts, or a part of it, on its way to a row of the result. The parts of one row
 * follow each other. */
typedef struct {
    guint32 row;
    guint32 to;
    guint32 part;
} SpMove;

typedef struct {
    const SpTable *facts;
    gsize region;
    gsize period; /* SP_NO_COLUMN when all rows are of one division */
    gsize n_periods;
    SpDay day; /* of the one division */
    SpRouter *router;
    const SpRegions *regions;
    SpWeights *weights; /* NULL: none */
    SpWay *ways;        /* [codes of region][n_periods] */
    gsize n_ways;
    SpCodes *codes; /* region codes of the result */
    GArray *moves;  /* SpMove, in row order */
    gsize n_rows;   /* of the result */
    gsize failed;   /* row of the facts that has no way; SP_NO_COLUMN: none */
} SpRestatePlan;

/** Borrows all of its arguments; weights NULL are none. Errors as sp_normalise_restate. */
gboolean sp_restate_plan_init(SpRestatePlan *plan, const SpTable *facts, const SpTarget *target,
                              const char *division, SpQuality *quality, GError **error);
/** The row of the facts that sp_restate_plan_init fails for; FALSE when it fails for none. */
gboolean sp_restate_failing_row(const SpTable *facts, const SpTarget *target, const char *division,
                                gsize *row);
void sp_restate_plan_clear(SpRestatePlan *plan);
/** The way of a row. */
const SpWay *sp_restate_way(const SpRestatePlan *plan, gsize row);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpRestatePlan, sp_restate_plan_clear)

#endif
