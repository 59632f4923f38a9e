/* Codes as cells. */
#include "outputs/excelcsv/labels.h"

#include "core/period.h"
#include "core/regions.h"
#include "core/table_rows.h"
#include "outputs/excelcsv/cell.h"

#include <string.h>

/* Codes that people who know the list know by heart. */
static gboolean is_known(const SpColumn *column, const char *code)
{
    if (sp_words_is_region(column)) {
        return sp_region_kind(code) != SP_REGION_OTHER;
    }
    return g_ascii_isdigit(code[0]) && code[1] != '\0' && !sp_words_is_age(column) &&
           !sp_words_is_period(column) && !sp_words_is_day(column);
}

/* What stands before a text that Excel would change: "nr. 01", "skoleåret 2010/11". */
static const char *before_of(const SpWords *words, const SpColumn *column)
{
    return sp_words_text(words, sp_words_is_period(column) ? "page.skoleaar" : "page.nr");
}

/* Words, with the code before them where it is known. g_free. */
static char *label_of(const SpWords *words, const SpColumn *column, const char *code)
{
    g_autofree char *text = sp_words_code(words, column, code);
    return is_known(column, code) && !g_str_has_prefix(text, code)
               ? g_strconcat(code, " ", text, NULL)
               : g_steal_pointer(&text);
}

/* Those that more than one code has. They are borrowed from `labels`. */
static GHashTable *shared_of(char *const labels[], guint32 n)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTable *shared = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint32 i = 0; i < n; i++) {
        if (labels[i][0] != '\0' && !g_hash_table_add(seen, labels[i])) {
            g_hash_table_add(shared, labels[i]);
        }
    }
    return shared;
}

char **sp_excel_labels(const SpWords *words, const SpTable *table, gsize column)
{
    const SpColumn *info = sp_table_column(table, column);
    const SpCodes *codes = sp_table_codes(table, column);
    const guint32 n = sp_codes_size(codes);
    g_autofree gboolean *is_used = sp_table_used_codes(table, column);
    g_auto(GStrv) labels = g_new0(char *, (gsize)n + 1);
    char **cells = g_new0(char *, (gsize)n + 1);
    for (guint32 i = 0; i < n; i++) {
        labels[i] = is_used[i] ? label_of(words, info, sp_codes_text(codes, i)) : g_strdup("");
    }
    g_autoptr(GHashTable) shared = shared_of(labels, n);
    for (guint32 i = 0; i < n; i++) {
        const char *code = sp_codes_text(codes, i);
        const gboolean is_plain =
            strcmp(labels[i], code) == 0 || !g_hash_table_contains(shared, labels[i]);
        g_autofree char *both =
            is_plain ? g_strdup(labels[i]) : g_strdup_printf("%s (%s)", labels[i], code);
        cells[i] = sp_excel_cell(both, before_of(words, info));
    }
    return cells;
}

char *sp_excel_heading(const SpWords *words, const char *heading)
{
    return sp_excel_cell(heading, sp_words_text(words, "page.nr"));
}
