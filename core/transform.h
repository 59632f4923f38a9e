/**
 * What every transform is: a pure function from tables and settings to tables, with its declared
 * settings and its lineage. No files, no clock, no network: transforms link only core.
 */
#ifndef SP_CORE_TRANSFORM_H
#define SP_CORE_TRANSFORM_H

#include "core/cell.h"
#include "core/config.h"
#include "core/quality.h"

typedef struct {
    const char *name;
    const char *summary;
    const char *const *config_keys; /* "section.key", all that `run` and `explain` read */
    gsize n_config_keys;
    gboolean draws_futures; /* what it makes is worth its time only where intervals are asked for */
    gboolean runs_alone;    /* it takes all threads (sp_settings_threads) and much memory: nothing
                               else is made beside it */
    /** What `run` would say of the settings before it does any work, with the same tables: a dry
     * run asks. SP_ERROR_CONFIG, and SP_ERROR_NO_INPUT and SP_ERROR_DATA of what they are held
     * against. NULL: nothing. */
    gboolean (*check)(const SpTables *in, const SpSettings *settings, GError **error);
    /** Reads tables of `in`, adds its own to `out`. Errors: SP_ERROR_DATA, SP_ERROR_NO_INPUT,
     * SP_ERROR_CONFIG; `out` is then unspecified and thrown away. */
    gboolean (*run)(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error);
    /** Where one cell of an output table comes from. SP_ERROR_NO_INPUT when the cell is not one of
     * this transform's. */
    gboolean (*explain)(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error);
} SpTransform;

#endif
