/** Rows of a published table by their codes, written as page one names them:
 * "region=50 yrke=sykepleier period=2035-01-01". */
#ifndef SP_TRANSFORMS_HEADLINE_ROWS_H
#define SP_TRANSFORMS_HEADLINE_ROWS_H

#include "transforms/headline/headline.h"

/** The rows (gsize) with all these codes, in the table's order; none where `table` is NULL, or has
 * not the column or the code. g_array_unref. */
GArray *sp_rows_of(const SpTable *table, const char *codes);
/** The first of them, SP_NO_COLUMN without any. `format` as printf. */
gsize sp_rows_find(const SpTable *table, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** The key columns of a row and their codes in that form. g_free. */
char *sp_rows_name(const SpTable *table, gsize row);

/** A code or figure by the column's name; "" and missing where there is no such row (SP_NO_COLUMN)
 * or column. */
const char *sp_rows_code(const SpTable *table, gsize row, const char *column);
SpReal sp_rows_real(const SpTable *table, gsize row, const char *column);

/** TRUE if the region is one that the package tells of one by one: a kommune of its fylke; in the
 * country's package a fylke. */
gboolean sp_page_one_is_part(const SpPageOne *in, const char *region);
/** The regions of a kind ("kommune", "fylke") in byte order; of kommuner those of `fylke`, NULL:
 * all. g_ptr_array_unref (const char*, borrowed). */
GPtrArray *sp_page_one_regions(const SpPageOne *in, const char *kind, const char *fylke);

/** The last day of a period; 0 of a code that is none. */
SpDay sp_rows_last_day(const char *period);
/** The code of `column` ("period") that ends last among rows (gsize) with a number in `measure`;
 * NULL without any. Borrowed. */
const char *sp_rows_newest(const SpTable *table, const GArray *rows, const char *measure);

/** The row of a configuration table whose `key` is `id`; SP_NO_COLUMN without. */
gsize sp_rows_of_id(const SpTable *table, const char *key, const char *id);

#endif
