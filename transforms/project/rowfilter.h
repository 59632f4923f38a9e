/** Rows of a table by what stands in its columns: the one way in which files of config/framskriving
 * (bemanning, sektor, overganger, treffsikkerhet) say which rows they mean. */
#ifndef SP_TRANSFORMS_PROJECT_ROWFILTER_H
#define SP_TRANSFORMS_PROJECT_ROWFILTER_H

#include "core/table.h"

/**
 * "yrke=sykepleier/jordmor+sektor!=spesialist": rows in which every column named holds one of its
 * codes, or with != none of them. "" is all rows; a code that the table does not have is in no row.
 *
 * [sp_table_n_rows] TRUE for the rows meant; owned by the caller (g_free). NULL with
 * SP_ERROR_CONFIG for a text of another form, SP_ERROR_DATA for a column that is not there.
 */
gboolean *sp_row_filter(const SpTable *table, const char *text, GError **error);

/** SP_ERROR_CONFIG, with `whose` before it, when a text is not of that form. */
gboolean sp_row_filter_check(const char *text, const char *whose, GError **error);

/** The codes that a text asks for in a column, parted by '/' as they stand; NULL when it does not
 * name the column. Owned by the caller (g_free). */
char *sp_row_filter_codes(const char *text, const char *column);

#endif
