/**
 * The publication calendar, config/kalender.csv: by which day of each year a dataset is expected to
 * hold which period.
 *
 *   dataset, forventet (MM-DD), periode (a period in which {N} is the year of that day plus N, such
 *   as {0}-01-01 or {-1}), grunnlag (sett or antatt), merknad
 *
 * It is held against the edition's own day in a package, and against the present day in `status`;
 * no content key holds either.
 */
#ifndef SP_PIPELINE_CALENDAR_H
#define SP_PIPELINE_CALENDAR_H

#include "core/period.h"
#include "core/table.h"

#define SP_CALENDAR_FILE "kalender.csv"

/**
 * What should be there on `day`: *period (g_free) is the newest period expected by then and *due
 * the day it was expected; *period is NULL when the calendar has no row for the dataset. Of several
 * rows the newest period counts. SP_ERROR_CONFIG names the row that is wrong.
 */
gboolean sp_calendar_expected(const SpTable *calendar, const char *dataset, SpDay day,
                              char **period, SpDay *due, GError **error);

/** TRUE when the facts' newest period (NULL or "": none) is before the expected one. */
gboolean sp_calendar_is_late(const char *newest, const char *expected);

#endif
