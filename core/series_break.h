/** Where a known break of a series stands in a table. */
#ifndef SP_CORE_SERIES_BREAK_H
#define SP_CORE_SERIES_BREAK_H

#include "core/table.h"

/** The file of known breaks among the configuration data: tabell (of facts), kolonne (a measure; ""
 * for all), fra (a year, or a period), and why in nb, nn and en. */
#define SP_BREAKS_FILE "brudd.csv"

/**
 * The period whose figures cannot be held against those before: that of `from` itself, or where the
 * table has none, the first that sorts after it if there is an earlier one too. A table that begins
 * after the break has none: NULL. Borrowed from the table; `period` is its column of periods.
 */
const char *sp_series_break(const SpTable *table, gsize period, const char *from);

#endif
