/** A unit of the past from the folder of its result. */
#ifndef SP_PIPELINE_WHY_PAST_UNIT_H
#define SP_PIPELINE_WHY_PAST_UNIT_H

#include "pipeline/why/past.h"

/** Inputs of other stages have no path yet: sp_pasts_... finds them. SP_ERROR_DATA when the
 * manifest is damaged. The caller frees. */
SpPast *sp_past_unit_new(SpContext *context, const SpStage *stage, const char *folder,
                         GError **error);
void sp_past_unit_free(SpPast *past);

#endif
