/** The Gauss method on one part of a larger table, which is tied to the rest by cells that were
 * decided before: kommuner of a fylke by the fylke's own cells. */
#ifndef SP_TRANSFORMS_PROTECT_NESTED_H
#define SP_TRANSFORMS_PROTECT_NESTED_H

#include "transforms/protect/design.h"

typedef enum {
    SP_CELL_OF_PART,      /* to be decided here */
    SP_CELL_ABOVE_SHOWN,  /* decided before */
    SP_CELL_ABOVE_HIDDEN, /* decided before */
} SpCellPlace;

/** Whether a sum of hidden cells above, coef[i] (residue.h) times cell[i] [n], follows from what is
 * shown above of other parts, too. */
typedef gboolean (*SpIsKnownAbove)(guint32 n, const guint32 cell[], const guint64 coef[],
                                   gpointer data);

typedef struct {
    const SpDesign *design;
    const SpCellPlace *place;   /* [n_cells] */
    const gboolean *is_primary; /* [n_cells] of cells of the part; the others' are not read */
    const gboolean
        *is_forced;       /* [n_cells] of cells of the part: known whatever is hidden. What they
                                  tell of cells above is known there. NULL: none */
    const guint32 *order; /* [n_order] cells of the part, the one wanted most first; those that
                                   are not in it, and primaries, are not shown */
    gsize n_order;
    SpIsKnownAbove is_known_above;
    gpointer data;
} SpNested;

/**
 *   is_hidden [n_cells] of the cells of the part, primaries among them; written by this function
 *
 * Whoever knows all cells above, the hidden ones too, finds no hidden primary of the part but those
 * that forced cells tie to cells above, which the caller guards there (lifted.h); and what
 * is shown of the part tells of the hidden cells above nothing that is not known without it. So the
 * parts and what is above may be decided one by one: put together they give away no hidden cell
 * (docs/methods/disclosure.md#parts). Returns the number of hidden cells of the part that are no
 * primaries.
 *
 * A cell that follows from cells above is not of the part: the caller places it above.
 */
gsize sp_gauss_nested(const SpNested *problem, gboolean is_hidden[]);

#endif
