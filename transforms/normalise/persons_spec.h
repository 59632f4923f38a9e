/** What the aggregation engine is told for a person-level layout. For persons*.c alone. */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_SPEC_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_SPEC_H

#include "core/aggregate.h"
#include "transforms/normalise/persons.h"

/** The column of the person key, beside our own names: no column can have it. */
#define SP_PERSONS_KEY "#person"

typedef struct {
    SpAggregateSpec spec;
    GPtrArray *owned;  /* what the specification points at: arrays, code lists by level */
    GPtrArray *groups; /* GHashTable* of the group levels */
} SpPersonsSpec;

/**
 * Keys (in the layout's order, then constants), the cross product of their levels, and measures.
 * `fylker` maps a row's region to its fylke and may grow. SP_ERROR_CONFIG when the levels are more
 * than 256.
 */
gboolean sp_persons_spec_init(SpPersonsSpec *spec, const SpPersonsInput *input, GHashTable *fylker,
                              GError **error);
void sp_persons_spec_clear(SpPersonsSpec *spec);

#endif
