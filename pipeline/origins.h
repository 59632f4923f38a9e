/** Which datasets each published table comes from, as the units that made it have recorded. */
#ifndef SP_PIPELINE_ORIGINS_H
#define SP_PIPELINE_ORIGINS_H

#include "pipeline/stage.h"

#define SP_ORIGINS_TABLE "opphav"

/** Settings that say what those units read, for the stage that declares the units as its inputs. */
#define SP_ORIGINS_KEYS                                                                            \
    "project.inputs", "project.inputs_if_fetched", "project.backtest_inputs", "vary.inputs",       \
        "vary.inputs_if_fetched"

/**
 * `opphav`: tabell (published), kilde (a dataset, as in `kilder`), sorted; no measures.
 *
 *   unit       whose inputs of other stages are looked at
 *   catalogue  columns name and source, as config/tables.csv
 *
 * A table of normalise is of the datasets that its units say make it (`kildebruk`). Another is of
 * all whose facts the unit that made it read, by its manifest, directly or through other inputs of
 * `unit`: more than each of its tables is made from, never less. The division of regions, behind
 * all, is told of its own tables alone. A source that no input has gives no row. Errors name the
 * input: SP_ERROR_NO_INPUT when its folder has no manifest or (of normalise) no `kildebruk`,
 * SP_ERROR_DATA when one is damaged or lacks a column; the latter of `catalogue`, too.
 */
SpTable *sp_origins_table(const SpUnit *unit, const SpTable *catalogue, GError **error);

#endif
