/** What was known on a day. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_NEWEST_H
#define SP_TRANSFORMS_PROJECT_BALANCE_NEWEST_H

#include "core/table.h"

/** TRUE if a period has ended on `day` (20260101) or before. */
gboolean sp_period_is_known(const char *period, gint32 day);

/** The last period that rows of a table have and that has ended on the day `base` ("2026-01-01") or
 * before; NULL if none. Borrowed from the table. */
const char *sp_newest_period(const SpTable *table, gsize column, const char *base);

#endif
