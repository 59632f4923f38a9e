/** What anybody can work out of a hidden figure: between which values it must lie, since no inner
 * figure is below 0 and all others are known. */
#ifndef SP_TRANSFORMS_PROTECT_INTERVALS_H
#define SP_TRANSFORMS_PROTECT_INTERVALS_H

#include "transforms/protect/design.h"

typedef struct {
    double low;  /* 0 or more */
    double high; /* INFINITY where nothing shown bounds it */
} SpInterval;

typedef struct SpIntervals SpIntervals;

/**
 *   inner     [n_inner] true figures, 0 or more
 *   is_hidden [n_cells] all others are known
 * `design` is borrowed for its life. What follows from shown figures one by one is found first;
 * what is left falls apart into parts that tell nothing of each other, each a linear programme.
 */
SpIntervals *sp_intervals_new(const SpDesign *design, const double inner[],
                              const gboolean is_hidden[]);
void sp_intervals_free(SpIntervals *intervals);

/** The interval of a cell. `binding`, if not NULL, is given the shown cells (guint32) that bear on
 * its ends, each once: the hidden one may be wider only if some of them are hidden too. FALSE where
 * the search gave up: the interval is then the figure itself. */
gboolean sp_intervals_find(SpIntervals *intervals, guint32 cell, SpInterval *interval,
                           GArray *binding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpIntervals, sp_intervals_free)

#endif
