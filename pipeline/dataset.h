/**
 * Datasets: the sections "SOURCE/NAME" of the configuration that `fetch.datasets` lists.
 */
#ifndef SP_PIPELINE_DATASET_H
#define SP_PIPELINE_DATASET_H

#include "extractors/extractor.h"
#include "pipeline/context.h"

/** Keys of a dataset's section that belong to the pipeline and not to the extractor. */
extern const char *const sp_dataset_keys[];
extern const gsize sp_n_dataset_keys;

/** Names of the active datasets in the order of the configuration. g_strfreev. SP_ERROR_CONFIG when
 * one has no section or its source no extractor. */
char **sp_datasets_list(const SpContext *context, GError **error);

/** The extractor of a dataset's source. */
const SpExtractor *sp_dataset_extractor(const char *dataset, GError **error);

/** Settings of a dataset: the keys of its extractor and those above. */
SpSettings *sp_dataset_settings(const SpContext *context, const char *dataset, GError **error);

/** Marks that the dataset's section asks for (sensitive, synthetic). */
gboolean sp_dataset_marks(const SpSettings *settings, guint *marks, GError **error);

#endif
