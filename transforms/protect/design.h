/** Which inner cells each published cell is the sum of. */
#ifndef SP_TRANSFORMS_PROTECT_DESIGN_H
#define SP_TRANSFORMS_PROTECT_DESIGN_H

#include <glib.h>

/** A sparse matrix of whole numbers by columns: inner cells are its rows, published cells its
 * columns, a published cell's figure the sum of coef · figure over its inner cells. */
typedef struct {
    gsize n_inner;
    gsize n_cells;
    gsize *start;   /* [n_cells + 1] where the cell's entries begin */
    guint32 *inner; /* [start[n_cells]] rising within a cell */
    gint32 *coef;   /* [start[n_cells]] never 0 */
} SpDesign;

typedef struct {
    guint32 inner;
    guint32 cell;
    gint32 coef;
} SpDesignEntry;

/** Entries in any order; several of one place are added, those of 0 left out. `inner` must be
 * below n_inner and `cell` below n_cells. */
SpDesign *sp_design_new(gsize n_inner, gsize n_cells, const SpDesignEntry entries[],
                        gsize n_entries);
void sp_design_free(SpDesign *design);

/** The same of some published cells, in that order: cells [n_chosen]. */
SpDesign *sp_design_choose(const SpDesign *design, gsize n_chosen, const guint32 cells[]);

/** For each cell the first cell with the same inner cells and coefficients, perhaps itself:
 * first [n_cells]. */
void sp_design_find_copies(const SpDesign *design, guint32 first[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDesign, sp_design_free)

#endif
