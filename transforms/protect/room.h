/** What their sums leave the hidden figures of one count. */
#ifndef SP_TRANSFORMS_PROTECT_ROOM_H
#define SP_TRANSFORMS_PROTECT_ROOM_H

#include "transforms/protect/relations.h"

/** What a relation says of this count. */
typedef struct {
    gboolean is_whole; /* all parts are told, or known to be 0: they are no less than the whole */
    gboolean adds;     /* and they come to the whole and `beside` */
    double beside;     /* persons who are in several parts */
} SpSaid;

/** The least and the greatest that a figure may be. */
typedef struct {
    double low;
    double high;
} SpLimits;

typedef struct {
    const SpRelations *relations;
    const GArray *of_group; /* guint32 */
    const double *value;    /* [cells] */
    const gboolean *is_known;
    gboolean is_amount; /* somebody may have less than 1 of it */
    SpSaid *said;       /* [relations] */
    double *low;        /* [cells] whole numbers */
    double *high;
    gboolean *is_nothing; /* [cells] NULL: not asked since bounds were found */
} SpRoom;

/**
 * Of one of the layer's counts (cells.h), NULL: of what the layer counts. All but the room itself
 * is borrowed for its life.
 *
 *   width  where the parts come to so many or more beside their whole, since persons are counted in
 *          several of them, each is known to be no more than the whole and nothing else; else as
 *          good as their sum is known
 */
SpRoom *sp_room_new(const SpRelations *relations, const SpCells *cells, const SpCount *counted,
                    const GArray *of_group, double width);
void sp_room_free(SpRoom *room);

/** Bounds of all cells, none below 1 that is hidden and has somebody in it (0 where zeros are
 * hidden), from one relation to the next until nothing changes. None goes beyond the truth. */
void sp_room_find(SpRoom *room, const SpCells *cells);

/** Of a cell with bounds: whether shown zeros alone tell it to be nothing, as a part or as the sum
 * of what is. It tells no more than they do, and no other figure that is hidden gives it room. */
gboolean sp_room_is_nothing(SpRoom *room, const SpCells *cells, guint32 cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRoom, sp_room_free)

#endif
