/**
 * How far a stage has come, for who looks at a terminal: one line on stderr that is written over,
 * and gone when the stage ends.
 *
 *     project 5/12 [=======>         ] 0.8/s, 0:09 left
 *
 * The rate is of units that were made; the time left is told by what each unit took when it was
 * made last (the ledger), and by how this stage goes against that.
 */
#ifndef SP_PIPELINE_PROGRESS_H
#define SP_PIPELINE_PROGRESS_H

#include "pipeline/context.h"

typedef struct SpProgress SpProgress;

/** Begins with the units chosen of `names`. NULL (which the others take) where nobody looks: no
 * terminal, TERM unset or "dumb", --quiet, --progress never, --log json, one unit alone. */
SpProgress *sp_progress_begin(const SpContext *context, const char *stage, char **names);

/** A unit is done: made, or found to be there (or failed). From any thread. */
void sp_progress_step(SpProgress *progress, const char *unit, gboolean is_made);

/** Takes the line away. */
void sp_progress_end(SpProgress *progress);

/** The line itself, of at most `width` columns; `left` < 0: not known. For the test. g_free. */
char *sp_progress_line(const char *stage, guint n_done, guint n, double rate, double left,
                       guint width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpProgress, sp_progress_end)

#endif
