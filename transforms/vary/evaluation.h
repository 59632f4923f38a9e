/** One indicator evaluated over the facts: the figures of its kommuner, period by period. Contract
 * of the figures: transforms/vary/indicator.h. */
#ifndef SP_TRANSFORMS_VARY_EVALUATION_H
#define SP_TRANSFORMS_VARY_EVALUATION_H

#include "transforms/vary/chance.h"
#include "transforms/vary/figures.h"
#include "transforms/vary/indicator.h"
#include "transforms/vary/twin.h"

/** What the evaluations of a run share; borrowed. */
typedef struct {
    const SpTables *in;
    const SpIndicatorLimits *limits;
    SpGrids *grids;
    SpQuality *quality;
} SpEvaluator;

typedef struct {
    const SpIndicator *indicator; /* borrowed */
    GPtrArray *kommuner;          /* char*, in byte order; borrowed from the facts */
    GPtrArray *periods;           /* SpFigures*, in byte order of period */
    SpChance *chance;             /* NULL: has none */
    SpFewRules few;               /* limits of its terms */
    SpTwin *twins[SP_N_TWINS];    /* what is behind the terms; NULL: nothing */
    gsize n_hidden;               /* figures that may not be seen, of all periods */
} SpEvaluation;

/** All tables that the indicator's formulas name are among the facts. Findings and errors: those of
 * sp_indikatorverdi. The caller frees. */
SpEvaluation *sp_evaluation_new(const SpEvaluator *by, const SpIndicator *indicator,
                                GError **error);
void sp_evaluation_free(SpEvaluation *evaluation);

/** The code of kommune `i`. Borrowed. */
const char *sp_evaluation_kommune(const SpEvaluation *evaluation, gsize i);

/** TRUE of a nevner that a share of this indicator is not told of. */
gboolean sp_evaluation_is_too_small(const SpEvaluator *by, const SpIndicator *indicator,
                                    SpReal nevner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpEvaluation, sp_evaluation_free)

#endif
