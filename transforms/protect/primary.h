/** Primary suppression: figures that rest on too few persons. */
#ifndef SP_TRANSFORMS_PROTECT_PRIMARY_H
#define SP_TRANSFORMS_PROTECT_PRIMARY_H

#include "core/table.h"

/**
 * In a table made from a sensitive source (SP_MARK_SENSITIVE), every count of persons from 1 to
 * threshold - 1 becomes SP_SUPPRESSED, and with it every other figure of its row: rate, limits and
 * denominator of one figure are one cell (statistics-decisions D1). Zeros stay. Tables of public
 * sources pass untouched: what is public already is not ours to hide.
 *
 * Returns the number of rows with a suppressed count. Secondary suppression is not done here; until
 * it is, an edition with a sensitive source that is not synthetic is not for publishing.
 */
gsize sp_protect_primary(SpTable *table, double threshold);

/**
 * An owner's own rule on another measure (config/skjerming.csv): in a table made from a sensitive
 * source, rows where the measure in `column` is above 0 and at most `at_most` are hidden as above.
 * Rows where it is no number are let be. Returns the number of rows hidden by it.
 */
gsize sp_protect_at_most(SpTable *table, gsize column, double at_most);

/** Hides all measures of a row but those that do not apply. TRUE if one was shown. */
gboolean sp_protect_hide_row(SpTable *table, gsize row);

#endif
