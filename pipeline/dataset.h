/**
 * Datasets: the sections "SOURCE/NAME" of the configuration that `fetch.datasets` lists.
 */
#ifndef SP_PIPELINE_DATASET_H
#define SP_PIPELINE_DATASET_H

#include "extractors/extractor.h"
#include "pipeline/context.h"
#include "pipeline/inbox_pattern.h"

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

/** A layout, read from a file of the configuration data; `relative` names it. */
SpLayout *sp_dataset_layout(const char *path, const char *relative, GError **error);
/** "layouts/NAME.ini" for each layout of the section, in its order; *files is NULL when it names
 * none. g_strfreev. */
gboolean sp_dataset_layout_files(const SpSettings *settings, char ***files, GError **error);

/**
 * What the layouts [n >= 1] of one dataset must be to read it in one pass: all person-level or
 * none, of one form of file, and each with a table of its own. SP_ERROR_CONFIG.
 */
gboolean sp_dataset_check_layouts(const GPtrArray *layouts, GError **error);

/**
 * *is_persons: the dataset's layouts are person-level. SP_ERROR_CONFIG when the key `persons` says
 * otherwise, when its source cannot be read in pieces, when it does not come through the inbox, or
 * when the layouts do not go together.
 */
gboolean sp_dataset_is_persons(const SpContext *context, const char *dataset,
                               const SpSettings *settings, gboolean *is_persons, GError **error);

/** *pattern is the setting `inbox`, NULL when there is none or a layer sets it to nothing, by which
 * a workspace gives a dataset a `url` in the place of an inbox. */
gboolean sp_dataset_inbox(const SpSettings *settings, SpInboxPattern **pattern, GError **error);

/** Marks that the dataset's section asks for (sensitive, synthetic); a person-level one is always
 * sensitive. */
gboolean sp_dataset_marks(const SpSettings *settings, gboolean is_persons, guint *marks,
                          GError **error);

#endif
