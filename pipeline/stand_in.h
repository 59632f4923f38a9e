/**
 * Older snapshots in the place of a newest one that is not fit for use.
 *
 * The snapshots concerned are declared inputs, so which one is used is a function of them, of
 * settings and of the program. Only bad data (SP_ERROR_DATA) is stood in for: a wrong setting, a full
 * disk or a bug is told and nothing else.
 */
#ifndef SP_PIPELINE_STAND_IN_H
#define SP_PIPELINE_STAND_IN_H

#include "pipeline/stage.h"

/** What the failure of a snapshot is called when no control has a name for it. */
#define SP_STAND_IN_UNREADABLE "unreadable"

/** Declares a dataset's older snapshots, as many as normalise.older_snapshots says. */
gboolean sp_stand_in_need(SpUnit *unit, const char *dataset, GError **error);

/** Notes that snapshot number `older` (from 1) of a dataset is used, and why the newest is not: in
 * the unit's manifest and, kind stand_in, in its quality. */
void sp_stand_in_record(SpUnit *unit, const char *dataset, guint older, const char *kind,
                        const char *reason);
/** TRUE if one was recorded for the dataset. */
gboolean sp_stand_in_is(const SpUnit *unit, const char *dataset);

/** Flags every number of a table stale. */
void sp_stand_in_flag(SpTable *table);

/** SpStage's `settle`: marks in the store which newest snapshots were rejected, and takes the mark
 * from those that are used. */
gboolean sp_stand_in_settle(SpUnit *unit, const SpManifest *manifest, GError **error);

/**
 * The table `kildebruk` of a unit: a row for each of its datasets.
 *
 *   kilde · (tabell, siste, tilstand, grunn, oppdatert)
 *
 * `siste` is the newest period of the facts ("" without), `tilstand` aktuell or reserve, `grunn` why
 * an older snapshot stands in.
 */
SpTable *sp_stand_in_table(void);
/** Adds a dataset's row. `facts` NULL: the dataset has no table of its own, and its snapshot tells
 * its time. */
void sp_stand_in_add_use(const SpUnit *unit, const char *dataset, const SpTable *facts,
                         SpTable *uses);

/** What stands in now in all units of normalise, "DATASET: REASON" (char*), in the order of the
 * units; units that are not there yet have none. g_ptr_array_unref. */
GPtrArray *sp_stand_in_list(SpContext *context, GError **error);

#endif
