/** The table `pendling` as an array. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_COMMUTERS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_COMMUTERS_H

#include "core/quality.h"
#include "core/table.h"
#include "transforms/project/supply/place_rules.h"

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

/**
 * Tells of kommuner (finding "commuting_thin", by kommune) whose employed cannot be all there are:
 * of their people of working age fewer than rules->thin_share of what the median kommune has, or
 * more than rules->most_share of it. Shares of a row are right whatever it sums to, so nothing else
 * would show that a part of it did not come.
 *
 *   commuters [n][n] as sp_commuters_read; kommuner [n]
 *   people    [n] of working age; who has none is passed over
 */
void sp_commuters_check(const double commuters[], char *const kommuner[], gsize n,
                        const double people[], const SpPlaceRules *rules, SpQuality *quality);

#endif
