/** What the quality report tells of measures that were not made, or are to be read with care. */
#ifndef SP_TRANSFORMS_VARY_REFUSALS_H
#define SP_TRANSFORMS_VARY_REFUSALS_H

#include "core/quality.h"
#include "transforms/vary/variation_row.h"

/** Findings of a row: method_refused, expected_below_one, headline_not_fitted. */
void sp_refusals_note(SpQuality *quality, const SpAreas *areas, const SpVariationRow *row);

/** The finding grouping_unknown of an attribute of table region: `lacking` is what is then missing.
 */
void sp_refusals_note_groups(SpQuality *quality, const char *attribute, const char *lacking);

#endif
