/** What the relations near a cell, all at once, leave it: a linear programme. */
#ifndef SP_TRANSFORMS_PROTECT_TOGETHER_H
#define SP_TRANSFORMS_PROTECT_TOGETHER_H

#include "transforms/protect/room.h"

/** Memory to ask with: of one thread. */
typedef struct SpTogether SpTogether;

/** The room is borrowed for its life. */
SpTogether *sp_together_new(const SpRoom *room);
void sp_together_free(SpTogether *together);

/**
 * The least and the greatest whole number that a cell may be, by the relations nearest to it, of at
 * most 120 unknown figures, and the room's bounds of all: what is found holds, and farther
 * relations may tell more.
 *
 *   enough  where it may be so much, no more is looked for: the limits are its value and this
 *   binds   guint32: numbers of relations that bear on the limits are added
 */
SpLimits sp_together_ask(SpTogether *together, guint32 cell, double enough, GArray *binds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTogether, sp_together_free)

#endif
