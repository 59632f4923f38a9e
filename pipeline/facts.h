/** Units of the stage normalise: the facts other stages read. */
#ifndef SP_PIPELINE_FACTS_H
#define SP_PIPELINE_FACTS_H

#include "pipeline/stage.h"

/** The unit that holds the regional division, table `region`. */
#define SP_FACTS_REGIONS "regioner"

/** The unit of protect that holds sensitive facts as they may be seen. */
#define SP_FACTS_SHOWN "fakta"

/**
 * All units: `regioner`, then the dataset that weights splits, then the other datasets in
 * configured order. The datasets that only make up `regioner` have no unit of their own.
 * g_strfreev. SP_ERROR_CONFIG.
 */
char **sp_facts_units(SpContext *context, GError **error);

/** Declares `regioner` and the dataset units a setting lists ("project.inputs"). */
gboolean sp_facts_need(SpUnit *unit, const char *key, GError **error);
/** Their tables themselves, shared. */
gboolean sp_facts_read(SpUnit *unit, const char *key, SpTables *into, GError **error);

/** The same for what a stage can do without: of the datasets that a setting lists, those that are
 * among fetch.datasets; none when the setting is not set. */
gboolean sp_facts_need_fetched(SpUnit *unit, const char *key, GError **error);
gboolean sp_facts_read_fetched(SpUnit *unit, const char *key, SpTables *into, GError **error);
/** The same of those of their tables that are among `names` (NULL-terminated) alone. */
gboolean sp_facts_take_fetched(SpUnit *unit, const char *key, const char *const names[],
                               SpTables *into, GError **error);

/** Whether a unit has declared a dataset's facts. */
gboolean sp_facts_is_declared(const SpUnit *unit, const char *dataset);

/** Declares SP_FACTS_SHOWN where a dataset about persons is among those of
 * sp_facts_need_fetched. */
gboolean sp_facts_need_shown(SpUnit *unit, const char *key, GError **error);
/** The same table as it may be seen, if that was declared and is there; else *shown is NULL. The
 * caller frees. */
gboolean sp_facts_take_shown(const SpUnit *unit, const char *name, SpTable **shown, GError **error);

/** Reads a CSV of the configuration data, declared by sp_unit_need_file, as a table among a
 * transform's inputs. */
gboolean sp_facts_read_file(SpUnit *unit, const char *relative, const char *name,
                            const char *const *measures, SpTables *into, GError **error);

#endif
