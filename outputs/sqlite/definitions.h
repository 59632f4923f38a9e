/** The tables that tell what the others are. */
#ifndef SP_OUTPUTS_SQLITE_DEFINITIONS_H
#define SP_OUTPUTS_SQLITE_DEFINITIONS_H

#include "outputs/sqlite/base.h"

/**
 * Makes and fills them; words stand in columns that end in _nb, _nn and _en, or are named so:
 *
 *   pakke         one row: the package, its edition and the notices that every file bears
 *   lisens        the licences of the figures
 *   tegn, merke   what stands in M_status and, letter by letter, in M_flags
 *   enhet         units of measures, with the decimals they are shown with; a share is 0 to 1
 *   tabell        the data tables: title, note, rows
 *   kolonne       their columns: kind (kode, tall), title, unit, table of codes
 *   tabell_kilde  the rows of `kilder` that a table's figures come from
 *
 * Errors: those of sp_credits_licences and of the database.
 */
gboolean sp_base_put_definitions(SpBase *base, const SpSettings *settings, GError **error);

#endif
