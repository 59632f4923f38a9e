/** The published table `kilder`: where the figures come from, as the configuration and the
 * snapshots say. */
#ifndef SP_PIPELINE_SOURCES_H
#define SP_PIPELINE_SOURCES_H

#include "pipeline/stage.h"

/** Adds the settings of all active datasets that the table shows. */
gboolean sp_sources_add_keys(SpContext *context, GPtrArray *keys, GError **error);

/** The time a dataset gives itself as its facts bear it; NULL if it has none yet. g_free. */
char *sp_sources_edition(const SpContext *context, const char *dataset);

/** Declares what the table is made from: the units of normalise, and the publication calendar. */
gboolean sp_sources_need(SpUnit *unit, GError **error);

/**
 * kilde · (tittel, utgiver, lisens, side, oppdatert, tilstand): a row a dataset. `oppdatert` is the
 * day the snapshot in use gives itself, that of its receipt if it gives none. `tilstand` is
 * aktuell; reserve, when a newer one was not fit for use; or forsinket, when the calendar expected
 * a newer period by the edition's day.
 */
SpTable *sp_sources_table(SpUnit *unit, GError **error);

#endif
