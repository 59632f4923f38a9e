/**
 * Tables on disk: NAME.csv (RFC 4180, UTF-8, LF, decimal point, rows sorted by key) and one datapackage.json in the intersection
 * of Frictionless v1 and v2. The CSV is the contract.
 *
 * Each measure M is three columns: M (canonical number, empty when there is none; exact zero is written 0), M_status (SSB's
 * sign, empty for a present or zero figure's ordinary case: "" present, "-" zero, ...) and M_flags (letters p m c b s).
 * Kind, classification, unit, additivity and edition stand in the descriptor under keys "sp:...".
 */
#ifndef SP_CORE_IO_TABLEFILES_H
#define SP_CORE_IO_TABLEFILES_H

#include "core/table.h"

/**
 * Writes tables into an existing folder: one CSV each and datapackage.json named `name`. Rows are sorted and keys checked first
 * (SP_ERROR_BUG when a key repeats: its maker should have told). Figures are rounded to canonical form.
 */
gboolean sp_tables_write(SpTables *tables, const char *folder, const char *name, guint file_mode, GError **error);

/**
 * Reads tables that sp_tables_write wrote: those named in `names` (NULL-terminated; NULL for all). SP_ERROR_NO_INPUT if one is
 * not there, SP_ERROR_DATA naming file and row when descriptor and CSV do not agree.
 */
SpTables *sp_tables_read(const char *folder, const char *const *names, GError **error);

#endif
