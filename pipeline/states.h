/**
 * States of a dataset: which snapshots were the newest of its deliveries together.
 *
 * State 0 is the newest snapshot of every delivery (pipeline/deliveries.h). Each state after it is
 * what the store held before the latest arrival in the one before it: every delivery whose snapshot
 * was received last goes back to the one that was in its place, and is left out if there was none.
 * What arrived in one fetch goes back together, since nothing tells which of it is wrong.
 *
 * A snapshot that normalise rejected (pipeline/snapshots.h) is in no older state. If the newest of
 * a delivery was rejected, and others arrived after it, the first older state is state 0 without
 * it: one bad delivery does not keep back what comes later to others. The mark of what arrived last
 * is not asked for, so that what follows from it does not change when it is set.
 *
 * So the states are a function of what lies in the store, and of nothing that normalise made.
 */
#ifndef SP_PIPELINE_STATES_H
#define SP_PIPELINE_STATES_H

#include "pipeline/snapshots.h"

/** A snapshot, and the states that it is part of. */
typedef struct {
    SpSnapshot *snapshot;
    guint first;
    guint last; /* G_MAXUINT: all that follow */
} SpStanding;

void sp_standing_free(SpStanding *standing);

/**
 * State 0 and at most `n` older ones (SpStanding*): those of state 0 in the order of their parts,
 * then the older snapshots of each part in that order, from its newest. No snapshot of a part has
 * the bytes of another one of it. Errors as sp_deliveries_in_use.
 */
GPtrArray *sp_states_list(const SpContext *context, const char *dataset, guint n, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpStanding, sp_standing_free)

#endif
