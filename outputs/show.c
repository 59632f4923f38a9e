/* Which published table is shown where: config/tables.csv. */
#include "outputs/show.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "outputs/words.h"

#include <string.h>

/* Decided by the rows, not the dictionary: it is shared and may hold the single years of the table
 * this one was made from. */
static gboolean has_one_year_ages(const SpTable *table)
{
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        const SpColumn *info = sp_table_column(table, column);
        if (info->kind != SP_COLUMN_CODE) {
            continue;
        }
        const SpCodes *codes = sp_table_codes(table, column);
        g_autofree gboolean *is_used = sp_table_used_codes(table, column);
        for (guint32 i = 0; i < sp_codes_size(codes); i++) {
            if (is_used[i] && sp_words_is_one_year(info, sp_codes_text(codes, i))) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

gboolean sp_show_find(const SpTable *catalogue, const SpTable *table, const char *format,
                      SpShow *show, GError **error)
{
    gsize name = 0;
    gsize word = 0;
    *show = SP_SHOW_NO;
    if (!sp_table_need(catalogue, "name", SP_COLUMN_CODE, &name, error) ||
        !sp_table_need(catalogue, format, SP_COLUMN_CODE, &word, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, name), sp_table_name(table)) != 0) {
            continue;
        }
        const char *text = sp_table_code(catalogue, row, word);
        if (strcmp(text, "yes") == 0) {
            *show = SP_SHOW_YES;
        } else if (strcmp(text, "bands") == 0) {
            *show = has_one_year_ages(table) ? SP_SHOW_NO : SP_SHOW_YES;
        } else if (strcmp(text, "definitions") == 0) {
            *show = SP_SHOW_DEFINITIONS;
        } else if (strcmp(text, "no") != 0) {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "catalogue of tables: table \"%s\", column \"%s\" says \"%s\", want yes, "
                "no, bands or definitions",
                sp_table_name(table), format, text);
        }
        return TRUE;
    }
    return TRUE;
}
