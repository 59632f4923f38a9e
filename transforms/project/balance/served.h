/** Whom the accounts of a year were spent on. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_SERVED_H
#define SP_TRANSFORMS_PROJECT_BALANCE_SERVED_H

#include "core/table.h"

/**
 * Mean persons of a year, 1 January of it and of the next, both sexes.
 *
 *   table    `folkemengde`: region, kjonn, alder, period (days) · innbyggere; men and women apart
 *   regions  [n] kommuner, byte order
 *   period   the year ("2025")
 *   persons  [n][SP_N_AGES] written where both days have figures; left as it is elsewhere
 *
 * A period that is no year leaves all. SP_ERROR_DATA when a column is not there.
 */
gboolean sp_served_fill(const SpTable *table, char *const regions[], gsize n, const char *period,
                        double persons[], GError **error);

#endif
