/** The transform `protect`: the published tables, with what must not be seen suppressed. */
#ifndef SP_TRANSFORMS_PROTECT_PROTECT_H
#define SP_TRANSFORMS_PROTECT_PROTECT_H

#include "core/transform.h"

/**
 * In: every table that `tabell` (config/tables.csv: name, source, bands, margins, rollup, columns)
 * names as a source, of sensitive facts as they may be seen (shown.h); `tabell` itself,
 * `aldersgruppe` (config/aldersgrupper.csv), `skjerming` (config/skjerming.csv: table, measure,
 * at_most: an owner's own rule) and `region`; `skjermingsarv` (config/skjermingsarv.csv: table, if,
 * of, measure, where), if it is there: what rests on one hidden figure of a table among the inputs.
 * A source that is not among the inputs leaves its table out, with a finding `table_left_out`.
 *
 * Out: the published tables, in the order of `tabell`, and `region`. What rests on a hidden figure
 * and is hidden with it is no more marked SP_MARK_RESTRICTED.
 */
extern const SpTransform sp_transform_protect;

#endif
