/** Districts that report for themselves, summed to the kommune they are of. */
#ifndef SP_TRANSFORMS_NORMALISE_PARTS_H
#define SP_TRANSFORMS_NORMALISE_PARTS_H

#include "core/layout.h"
#include "core/quality.h"
#include "core/table.h"

/**
 *   facts   in our codes, the column of role part a key: "" the region as a whole
 *   maps    the code list of that column, with the columns to (the part) and region: which parts a
 *           region has
 *   result  without that column; a copy if the layout has none such
 *
 * A region is counted once. Where the source has its whole, that is what counts, and the parts are
 * let be (finding `parts_beside_whole`; `parts_differ` when their sum is another). Else additive
 * measures are the sums of the parts; if a part that the list has is not there, they are missing
 * (finding `part_missing`). Measures that are not additive are missing, attributes those that all
 * parts share. SP_ERROR_DATA when a part stands under a region that is not its own.
 */
SpTable *sp_normalise_parts(const SpTable *facts, const SpLayout *layout, const SpTables *maps,
                            SpQuality *quality, GError **error);

#endif
