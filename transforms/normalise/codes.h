/** A raw table in our own codes. */
#ifndef SP_TRANSFORMS_NORMALISE_CODES_H
#define SP_TRANSFORMS_NORMALISE_CODES_H

#include "core/layout.h"
#include "core/quality.h"
#include "core/table.h"

/**
 * sp_normalise_codes:
 * The columns that `layout` describes, in our codes: keys first, then attributes, then measures,
 * sorted by key.
 *
 *   raw     as core/builder makes it: our column names, the source's codes
 *   maps    a table for each code list that the layout names: columns from, to
 *   result  named as the layout's table, with edition and marks of `raw`
 *
 * Ages get three digits ("005", the band "067-079"; "105+" is "105", "90+" the band "090-105"),
 * periods are those of core/period. With role contents the figures stand in one column a [measure];
 * a measure that the source does not have for a key is missing there.
 *
 * Numbers of periods from the layout's `provisional_from` on are flagged provisional, beside the
 * flags they have. A column of role part is a key here still (parts.h).
 *
 * Numbers of a source that was changed (the edition of `raw`) before the layout's `final_from` of
 * their period's year are flagged provisional too.
 *
 * Rows that become one are added, count once or are an error, as the layout says of `merged` and
 * `repeats` (row_places.h). Rows that the layout leaves out are noted (`left_out`) and their other
 * codes not asked.
 *
 * Rows with a code that is not ours (not in its code list, no period, no age, an empty key) are
 * left out and noted: `unknown_code` "column code", or `unknown_contents` for a contents code
 * without [measure].
 *
 * Errors: SP_ERROR_DATA when a column is not there, two figures have one key, no contents code is
 * known or no row is left of some; SP_ERROR_CONFIG when a code list is not there or gives one code
 * twice.
 */
SpTable *sp_normalise_codes(const SpTable *raw, const SpLayout *layout, const SpTables *maps,
                            SpQuality *quality, GError **error);

#endif
