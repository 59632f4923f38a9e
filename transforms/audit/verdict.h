/** What ratios apart, the sums of a measure tell of each hidden figure: as equations, as bounds,
 * and together. */
#ifndef SP_TRANSFORMS_AUDIT_VERDICT_H
#define SP_TRANSFORMS_AUDIT_VERDICT_H

#include "transforms/audit/attack.h"
#include "transforms/audit/bounds.h"
#include "transforms/audit/figures.h"
#include "transforms/audit/rowspace.h"

/** From narrow on the later tell more. */
typedef enum {
    SP_VERDICT_SAFE,
    SP_VERDICT_NOTHING,      /* zeros alone tell it to be nothing */
    SP_VERDICT_NOT_ATTACKED, /* the search gave up */
    SP_VERDICT_AGAINST,      /* the figures beside it contradict each other */
    SP_VERDICT_NARROW,
    SP_VERDICT_ONE_VALUE, /* its bounds leave */
    SP_VERDICT_FOLLOWS,   /* from equations */
} SpVerdict;

typedef struct {
    const SpFigures *figures; /* with their system; borrowed */
    const SpAttackOptions *options;
    SpLinear *linear; /* [unknowns] */
    SpBounds bounds;
    gboolean *is_against;
    gboolean *is_nothing;
    double least;            /* that a hidden figure was taken for, 1 or 0 */
    gboolean is_against_any; /* some figures contradict each other */
    gsize n_programmes;      /* that were made */
} SpVerdicts;

/** The caller clears, before the figures, which stay where they are until then. */
SpVerdicts sp_verdicts_of(const SpFigures *figures, const SpAttackOptions *options);
void sp_verdicts_clear(SpVerdicts *verdicts);

/** SP_VERDICT_SAFE of cells that no sum holds. */
SpVerdict sp_verdict_of(const SpVerdicts *verdicts, guint32 cell);

/** What is left of a figure: its value where it is known, else its bounds, 0 to INFINITY of one
 * that no sum holds or that contradicts others. */
void sp_verdict_limits(const SpVerdicts *verdicts, guint32 cell, double *low, double *high);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpVerdicts, sp_verdicts_clear)

#endif
