/** Where published figures come from: cells of the table that a published one is made of. */
#ifndef SP_TRANSFORMS_PROTECT_LINEAGE_H
#define SP_TRANSFORMS_PROTECT_LINEAGE_H

#include "core/cell.h"
#include "transforms/protect/assemble.h"

/**
 * A cell of the table that `published` describes: the source's own cell, or those that it is the
 * sum of: of the kommuner of its region that the source has, of the ages of its band, and of a code
 * that stands for all ("*").
 *
 *   in  the source; table region and aldersgruppe (as `bands` of sp_assemble): without them, and of
 *       the country where the source has kommuner alone, all regions or ages ("*") are named
 */
void sp_published_explain(const SpTables *in, const SpPublished *published, const SpCell *cell,
                          SpExplanation *explanation);

#endif
