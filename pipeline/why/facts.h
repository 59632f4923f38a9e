/** Facts of the past and the rows of their sources: a snapshot is read once more, as normalise read
 * it. Of person-level ones nothing is read: they are encrypted, and stay so. */
#ifndef SP_PIPELINE_WHY_FACTS_H
#define SP_PIPELINE_WHY_FACTS_H

#include "core/cell.h"
#include "pipeline/why/past.h"

/** One row of a source. */
typedef struct {
    const SpInput *snapshot; /* borrowed from the result */
    char *place;             /* "row 311", "entry 42", "sheet Ark1, row 3" */
    char *codes;             /* "Region=0301 Tid=2024", as the source has them */
    SpReal figure;
    gboolean has_figure; /* the row itself holds it; not where a figure is counted from answers */
} SpSourceRow;

typedef struct SpWhyFacts SpWhyFacts;

/** Of a result of normalise that is made from a dataset; borrowed. SP_ERROR_NO_INPUT when a
 * snapshot or the division is gone; else as sp_parse. */
SpWhyFacts *sp_why_facts_new(SpPasts *pasts, SpPast *past, GError **error);
void sp_why_facts_free(SpWhyFacts *facts);

/** Rows about persons: nothing behind the snapshots is told. */
gboolean sp_why_facts_is_persons(const SpWhyFacts *facts);

/**
 * Where a cell of one of its tables comes from (`explain` in core/transform.h). *is_of_facts: the
 * inputs are figures of the same table, as of a sum; else they are rows of the source.
 */
gboolean sp_why_facts_explain(SpWhyFacts *facts, const SpTable *table, const SpCell *cell,
                              SpExplanation *explanation, gboolean *is_of_facts, GError **error);

/** The rows (SpSourceRow*, owned by the array, which the caller unrefs) that an input of it names.
 */
GPtrArray *sp_why_facts_rows(SpWhyFacts *facts, const SpCell *input);

#endif
