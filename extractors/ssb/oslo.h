/** The clock of Oslo, from the rule of the European Union (directive 2000/84/EC): summer time from
 * the last Sunday of March to the last of October, 01:00 UTC. No database of zones is read, so that
 * it is the same on every machine. */
#ifndef SP_EXTRACTORS_SSB_OSLO_H
#define SP_EXTRACTORS_SSB_OSLO_H

#include <glib.h>

/** Seconds to add to UTC at a moment (seconds since 1970): 3600 or 7200. */
gint64 sp_oslo_offset(gint64 utc);
/** Minutes since midnight in Oslo at a moment. */
int sp_oslo_minutes(gint64 utc);
/** "20260225 08:00" of a PX file as "2026-02-25T07:00:00Z"; NULL when it is none. g_free. */
char *sp_oslo_to_utc(const char *text);

#endif
