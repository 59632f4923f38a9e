/* Who is judged unfavourable, of table uforklart. */
#include "outputs/unwanted.h"

#include "core/table_rows.h"

#include <string.h>

static gboolean is_unfavourable(const SpTable *table, gsize row, gpointer column)
{
    return strcmp(sp_table_code(table, row, *(const gsize *)column), "ugunstig") == 0;
}

SpTable *sp_unwanted_new(const SpWords *words)
{
    static const char *const columns[] = {"indikator", "region",        "period",
                                          "signal",    "verdi",         "ventet",
                                          "krympet",   "krympet_nedre", "krympet_oevre"};
    const SpTable *all = sp_tables_find(sp_words_package(words)->tables, "uforklart");
    gsize judgement = all != NULL ? sp_table_find(all, "vurdering") : SP_NO_COLUMN;
    if (judgement == SP_NO_COLUMN) {
        return NULL;
    }
    g_autoptr(SpTable) judged = sp_table_filter(all, is_unfavourable, &judgement);
    return sp_table_select(judged, columns, G_N_ELEMENTS(columns), NULL);
}
