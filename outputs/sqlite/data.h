/** The tables of figures. */
#ifndef SP_OUTPUTS_SQLITE_DATA_H
#define SP_OUTPUTS_SQLITE_DATA_H

#include "outputs/sqlite/base.h"

/**
 * Makes a table as it is in data/NAME.csv and fills it in key order: codes as text, each referring
 * to its table of codes (codes.h); a measure M as M (REAL, NULL when there is no number), M_status
 * and M_flags. The primary key is the table's; where `region` is not its first column, an index is
 * by region.
 */
gboolean sp_base_put_data(SpBase *base, const SpTable *table, GError **error);

#endif
