/**
 * False discovery: of many kommuner held against limits at once, some lie outside by chance alone
 * (Benjamini and Hochberg 1995, docs/methods/variation.md#signals). The family is one indicator and
 * period over the whole nation, so that a kommune's signal is the same in every package.
 */
#ifndef SP_TRANSFORMS_VARY_FUNNEL_DISCOVERY_H
#define SP_TRANSFORMS_VARY_FUNNEL_DISCOVERY_H

#include "core/real.h"

/**
 *   p [n]  chance of so unlikely a figure, 0-1; one that is no number is not of the family
 *   q [n]  written by this function: the share of false alarms, 0-1, to be expected among all whose
 *          q is as small or smaller. Alarm is where q <= 0.05, say. Where p is no number, its
 *          status
 */
void sp_discovery(gsize n, const SpReal p[], SpReal q[]);

#endif
