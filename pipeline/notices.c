/* Notices of synthetic data and of data that are not for publishing. */
#include "pipeline/notices.h"

void sp_notices_find(guint marks, const char *notices[SP_NOTICES_SIZE])
{
    gsize n = 0;
    if (marks & SP_MARK_SYNTHETIC) {
        notices[n++] = "notice.syntetisk";
    }
    if (marks & SP_MARK_RESTRICTED) {
        notices[n++] = "notice.ikke_for_publisering";
    }
    notices[n] = NULL;
}

/*
 * What must stand in every file stands in every table too, as a column: a CSV has no other place
 * for it, and it then follows the figures wherever they are copied.
 */
void sp_notices_add_column(SpTables *tables, const char *const *notices, const SpTexts *texts,
                           const char *language)
{
    static const SpColumn column = {.name = SP_NOTICES_COLUMN, .kind = SP_COLUMN_CODE};
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (; *notices != NULL; notices++) {
        g_ptr_array_add(words, (gpointer)sp_texts_find(texts, *notices, language));
    }
    if (words->len == 0) {
        return;
    }
    g_ptr_array_add(words, NULL);
    g_autofree char *text = g_strjoinv("; ", (char **)words->pdata);
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        SpTable *table = sp_tables_at(tables, i);
        gsize place = sp_table_add_column(table, &column);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            sp_table_set_code(table, row, place, text);
        }
    }
}
