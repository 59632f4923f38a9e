/**
 * Inequality of an amount between areas, and how much of it lies between groups of them. Formulas
 * and sources: docs/methods/variation.md#inequality.
 *
 *   amount [n]  what is shared out (kroner, users), >= 0
 *   size   [n]  whom it is shared among (inhabitants, expected users), > 0. An area that is to
 *          count as
 *               one, whatever its size, has the size 1 and its rate as the amount
 *   group  [n]  number of the area's group, 0 to n_groups - 1. NULL, 0: not split
 *
 * All are 0, up to rounding, when everybody has the same, and missing without areas or when nobody
 * has anything.
 */
#ifndef SP_TRANSFORMS_VARY_SPREAD_INEQUALITY_H
#define SP_TRANSFORMS_VARY_SPREAD_INEQUALITY_H

#include "core/real.h"

/** Gini's coefficient, 0 to 1, of amount / size. */
SpReal sp_inequality_gini(gsize n, const double amount[], const double size[]);

typedef struct {
    SpReal total;   /* between + within */
    SpReal between; /* what would be left if each group had its mean everywhere; missing if not
                       split */
    SpReal within;
} SpInequality;

/** Theil's T: the larger the more some have. Areas with nothing count, by 0 log 0 = 0. */
SpInequality sp_inequality_theil(gsize n, const double amount[], const double size[],
                                 const guint group[], guint n_groups);

/** Mean log deviation (Theil's L): the larger the less some have. Missing, all three, when an area
 * has nothing. */
SpInequality sp_inequality_mld(gsize n, const double amount[], const double size[],
                               const guint group[], guint n_groups);

#endif
