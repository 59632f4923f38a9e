/** What readers have from earlier editions. */
#ifndef SP_TRANSFORMS_AUDIT_BEFORE_H
#define SP_TRANSFORMS_AUDIT_BEFORE_H

#include "transforms/audit/figures.h"

/** A measure in earlier editions, by the cells of today's lattice; all NULL where none of them has
 * the measure. */
typedef struct {
    gboolean *is_shown;    /* [n_cells] one of them shows it */
    double *value;         /* [n_cells] as the last of them has it */
    gboolean *is_doubtful; /* [n_cells] in a sum with a figure that today's edition shows and that
                              was revised since: this one may have been, too */
} SpBefore;

/**
 * The caller clears.
 *
 *   measure->before  TABLE@EDITION, later editions last, with the table's key columns; one that
 *                    lacks a column shows nothing, nor does one of made-up sources of real ones or
 *                    the other way round; a rounded count (flag r) is not shown
 *   today            what today's edition shows
 */
SpBefore sp_before_find(const SpMeasure *measure, const SpFigures *today);
void sp_before_clear(SpBefore *before);

/** Whether the figure is known from earlier editions as it is today, as far as anybody sees. */
gboolean sp_before_knows(const SpBefore *before, guint32 cell);

/** Adds what is known so to what is hidden today (SP_FIGURE_BEFORE). Returns how many figures. */
gsize sp_before_add(const SpBefore *before, const SpLattice *lattice, SpFigures *figures);

/** Leaves nothing but what earlier editions show: all other figures of today are hidden ones. */
void sp_before_leave(const SpBefore *before, const SpLattice *lattice, SpFigures *figures);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpBefore, sp_before_clear)

#endif
