/** Whether the settings of a workspace go together. */
#ifndef SP_PIPELINE_DOCTOR_SETTINGS_CHECK_H
#define SP_PIPELINE_DOCTOR_SETTINGS_CHECK_H

#include "pipeline/context.h"

/** SP_ERROR_CONFIG is the first finding; those after it are told as errors before. Nothing is
 * fetched, and no secret is read. */
gboolean sp_settings_check(SpContext *context, GError **error);

#endif
