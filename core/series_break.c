/* Breaks of series by period. */
#include "core/series_break.h"

#include <string.h>

const char *sp_series_break(const SpTable *table, gsize period, const char *from)
{
    const char *first = NULL;
    gboolean has_before = FALSE;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *is = sp_table_code(table, row, period);
        if (strcmp(is, from) < 0) {
            has_before = TRUE;
        } else if (first == NULL || strcmp(is, first) < 0) {
            first = is;
        }
    }
    return first != NULL && (has_before || g_str_has_prefix(first, from)) ? first : NULL;
}
