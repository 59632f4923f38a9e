/** Known breaks of series, as config/brudd.csv lists them. */
#ifndef SP_TRANSFORMS_NORMALISE_BREAKS_H
#define SP_TRANSFORMS_NORMALISE_BREAKS_H

#include "core/quality.h"
#include "core/series_break.h"
#include "core/table.h"

/**
 * Flags the numbers of the first period of a break as not comparable with the period before
 * (SP_FLAG_BREAK_BEFORE).
 *
 *   facts    key column period; other tables are left as they are
 *   breaks   columns tabell (of facts), kolonne (a measure; "" for all), fra (a year, or a period),
 *            nb; others are for readers
 *
 * The first period is that of sp_series_break. Each break that marks a figure is a finding `break`,
 * with its text. SP_ERROR_CONFIG when a column of the file is not there, or names a measure that
 * the table does not have.
 */
gboolean sp_normalise_breaks(SpTable *facts, const SpTable *breaks, SpQuality *quality,
                             GError **error);

#endif
