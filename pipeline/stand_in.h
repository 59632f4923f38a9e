/**
 * Older states of a dataset (pipeline/states.h) in the place of a newest one that is not fit for
 * use.
 *
 * The rule: state 0 is always tried; if it gives no facts that pass the checks, the first older
 * state that gives facts is used, and all its figures are flagged stale. The snapshots concerned
 * are declared inputs, so which state is used is a function of them, of settings and of the
 * program. Only bad data (SP_ERROR_DATA) is stood in for: a wrong setting, a full disk or a bug is
 * told and nothing else.
 */
#ifndef SP_PIPELINE_STAND_IN_H
#define SP_PIPELINE_STAND_IN_H

#include "pipeline/stage.h"

/** What the failure of a snapshot is called when no control has a name for it. */
#define SP_STAND_IN_UNREADABLE "unreadable"

/** Declares a dataset's older states, as many as normalise.older_snapshots says. */
gboolean sp_stand_in_need(SpUnit *unit, const char *dataset, GError **error);

/** What a state is called: the hash of its only snapshot, or of several the SHA-256 over theirs.
 * g_free. */
char *sp_stand_in_name(const SpUnit *unit, const char *dataset, guint state);
/** TRUE if the state has a snapshot of every delivery of state 0, so that the two can be
 * compared. */
gboolean sp_stand_in_is_whole(const SpUnit *unit, const char *dataset, guint state);

/** Uses a state (from 1) of a dataset, and notes why the newest is not: in the unit's manifest and,
 * kind stand_in, in its quality. */
void sp_stand_in_record(SpUnit *unit, const char *dataset, guint state, const char *kind,
                        const char *reason);

/** Flags every number of the tables stale. */
void sp_stand_in_flag(SpTables *tables);

/** SpStage's `settle`: marks in the store which newest snapshots the result is not made from, and
 * takes the mark from those that it is. */
gboolean sp_stand_in_settle(SpUnit *unit, const SpManifest *manifest, GError **error);

/**
 * The table `kildebruk` of a unit: a row for each of its datasets.
 *
 *   kilde · (tabell, siste, tilstand, grunn, oppdatert)
 *
 * `tabell` is the facts' names with a space between, `siste` their newest period ("" without),
 * `tilstand` aktuell or reserve, `grunn` why an older state stands in.
 */
SpTable *sp_stand_in_table(void);
/** Adds a dataset's row. `facts` NULL: the dataset has no table of its own, and its snapshots tell
 * its time. */
void sp_stand_in_add_use(const SpUnit *unit, const char *dataset, const SpTables *facts,
                         SpTable *uses);

/** What stands in now in all units of normalise, "DATASET: REASON" (char*), in the order of the
 * units; units that are not there yet have none. g_ptr_array_unref. */
GPtrArray *sp_stand_in_list(SpContext *context, GError **error);

#endif
