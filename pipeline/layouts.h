/** The layouts of a dataset and the code lists that they name, as inputs of a unit. */
#ifndef SP_PIPELINE_LAYOUTS_H
#define SP_PIPELINE_LAYOUTS_H

#include "core/layout.h"
#include "pipeline/stage.h"

/** Declares the layouts, their code lists and questions, and the age bands of person-level ones.
 * SP_ERROR_CONFIG when one is not there or cannot be read, or when they do not go together. */
gboolean sp_layouts_need(SpUnit *unit, const char *dataset, GError **error);

/** The layouts (SpLayout*, owned by the array) in the order of the dataset's section; NULL with an
 * error as above. g_ptr_array_unref. */
GPtrArray *sp_layouts_read(const SpUnit *unit, const char *dataset, GError **error);

/**
 * A table (columns from, to and others) for each code list of any of these layouts, those that a
 * person-level reader of the dataset asks for, and the questions of [answers]. Caller frees.
 * SP_ERROR_CONFIG when one cannot be read, or when two have one name.
 */
SpTables *sp_layouts_maps(const SpUnit *unit, const char *dataset, const GPtrArray *layouts,
                          GError **error);

#endif
