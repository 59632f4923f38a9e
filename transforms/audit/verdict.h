/** What ratios apart, the sums of a measure tell of each hidden figure: as equations, as bounds, and
 * together. */
#ifndef SP_TRANSFORMS_AUDIT_VERDICT_H
#define SP_TRANSFORMS_AUDIT_VERDICT_H

#include "transforms/audit/attack.h"
#include "transforms/audit/bounds.h"
#include "transforms/audit/figures.h"
#include "transforms/audit/rowspace.h"

/** The later tell more. */
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
    gsize n_programmes; /* that were made */
} SpVerdicts;

/** The caller clears. */
SpVerdicts sp_verdicts_of(const SpFigures *figures, const SpAttackOptions *options);
void sp_verdicts_clear(SpVerdicts *verdicts);

/** SP_VERDICT_SAFE of cells that no sum holds. */
SpVerdict sp_verdict_of(const SpVerdicts *verdicts, guint32 cell);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpVerdicts, sp_verdicts_clear)

#endif
