/** Facts of one dataset: from the newest of its snapshots that is fit for use. */
#ifndef SP_PIPELINE_MAKE_FACTS_H
#define SP_PIPELINE_MAKE_FACTS_H

#include "core/period.h"
#include "pipeline/stage.h"

/** The settings it reads, as SpStage's config_keys lists them, and those of the dataset's own
 * section. */
#define SP_MAKE_FACTS_KEYS "normalise.older_snapshots", "normalise.professions"
void sp_make_facts_add_keys(GPtrArray *keys);

/** Declares snapshots, layout, code lists, corrections, links and controls. */
gboolean sp_make_facts_need(SpUnit *unit, GError **error);

/**
 * Makes the unit's tables: the facts, `kontroll` where a control says anything, `kildebruk`.
 *
 * A snapshot that cannot be parsed or normalised, has more unknown codes than
 * normalise.max_unknown_codes, or crosses a limit that stops (pipeline/checks.h) is not used if an
 * older one can be: then that one's figures are flagged stale. Without an older one it is the
 * failure's error. SP_ERROR_DATA and what the steps give.
 *
 *   target  day of the division
 */
gboolean sp_make_facts(SpUnit *unit, SpDay target, GError **error);

#endif
