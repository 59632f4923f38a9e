/* Breaks beside the figures that they part. */
#include "outputs/breaks.h"

#include "core/series_break.h"

#include <string.h>

enum { TABELL, KOLONNE, FRA, N_COLUMNS };
static const char *const names[N_COLUMNS] = {"tabell", "kolonne", "fra"};

static void break_free(gpointer data)
{
    SpBreak *is = data;
    g_free(is->period);
    g_free(is->measure);
    g_free(is->where);
    g_free(is->why);
    g_free(is);
}

/* The table of facts that the catalogue publishes under a name; NULL: it is not in it. */
static const char *facts_of(const SpTable *catalogue, const char *published)
{
    gsize name = sp_table_find(catalogue, "name");
    gsize source = sp_table_find(catalogue, "source");
    for (gsize row = 0; source != SP_NO_COLUMN && row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, name), published) == 0) {
            return sp_table_code(catalogue, row, source);
        }
    }
    return NULL;
}

/* Whether a figure of the period is flagged: of one measure, or of any (SP_NO_COLUMN). */
static gboolean is_flagged(const SpTable *table, gsize measure, gsize period, const char *code)
{
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        if (sp_table_column(table, column)->kind != SP_COLUMN_MEASURE ||
            (measure != SP_NO_COLUMN && measure != column)) {
            continue;
        }
        const SpReal *reals = sp_table_reals_const(table, column);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            if ((reals[row].flags & SP_FLAG_BREAK_BEFORE) != 0 &&
                strcmp(sp_table_code(table, row, period), code) == 0) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static SpBreak *break_new(const SpWords *words, const SpTable *table, gsize measure, gsize period,
                          const char *code)
{
    SpBreak *is = g_new0(SpBreak, 1);
    g_autofree char *when = sp_words_code(words, sp_table_column(table, period), code);
    g_autofree char *title =
        measure != SP_NO_COLUMN ? sp_words_column(words, table, measure) : NULL;
    const char *told = when != NULL ? when : code;
    is->period = g_strdup(code);
    is->measure = g_strdup(measure != SP_NO_COLUMN ? sp_table_column(table, measure)->name : "");
    is->where = title != NULL ? g_strdup_printf("%s, %s", told, title) : g_strdup(told);
    return is;
}

static void add(GPtrArray *found, const SpWords *words, const SpTable *table, gsize row)
{
    const SpTable *breaks = sp_words_package(words)->breaks;
    gsize columns[N_COLUMNS];
    for (gsize i = 0; i < N_COLUMNS; i++) {
        columns[i] = sp_table_find(breaks, names[i]);
    }
    gsize period = sp_table_find(table, "period");
    const char *kolonne = sp_table_code(breaks, row, columns[KOLONNE]);
    gsize measure = kolonne[0] != '\0' ? sp_table_find(table, kolonne) : SP_NO_COLUMN;
    const char *code =
        period == SP_NO_COLUMN || (kolonne[0] != '\0' && measure == SP_NO_COLUMN)
            ? NULL
            : sp_series_break(table, period, sp_table_code(breaks, row, columns[FRA]));
    if (code == NULL || !is_flagged(table, measure, period, code)) {
        return;
    }
    gsize language = sp_table_find(breaks, sp_words_package(words)->language);
    SpBreak *is = break_new(words, table, measure, period, code);
    is->why = g_strdup(sp_table_code(
        breaks, row, language != SP_NO_COLUMN ? language : sp_table_find(breaks, "nb")));
    g_ptr_array_add(found, is);
}

GPtrArray *sp_breaks_of(const SpWords *words, const SpTable *table)
{
    const SpPackage *package = sp_words_package(words);
    GPtrArray *found = g_ptr_array_new_with_free_func(break_free);
    const char *facts = facts_of(package->catalogue, sp_table_name(table));
    gsize tabell =
        package->breaks != NULL ? sp_table_find(package->breaks, names[TABELL]) : SP_NO_COLUMN;
    for (gsize row = 0;
         facts != NULL && tabell != SP_NO_COLUMN && row < sp_table_n_rows(package->breaks); row++) {
        if (strcmp(sp_table_code(package->breaks, row, tabell), facts) == 0) {
            add(found, words, table, row);
        }
    }
    return found;
}

char *sp_breaks_text(const SpWords *words, const SpTable *table)
{
    char letter[SP_FLAGS_TEXT_SIZE];
    g_autoptr(GPtrArray) found = sp_breaks_of(words, table);
    GString *text = g_string_new(NULL);
    sp_flags_format(SP_FLAG_BREAK_BEFORE, letter);
    for (guint i = 0; i < found->len; i++) {
        const SpBreak *is = found->pdata[i];
        g_string_append_printf(text, "%s%s %s: %s", i > 0 ? " · " : "", letter, is->where, is->why);
    }
    return g_string_free(text, FALSE);
}
