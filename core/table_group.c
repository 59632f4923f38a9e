/* Sums over groups of rows: rows are put in order of the group's key, and each run of equal keys
 * becomes one. */
#include "core/table_group.h"

#include <string.h>

#include "core/error.h"
#include "core/table_rows.h"

/* Numbers that stand for no code while codes are rewritten. */
#define UNSEEN G_MAXUINT32
#define DROPPED (G_MAXUINT32 - 1)

/* The columns of the result: `by` as the key, then the additive measures. `sources` [n_columns of
 * table] takes their numbers in the table; NULL when a column of `by` is not there. */
static SpTable *new_result(const SpTable *table, const char *name, const char *const by[], gsize n,
                           gsize sources[], GError **error)
{
    g_autoptr(SpTable) result = sp_table_new(name, NULL, 0);
    sp_table_set_edition(result, sp_table_edition(table));
    sp_table_set_marks(result, sp_table_marks(table));
    for (gsize i = 0; i < n; i++) {
        if (!sp_table_need(table, by[i], SP_COLUMN_CODE, &sources[i], error)) {
            return NULL;
        }
        SpColumn column = *sp_table_column(table, sources[i]);
        column.is_key = TRUE;
        sp_table_add_column(result, &column);
    }
    gsize n_sources = n;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_MEASURE && column->is_additive) {
            sources[n_sources++] = i;
            sp_table_add_column(result, column);
        }
    }
    return g_steal_pointer(&result);
}

/* Places in `order` where a new group begins, and the end: [n_groups + 1], owned by the caller. */
static GArray *find_groups(const SpTable *table, const gsize order[], const gsize columns[],
                           gsize n)
{
    gsize n_rows = sp_table_n_rows(table);
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize place = 0; place < n_rows; place++) {
        gboolean is_new = place == 0;
        for (gsize i = 0; i < n && !is_new; i++) {
            const guint32 *numbers = sp_table_code_numbers_const(table, columns[i]);
            is_new = numbers[order[place - 1]] != numbers[order[place]];
        }
        if (is_new) {
            g_array_append_val(starts, place);
        }
    }
    g_array_append_val(starts, n_rows);
    return starts;
}

SpTable *sp_table_group(const SpTable *table, const char *name, const char *const by[], gsize n,
                        GError **error)
{
    g_autofree gsize *sources = g_new0(gsize, sp_table_n_columns(table) + n);
    g_autoptr(SpTable) result = new_result(table, name, by, n, sources, error);
    if (result == NULL) {
        return NULL;
    }
    g_autofree gsize *order = sp_table_order(table, sources, n);
    g_autoptr(GArray) starts = find_groups(table, order, sources, n);
    gsize n_groups = starts->len - 1;
    sp_table_add_rows(result, n_groups);
    for (gsize column = 0; column < n; column++) {
        for (gsize group = 0; group < n_groups; group++) {
            gsize row = order[g_array_index(starts, gsize, group)];
            sp_table_set_code(result, group, column, sp_table_code(table, row, sources[column]));
        }
    }
    for (gsize column = n; column < sp_table_n_columns(result); column++) {
        const SpReal *reals = sp_table_reals_const(table, sources[column]);
        SpReal *sums = sp_table_reals(result, column);
        for (gsize group = 0; group < n_groups; group++) {
            SpReal sum = sp_real_none(SP_NOT_APPLICABLE);
            for (gsize place = g_array_index(starts, gsize, group);
                 place < g_array_index(starts, gsize, group + 1); place++) {
                sum = sp_real_add(sum, reals[order[place]]);
            }
            sums[group] = sum;
        }
    }
    return g_steal_pointer(&result);
}

SpTable *sp_table_map_codes(const SpTable *table, const char *column,
                            const char *(*map)(const char *code, gpointer data), gpointer data,
                            GError **error)
{
    gsize number, n_rows = sp_table_n_rows(table), n_kept = 0;
    if (!sp_table_need(table, column, SP_COLUMN_CODE, &number, error)) {
        return NULL;
    }
    const SpCodes *codes = sp_table_codes(table, number);
    const guint32 *old_numbers = sp_table_code_numbers_const(table, number);
    g_autoptr(SpCodes) new_codes = sp_codes_new();
    g_autofree guint32 *to_new = g_new(guint32, MAX(sp_codes_size(codes), 1));
    memset(to_new, 0xff, sp_codes_size(codes) * sizeof *to_new);
    g_autofree guint32 *new_numbers = g_new(guint32, n_rows);
    g_autofree gsize *kept = g_new(gsize, n_rows);
    for (gsize row = 0; row < n_rows; row++) {
        guint32 *mapped = &to_new[old_numbers[row]];
        if (*mapped == UNSEEN) {
            const char *code = map(sp_codes_text(codes, old_numbers[row]), data);
            *mapped = code != NULL ? sp_codes_add(new_codes, code) : DROPPED;
        }
        if (*mapped != DROPPED) {
            new_numbers[n_kept] = *mapped;
            kept[n_kept++] = row;
        }
    }
    SpTable *result = sp_table_copy_rows(table, NULL, kept, n_kept);
    sp_table_set_codes(result, number, new_codes, new_numbers);
    return result;
}
