/* Look-ups in published tables by the words of their keys. */
#include "transforms/headline/rows.h"

#include "core/regions.h"

#include <stdarg.h>
#include <string.h>

/* One "column=code" on a table. */
typedef struct {
    const guint32 *numbers; /* of the column, by row */
    guint32 wanted;
} Term;

static gboolean read_term(const SpTable *table, const char *text, Term *term)
{
    g_auto(GStrv) parts = g_strsplit(text, "=", 2);
    const gsize column =
        parts[0] != NULL && parts[1] != NULL ? sp_table_find(table, parts[0]) : SP_NO_COLUMN;
    if (column == SP_NO_COLUMN || sp_table_column(table, column)->kind != SP_COLUMN_CODE ||
        !sp_codes_find(sp_table_codes(table, column), parts[1], &term->wanted)) {
        return FALSE;
    }
    term->numbers = sp_table_code_numbers_const(table, column);
    return TRUE;
}

GArray *sp_rows_of(const SpTable *table, const char *codes)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    g_auto(GStrv) words = g_strsplit(codes, " ", -1);
    const guint n_words = g_strv_length(words);
    g_autofree Term *terms = g_new0(Term, n_words + 1);
    guint n = 0;
    for (guint i = 0; table != NULL && i < n_words; i++) {
        if (*words[i] != '\0' && !read_term(table, words[i], &terms[n++])) {
            return rows;
        }
    }
    for (gsize row = 0; table != NULL && row < sp_table_n_rows(table); row++) {
        guint met = 0;
        while (met < n && terms[met].numbers[row] == terms[met].wanted) {
            met++;
        }
        if (met == n) {
            g_array_append_val(rows, row);
        }
    }
    return rows;
}

gsize sp_rows_find(const SpTable *table, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *codes = g_strdup_vprintf(format, list);
    va_end(list);
    g_autoptr(GArray) rows = sp_rows_of(table, codes);
    return rows->len > 0 ? g_array_index(rows, gsize, 0) : SP_NO_COLUMN;
}

char *sp_rows_name(const SpTable *table, gsize row)
{
    g_autoptr(GString) name = g_string_new(NULL);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key) {
            g_string_append_printf(name, "%s%s=%s", name->len > 0 ? " " : "", column->name,
                                   sp_table_code(table, row, i));
        }
    }
    return g_strdup(name->str);
}

const char *sp_rows_code(const SpTable *table, gsize row, const char *column)
{
    const gsize i =
        table != NULL && row != SP_NO_COLUMN ? sp_table_find(table, column) : SP_NO_COLUMN;
    return i != SP_NO_COLUMN && sp_table_column(table, i)->kind == SP_COLUMN_CODE
               ? sp_table_code(table, row, i)
               : "";
}

SpReal sp_rows_real(const SpTable *table, gsize row, const char *column)
{
    const gsize i =
        table != NULL && row != SP_NO_COLUMN ? sp_table_find(table, column) : SP_NO_COLUMN;
    return i != SP_NO_COLUMN && sp_table_column(table, i)->kind == SP_COLUMN_MEASURE
               ? sp_table_real(table, row, i)
               : sp_real_none(SP_MISSING);
}

gboolean sp_page_one_is_part(const SpPageOne *in, const char *region)
{
    const gboolean is_country = strcmp(in->region, "0") == 0;
    const SpRegionKind kind = sp_region_kind(region);
    return is_country ? kind == SP_REGION_FYLKE
                      : kind == SP_REGION_KOMMUNE && g_str_has_prefix(region, in->region);
}

GPtrArray *sp_page_one_regions(const SpPageOne *in, const char *kind, const char *fylke)
{
    GPtrArray *regions = g_ptr_array_new();
    for (gsize row = 0; row < sp_table_n_rows(in->regions); row++) {
        const char *code = sp_rows_code(in->regions, row, "region");
        if (strcmp(sp_rows_code(in->regions, row, "slag"), kind) == 0 &&
            (fylke == NULL || g_str_has_prefix(code, fylke))) {
            g_ptr_array_add(regions, (gpointer)code);
        }
    }
    g_ptr_array_sort(regions, sp_codes_compare);
    return regions;
}

SpDay sp_rows_last_day(const char *period)
{
    SpPeriod parsed;
    return sp_period_parse(period, &parsed) ? parsed.last : 0;
}

const char *sp_rows_newest(const SpTable *table, const GArray *rows, const char *measure)
{
    const char *newest = NULL;
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        const char *period = sp_rows_code(table, row, "period");
        if (sp_real_is_number(sp_rows_real(table, row, measure)) &&
            (newest == NULL || sp_rows_last_day(period) > sp_rows_last_day(newest))) {
            newest = period;
        }
    }
    return newest;
}

gsize sp_rows_of_id(const SpTable *table, const char *key, const char *id)
{
    return sp_rows_find(table, "%s=%s", key, id);
}
