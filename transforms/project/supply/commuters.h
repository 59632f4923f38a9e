/** The table `pendling` as an array. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_COMMUTERS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_COMMUTERS_H

#include "core/quality.h"
#include "core/table.h"

/**
 * Commuters of the newest year before the base, all trades, from kommune to kommune.
 *
 *   table     pendling: region (of residence), arbeidssted, period (year) · sysselsatte
 *   kommuner  [n] byte order; other regions are passed over
 *
 * [n][n] persons who live in the first and work in the second; owned by the caller (g_free). NULL
 * without an error when the table has nobody. Finding "commuting_hidden" (pairs without a figure
 * count as nobody). SP_ERROR_DATA on a missing column and a figure below 0.
 */
double *sp_commuters_read(const SpTable *table, char *const kommuner[], gsize n, int base,
                          SpQuality *quality, GError **error);

#endif
