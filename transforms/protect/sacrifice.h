/** What to hide for the sake of a hidden cell that has too little room. */
#ifndef SP_TRANSFORMS_PROTECT_SACRIFICE_H
#define SP_TRANSFORMS_PROTECT_SACRIFICE_H

#include "transforms/protect/room.h"

typedef struct {
    const SpRoom *room;
    const SpCells *cells;
    double width;             /* parts of more are hidden before others */
    const gboolean *is_fresh; /* [cells] hidden since the room was found: what is beside one of them
                                 may have room by now */
} SpSacrifice;

/**
 * Of the shown sums and parts that hold the cell down, or up, directly or through hidden ones, the
 * one wanted least (sp_cells_is_wanted_less); the nearest first. SP_NO_CELL where there is none, or
 * where *is_helped: one was hidden just now.
 */
guint32 sp_sacrifice_near(const SpSacrifice *sacrifice, guint32 cell, gboolean *is_helped);

/** The same among the cells of some relations (guint32 numbers); near the cell where all of theirs
 * are hidden. */
guint32 sp_sacrifice_among(const SpSacrifice *sacrifice, const GArray *numbers, guint32 cell,
                           gboolean *is_helped);

#endif
