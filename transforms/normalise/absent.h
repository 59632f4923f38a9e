/** Professions that no national source counts, as rows that say so. */
#ifndef SP_TRANSFORMS_NORMALISE_ABSENT_H
#define SP_TRANSFORMS_NORMALISE_ABSENT_H

#include "core/layout.h"
#include "core/table.h"

/**
 * A profession that does not exist nationally (logoped, audiopedagog, synspedagog: finnes_nasjonalt
 * = nei in `professions`, config/profesjoner.csv) is not one with no årsverk. It gets a row for
 * every region and period of the facts, all measures SP_NOT_APPLICABLE; other keys stand at the
 * code that the layout has for all of them (`levels = all=CODE`), or at each of their codes.
 *
 *   layout  of the facts; NULL: no key has a code for all
 *   lists   (NULL-terminated) what is about professions: a code list, or a column as TABLE.COLUMN;
 *           a table with such a key column gets the rows, others none
 *
 * Returns how many rows were added; rows are sorted again. A profession that the facts do have gets
 * none. SP_ERROR_CONFIG when a column of `professions` is not there, or finnes_nasjonalt is neither
 * ja nor nei.
 */
gboolean sp_add_absent(const SpTable *professions, const SpLayout *layout, const char *const *lists,
                       SpTable *facts, gsize *n_added, GError **error);

#endif
