/**
 * Datasets: the sections "SOURCE/NAME" of the configuration that `fetch.datasets` lists.
 */
#ifndef SP_PIPELINE_DATASET_H
#define SP_PIPELINE_DATASET_H

#include "extractors/extractor.h"
#include "pipeline/context.h"

/** How a new snapshot is judged, in a dataset's own section (pipeline/checks.h). */
#define SP_DATASET_CHECK_KEYS                                                                      \
    "accept", "limit_total", "limit_level", "limit_zeros", "limit_kommuner", "limit_revised",      \
        "limit_codes", "limit_copied", "limit_growth", "limit_minimum", "level_factor"

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

/** The layout of a dataset, read from a file of the configuration data; `relative` names it. */
SpLayout *sp_dataset_layout(const char *path, const char *relative, GError **error);
/** "layouts/NAME.ini", g_free; NULL without error when the section names no layout. */
char *sp_dataset_layout_file(const SpSettings *settings, GError **error);

/**
 * *is_persons: the dataset's layout is person-level. SP_ERROR_CONFIG when the key `persons` says
 * otherwise, when its source cannot be read in pieces, or when it does not come through the inbox.
 */
gboolean sp_dataset_is_persons(const SpContext *context, const char *dataset,
                               const SpSettings *settings, gboolean *is_persons, GError **error);

/** Marks that the dataset's section asks for (sensitive, synthetic); a person-level one is always
 * sensitive. */
gboolean sp_dataset_marks(const SpSettings *settings, gboolean is_persons, guint *marks,
                          GError **error);

#endif
