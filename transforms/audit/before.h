/** What readers have from earlier editions. */
#ifndef SP_TRANSFORMS_AUDIT_BEFORE_H
#define SP_TRANSFORMS_AUDIT_BEFORE_H

#include "transforms/audit/figures.h"

/** A measure in earlier editions, by the cells and sums of today's lattice; all NULL where none of
 * them has the measure. */
typedef struct {
    gboolean *is_shown;    /* [n_cells] one of them shows it */
    double *value;         /* [n_cells] as the last one that shows it has it */
    gboolean *is_hidden;   /* [n_cells] one of them hides it */
    gboolean *is_torn;     /* [n_sums] one of them hides a part that has no cell today */
    gboolean *is_doubtful; /* [n_cells] in a sum that says that it, or another figure, was revised
                              since: by as much as the whole changed and the shown parts did not */
} SpBefore;

/**
 * The caller clears.
 *
 *   measure->before  TABLE@EDITION, later editions last, with the table's key columns; one that
 *                    lacks a column tells nothing, nor does one of made-up sources of real ones or
 *                    the other way round; a rounded count (flag r) is not shown
 *   today            what today's edition shows
 */
SpBefore sp_before_find(const SpMeasure *measure, const SpFigures *today);
void sp_before_clear(SpBefore *before);

/** Adds what was shown and is not doubtful to what is hidden today (SP_FIGURE_BEFORE). Returns how
 * many figures. */
gsize sp_before_add(const SpBefore *before, const SpLattice *lattice, SpFigures *figures);

/** Puts what earlier editions show and hide in the place of what today's does. */
void sp_before_restore(const SpBefore *before, const SpLattice *lattice, SpFigures *figures);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpBefore, sp_before_clear)

#endif
