/* Choice and stacking of a table's rows and columns. */
#include "core/table_rows.h"

#include "core/error.h"

#include <string.h>

gboolean *sp_table_used_codes(const SpTable *table, gsize column)
{
    const guint32 *numbers = sp_table_code_numbers_const(table, column);
    gboolean *is_used = g_new0(gboolean, MAX(sp_codes_size(sp_table_codes(table, column)), 1));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        is_used[numbers[row]] = TRUE;
    }
    return is_used;
}

char **sp_table_used_list(const SpTable *table, gsize column,
                          gboolean (*counts)(const char *code, gconstpointer data),
                          gconstpointer data)
{
    const SpCodes *codes = sp_table_codes(table, column);
    g_autofree gboolean *is_used = sp_table_used_codes(table, column);
    GPtrArray *found = g_ptr_array_new();
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *code = sp_codes_text(codes, i);
        if (is_used[i] && (counts == NULL || counts(code, data))) {
            g_ptr_array_add(found, g_strdup(code));
        }
    }
    g_ptr_array_sort(found, sp_codes_compare);
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}

SpTable *sp_table_filter(const SpTable *table,
                         gboolean (*keep)(const SpTable *table, gsize row, gpointer data),
                         gpointer data)
{
    gsize n_rows = sp_table_n_rows(table), n = 0;
    g_autofree gsize *rows = g_new(gsize, n_rows);
    for (gsize row = 0; row < n_rows; row++) {
        if (keep(table, row, data)) {
            rows[n++] = row;
        }
    }
    return sp_table_copy_rows(table, NULL, rows, n);
}

SpTable *sp_table_filter_codes(const SpTable *table, gsize column, const char *const codes[],
                               gsize n)
{
    const SpCodes *known = sp_table_codes(table, column);
    const guint32 *numbers = sp_table_code_numbers_const(table, column);
    g_autofree gboolean *is_kept = g_new0(gboolean, sp_codes_size(known));
    for (gsize i = 0; i < n; i++) {
        guint32 number;
        if (sp_codes_find(known, codes[i], &number)) {
            is_kept[number] = TRUE;
        }
    }
    gsize n_rows = sp_table_n_rows(table), n_kept = 0;
    g_autofree gsize *rows = g_new(gsize, n_rows);
    for (gsize row = 0; row < n_rows; row++) {
        if (is_kept[numbers[row]]) {
            rows[n_kept++] = row;
        }
    }
    return sp_table_copy_rows(table, NULL, rows, n_kept);
}

/* A table of no rows whose columns are those of `table` named by number [n], with dictionaries of
 * its own. */
static SpTable *new_like(const SpTable *table, const gsize columns[], gsize n)
{
    SpTable *like = sp_table_new(sp_table_name(table), NULL, 0);
    for (gsize i = 0; i < n; i++) {
        sp_table_add_column(like, sp_table_column(table, columns[i]));
    }
    sp_table_set_edition(like, sp_table_edition(table));
    sp_table_set_marks(like, sp_table_marks(table));
    return like;
}

/* Copies all cells of a column to rows from `first` on of another table's column of the same kind.
 */
static void copy_column(const SpTable *from, gsize from_column, SpTable *to, gsize to_column,
                        gsize first)
{
    gsize n_rows = sp_table_n_rows(from);
    if (n_rows == 0) {
        return;
    }
    if (sp_table_column(from, from_column)->kind == SP_COLUMN_MEASURE) {
        memcpy(sp_table_reals(to, to_column) + first, sp_table_reals_const(from, from_column),
               n_rows * sizeof(SpReal));
        return;
    }
    const SpCodes *codes = sp_table_codes(from, from_column);
    SpCodes *to_codes = sp_table_codes(to, to_column);
    const guint32 *numbers = sp_table_code_numbers_const(from, from_column);
    guint32 *to_numbers = sp_table_code_numbers(to, to_column) + first;
    g_autofree guint32 *map = g_new(guint32, sp_codes_size(codes));
    memset(map, 0xff, sp_codes_size(codes) * sizeof *map);
    for (gsize row = 0; row < n_rows; row++) {
        guint32 number = numbers[row];
        if (map[number] == G_MAXUINT32) {
            map[number] = sp_codes_add(to_codes, sp_codes_text(codes, number));
        }
        to_numbers[row] = map[number];
    }
}

static gboolean same_columns(const SpTable *a, const SpTable *b, GError **error)
{
    gsize n = sp_table_n_columns(a);
    gboolean is_same = n == sp_table_n_columns(b);
    for (gsize i = 0; is_same && i < n; i++) {
        const SpColumn *x = sp_table_column(a, i), *y = sp_table_column(b, i);
        is_same = x->kind == y->kind && strcmp(x->name, y->name) == 0;
        if (!is_same) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "table %s cannot be stacked on %s: column %" G_GSIZE_FORMAT
                                " is %s, want %s of the same kind",
                                sp_table_name(b), sp_table_name(a), i + 1, y->name, x->name);
        }
    }
    return is_same || sp_error_set(error, SP_ERROR_DATA,
                                   "table %s cannot be stacked on %s: it has %" G_GSIZE_FORMAT
                                   " columns, want %" G_GSIZE_FORMAT,
                                   sp_table_name(b), sp_table_name(a), sp_table_n_columns(b), n);
}

SpTable *sp_table_concat(const SpTable *const tables[], gsize n, GError **error)
{
    g_assert(n >= 1);
    gsize n_columns = sp_table_n_columns(tables[0]), n_rows = 0;
    guint marks = 0;
    for (gsize i = 0; i < n; i++) {
        if (!same_columns(tables[0], tables[i], error)) {
            return NULL;
        }
        n_rows += sp_table_n_rows(tables[i]);
        marks |= sp_table_marks(tables[i]);
    }
    g_autofree gsize *columns = g_new(gsize, MAX(n_columns, 1));
    for (gsize column = 0; column < n_columns; column++) {
        columns[column] = column;
    }
    SpTable *all = new_like(tables[0], columns, n_columns);
    sp_table_set_marks(all, marks);
    sp_table_add_rows(all, n_rows);
    gsize first = 0;
    for (gsize i = 0; i < n; i++) {
        for (gsize column = 0; column < n_columns; column++) {
            copy_column(tables[i], column, all, column, first);
        }
        first += sp_table_n_rows(tables[i]);
    }
    return all;
}

SpTable *sp_table_select(const SpTable *table, const char *const columns[], gsize n, GError **error)
{
    g_autofree gsize *chosen = g_new(gsize, MAX(n, 1));
    for (gsize i = 0; i < n; i++) {
        chosen[i] = sp_table_find(table, columns[i]);
        /* The text of sp_table_need names the columns there are; the kind asked for is then as good
         * as the other. */
        if (chosen[i] == SP_NO_COLUMN &&
            !sp_table_need(table, columns[i], SP_COLUMN_CODE, &chosen[i], error)) {
            return NULL;
        }
    }
    SpTable *selected = new_like(table, chosen, n);
    sp_table_add_rows(selected, sp_table_n_rows(table));
    for (gsize i = 0; i < n; i++) {
        copy_column(table, chosen[i], selected, i, 0);
    }
    return selected;
}
