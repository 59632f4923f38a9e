/** The configuration that projections read, for the units of the stage project and for the verb
 * backtest. Which files there are: transforms/project/files.h. */
#ifndef SP_PIPELINE_PROJECTFILES_H
#define SP_PIPELINE_PROJECTFILES_H

#include "pipeline/stage.h"
#include "transforms/project/files.h"

/** Declares those of a use. */
gboolean sp_project_files_need(SpUnit *unit, SpProjectUse use, GError **error);

/** Reads them from where the project keeps its data, each as its table. SP_ERROR_CONFIG and
 * SP_ERROR_NO_INPUT as sp_catalogue_read. */
gboolean sp_project_files_read(const SpContext *context, SpProjectUse use, SpTables *into,
                               GError **error);

#endif
