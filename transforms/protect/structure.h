/** Which rows of the sensitive tables are sums of others, regions too. */
#ifndef SP_TRANSFORMS_PROTECT_STRUCTURE_H
#define SP_TRANSFORMS_PROTECT_STRUCTURE_H

#include "core/table.h"

/** Columns of the table `sammenheng`: in `tabell`, what has the code `hel` in `kolonne` is what has
 * one of the codes `del` listed for it, all other keys alike; `personer` says whether distinct
 * persons add up (sum) or are no more than the parts' together (hoeyst). */
#define SP_TABLE_STRUCTURE "sammenheng"

/**
 * `structure` of those tables that are in `tables`, with what regions are: fylker of their kommuner
 * and the country of fylker, for each of them.
 *
 *   regions  code columns region, slag (kommune, fylke, landet), fylke
 */
SpTable *sp_structure_complete(const SpTable *structure, const SpTables *tables,
                               const SpTable *regions, GError **error);

#endif
