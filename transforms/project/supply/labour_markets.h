/** Labour-market regions from who commutes where. docs/methods/supply.md#regions. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_LABOUR_MARKETS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_LABOUR_MARKETS_H

#include "transforms/project/supply/place_rules.h"

/**
 * Every kommune begins as a region of its own, and its core. Then, the smallest first and again
 * from the smallest after each change, a region is joined to the one to whose core most of its
 * employed go, if at least rules->commuting of them do and that region has more people; one with
 * fewer than rules->inhabitants whatever the share, as long as somebody goes. Equal ones go by
 * their number, so the result does not depend on anything but the figures.
 *
 *   commuters  [n][n]  persons who live in the first and work in the second, >= 0
 *   people     [n]     inhabitants
 *   core       [n]     filled: number of the kommune that is the core of the region each lies in:
 *              of two regions that are joined, that of the one with more people
 */
void sp_labour_markets(gsize n, const double commuters[], const double people[],
                       const SpPlaceRules *rules, guint core[]);

#endif
