/** What a layout says of whole periods and of rows that repeat themselves. */
#ifndef SP_TRANSFORMS_NORMALISE_MARKS_H
#define SP_TRANSFORMS_NORMALISE_MARKS_H

#include "core/layout.h"
#include "core/quality.h"
#include "core/table.h"

/** Flags the numbers of periods from `provisional_from` on as provisional, and those of `breaks` as
 * the first after a break. */
void sp_normalise_flag_periods(const SpLayout *layout, SpTable *table);

/** A new table, sorted by key, in which rows of one key that agree in every attribute, figure and
 * flag stand once; each is a finding `counted_once`. Rows that disagree all stay, so that the check
 * of keys that follows tells them. */
SpTable *sp_normalise_take_once(SpTable *table, SpQuality *quality);

#endif
