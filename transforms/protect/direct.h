/** Direct disclosure: rows in which (nearly) all are in one category, so that to know that somebody
 * is in the row is to know the category. */
#ifndef SP_TRANSFORMS_PROTECT_DIRECT_H
#define SP_TRANSFORMS_PROTECT_DIRECT_H

#include "core/real.h"
#include "transforms/protect/cube.h"

/** The rows of a table of counts: strata along the dimension of the categories. */
typedef struct {
    gsize along;   /* dimension of the categories */
    guint32 whole; /* its code for all of them */
} SpDirectRows;

/**
 *   freq         [n_cells] units (persons), the true figures
 *   coalition    units of a row who may tell each other their categories, >= 0; 0: nobody does
 *   is_disclosed [n_cells] written by this function
 *
 * A cell is disclosed if it is above 0 and at most `coalition` units of its row's whole are not in
 * it. Cells that are no number are not disclosed, nor are those of a row whose whole is no number
 * or not in the cube: figures are judged before any is hidden. The whole is no category; a category
 * may be a sum of others.
 *
 * Returns the number of disclosed cells. Of a table with several dimensions each is asked in turn.
 * Source: GaussSuppression 1.2.3 (R, SSB), SuppressDirectDisclosure with its defaults;
 * docs/methods/disclosure.md.
 */
gsize sp_direct_disclosure(const SpCube *cube, SpDirectRows rows, const SpReal freq[],
                           double coalition, gboolean is_disclosed[]);

#endif
