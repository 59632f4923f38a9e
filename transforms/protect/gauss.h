/** Secondary suppression by the Gauss method: no hidden figure is a linear combination of shown
 * ones. */
#ifndef SP_TRANSFORMS_PROTECT_GAUSS_H
#define SP_TRANSFORMS_PROTECT_GAUSS_H

#include "transforms/protect/elimination.h"

/** What a contributor who is the only one behind an inner cell could find out: nothing is done
 * about it; no sum of such cells alone is shown; such sums are protected as if they were
 * figures. */
typedef enum { SP_SINGLETONS_NONE, SP_SINGLETONS_ANY_SUM, SP_SINGLETONS_SUB_SUM } SpSingletons;

typedef struct {
    const SpDesign *design;
    const gboolean *is_primary; /* [n_cells] */
    const guint32 *order;       /* [n_order] cells, the one wanted most first; primaries are passed
                                 * over, cells that are not in it come last */
    gsize n_order;
    const gboolean *is_forced;    /* [n_cells] known whatever is hidden; NULL: none */
    const gboolean *is_singleton; /* [n_inner]; NULL: none */
    SpSingletons singletons;
    /* Sums of inner cells that are no cells: those that are known whatever is hidden, and those
     * that must not follow. With SP_SINGLETONS_NONE alone. */
    const SpSparse *known; /* [n_known] */
    gsize n_known;
    const SpSparse *guarded; /* [n_guarded] */
    gsize n_guarded;
} SpGauss;

/**
 *   is_secondary [n_cells] hidden besides the primaries; written by this function
 *   is_unsafe    [n_cells + n_guarded] primaries, and after them guarded sums, that forced cells
 *                and known sums give away; written by this function
 *
 * Cells with the same inner cells are hidden together, unless they are given away. With
 * SP_SINGLETONS_NONE no secondary cell could be shown alone; nothing is promised of intervals, see
 * intervals.h. Returns the number of secondary cells. Source: SSB's GaussSuppression (R), as told
 * in docs/methods/disclosure.md.
 */
gsize sp_gauss(const SpGauss *problem, gboolean is_secondary[], gboolean is_unsafe[]);

#endif
