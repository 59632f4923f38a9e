/**
 * normalise: raw tables to facts on one regional division. The steps stand in headers of their own
 * (codes.h, restate.h, regions_table.h); the stage calls these two.
 */
#ifndef SP_TRANSFORMS_NORMALISE_NORMALISE_H
#define SP_TRANSFORMS_NORMALISE_NORMALISE_H

#include "core/cell.h"
#include "core/layout.h"
#include "transforms/normalise/restate.h"

/** Settings that shape what normalise makes, as "section.key" [sp_normalise_n_config_keys]: the
 * target division's day, the table of weights, and the files of codes, changes and groups of
 * kommuner. */
extern const char *const sp_normalise_config_keys[];
extern const gsize sp_normalise_n_config_keys;

/**
 * sp_normalise:
 * The facts of a raw table: our codes (sp_normalise_codes), parts summed to their region (parts.h),
 * answers counted (answers.h), then the target division (sp_normalise_restate), then the sums that
 * the layout's `levels` ask for (levels.h). Keys are unique, rows sorted, edition and marks those
 * of `raw`. Arguments, findings and errors as there; also SP_ERROR_DATA when `raw` has no rows,
 * since a source that answers with nothing has failed (unless the layout says that it may), and
 * when arrangements between kommuner come back to where they began (links.h).
 */
SpTable *sp_normalise(const SpTable *raw, const SpLayout *layout, const SpTables *maps,
                      const SpTarget *target, SpQuality *quality, GError **error);

/**
 * The figures of the source behind one fact: the same cell under every code of the period's own
 * division whose kommune is now (partly) in the cell's. Codes other than region are ours.
 * `is_injective` when that is one figure: also the share of a divided kommune, whose weights are
 * public, tells the whole. Never where the layout adds rows up. SP_ERROR_NO_INPUT when the cell is
 * not of the layout's table or no source cell leads to it.
 */
gboolean sp_normalise_explain(const SpRegions *regions, SpDay target, const SpLayout *layout,
                              const SpCell *cell, SpExplanation *explanation, GError **error);

#endif
