/** Facts of one dataset: from the newest of its states that is fit for use. */
#ifndef SP_PIPELINE_MAKE_FACTS_H
#define SP_PIPELINE_MAKE_FACTS_H

#include "core/period.h"
#include "pipeline/stage.h"

/** The settings it reads, as SpStage's config_keys lists them. */
#define SP_MAKE_FACTS_KEYS "normalise.older_snapshots", "normalise.professions"
/** Adds those of the dataset's own section. */
gboolean sp_make_facts_add_keys(const char *dataset, GPtrArray *keys, GError **error);

/** Declares snapshots, layouts, code lists, breaks, corrections, links and controls. */
gboolean sp_make_facts_need(SpUnit *unit, GError **error);

/**
 * Makes the unit's tables: the facts, one table a layout; `kontroll` where a control says anything;
 * `kildebruk`. Breaks, corrections, rows for professions that nobody counts, and checks are for
 * every table.
 *
 * A state of the dataset (pipeline/states.h) that cannot be parsed or normalised, has more unknown
 * codes than normalise.max_unknown_codes or more bad rows than normalise.max_invalid_share, or
 * crosses a limit that stops (pipeline/checks.h) in any of its tables is not used if an older one
 * can be: then that one's figures are flagged stale. Without an older one it is the failure's
 * error. SP_ERROR_DATA and what the steps give.
 *
 * The newest state is compared with the first older one that gives facts and has all its
 * deliveries; person-level datasets are not compared.
 *
 *   target  day of the division
 */
gboolean sp_make_facts(SpUnit *unit, SpDay target, GError **error);

#endif
