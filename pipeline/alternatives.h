/** The unit of the stage project that puts all scenarios beside each other. */
#ifndef SP_PIPELINE_ALTERNATIVES_H
#define SP_PIPELINE_ALTERNATIVES_H

#include "pipeline/stage.h"

#define SP_ALTERNATIVES_UNIT "alternativer"

/** `inputs` and `make` of the unit; the scenarios are made before it. */
gboolean sp_alternatives_inputs(SpUnit *unit, GError **error);
gboolean sp_alternatives_make(SpUnit *unit, GError **error);
/** SpStage's `recall`. */
gboolean sp_alternatives_recall(SpUnit *unit, const char *table, SpTables *in, GError **error);

#endif
