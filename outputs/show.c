/* Which published table is shown where: config/tables.csv. */
#include "outputs/show.h"

#include "core/error.h"
#include "core/number.h"
#include "core/period.h"
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

#define YEARS "years:"

/* "years:5/5". */
static gboolean parse_years(const char *text, SpShowYears *years)
{
    if (!g_str_has_prefix(text, YEARS)) {
        return FALSE;
    }
    g_auto(GStrv) parts = g_strsplit(text + strlen(YEARS), "/", 2);
    return g_strv_length(parts) == 2 &&
           sp_number_parse_int(parts[0], strlen(parts[0]), &years->single) && years->single >= 0 &&
           sp_number_parse_int(parts[1], strlen(parts[1]), &years->step) && years->step > 0;
}

/* What the catalogue says of a table in a column; NULL if nothing. */
static const char *word_of(const SpTable *catalogue, const SpTable *table, gsize name, gsize column)
{
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, name), sp_table_name(table)) == 0) {
            return sp_table_code(catalogue, row, column);
        }
    }
    return NULL;
}

#define OWN " own"

/* What the catalogue says of a table for a format, without what it says of regions; NULL if
 * nothing. g_free. */
static char *find_word(const SpTable *catalogue, const SpTable *table, const char *format,
                       gboolean *is_own)
{
    gsize name = sp_table_find(catalogue, "name");
    gsize column = sp_table_find(catalogue, format);
    const char *text = name == SP_NO_COLUMN || column == SP_NO_COLUMN
                           ? NULL
                           : word_of(catalogue, table, name, column);
    *is_own = text != NULL && g_str_has_suffix(text, OWN);
    return *is_own ? g_strndup(text, strlen(text) - strlen(OWN)) : g_strdup(text);
}

gboolean sp_show_is_own(const SpTable *catalogue, const SpTable *table, const char *format)
{
    gboolean is_own = FALSE;
    g_free(find_word(catalogue, table, format, &is_own));
    return is_own;
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
    gboolean is_own = FALSE;
    g_autofree char *text = find_word(catalogue, table, format, &is_own);
    SpShowYears years;
    if (text == NULL || strcmp(text, "no") == 0) {
        return TRUE;
    }
    if (strcmp(text, "yes") == 0 || parse_years(text, &years)) {
        *show = SP_SHOW_YES;
    } else if (strcmp(text, "bands") == 0) {
        *show = has_one_year_ages(table) ? SP_SHOW_NO : SP_SHOW_YES;
    } else if (strcmp(text, "definitions") == 0) {
        *show = SP_SHOW_DEFINITIONS;
    } else {
        return sp_error_set(
            error, SP_ERROR_CONFIG,
            "catalogue of tables: table \"%s\", column \"%s\" says \"%s\", want yes, "
            "no, bands, years:5/5 or definitions, with \"" OWN "\" behind or not",
            sp_table_name(table), format, text);
    }
    return TRUE;
}

static gint64 year_of(const char *period)
{
    SpPeriod parsed;
    return sp_period_parse(period, &parsed) ? sp_day_year(parsed.first) : -1;
}

static gint compare_years(gconstpointer a, gconstpointer b)
{
    const gint64 one = *(const gint64 *)a;
    const gint64 other = *(const gint64 *)b;
    return one < other ? -1 : one > other;
}

/* Years (gint64) of the periods that rows have, in order, each once. */
static GArray *years_in(const SpTable *table, gsize period)
{
    const SpCodes *codes = sp_table_codes(table, period);
    g_autofree gboolean *is_used = sp_table_used_codes(table, period);
    GArray *years = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        gint64 year = year_of(sp_codes_text(codes, i));
        if (is_used[i] && year >= 0) {
            g_array_append_val(years, year);
        }
    }
    g_array_sort(years, compare_years);
    guint n = 0;
    for (guint i = 0; i < years->len; i++) {
        const gint64 year = g_array_index(years, gint64, i);
        if (n == 0 || g_array_index(years, gint64, n - 1) != year) {
            g_array_index(years, gint64, n++) = year;
        }
    }
    return g_array_set_size(years, n);
}

void sp_show_years(const SpTable *catalogue, const SpTable *table, const char *format,
                   SpShowYears *years)
{
    gsize period = sp_table_find(table, "period");
    gboolean is_own = FALSE;
    *years = (SpShowYears){0};
    g_autofree char *text = find_word(catalogue, table, format, &is_own);
    if (text == NULL || period == SP_NO_COLUMN || !parse_years(text, years)) {
        *years = (SpShowYears){0};
        return;
    }
    g_autoptr(GArray) found = years_in(table, period);
    if (found->len > 0) {
        years->first = g_array_index(found, gint64, 0);
        years->last = g_array_index(found, gint64, found->len - 1);
    }
}

static gboolean is_shown(const SpShowYears *years, gint64 year)
{
    return years->step == 0 || year - years->first <= years->single || year % years->step == 0 ||
           year == years->last;
}

gboolean sp_show_has_year(const SpShowYears *years, const char *period)
{
    gint64 year = year_of(period);
    return year < 0 || is_shown(years, year);
}

char *sp_show_left_out(const SpShowYears *years, const SpTable *table)
{
    const gsize period = sp_table_find(table, "period");
    g_autoptr(GString) text = g_string_new(NULL);
    if (years->step == 0 || period == SP_NO_COLUMN) {
        return g_strdup("");
    }
    g_autoptr(GArray) found = years_in(table, period);
    const gint64 *year = (const gint64 *)(gpointer)found->data;
    for (guint from = 0, to; from < found->len; from = to) {
        to = from + 1;
        if (is_shown(years, year[from])) {
            continue;
        }
        while (to < found->len && !is_shown(years, year[to]) && year[to] == year[to - 1] + 1) {
            to++;
        }
        g_string_append_printf(text, "%s%d", text->len > 0 ? ", " : "", (int)year[from]);
        if (to - from > 1) {
            g_string_append_printf(text, "–%d", (int)year[to - 1]);
        }
    }
    return g_strdup(text->str);
}
