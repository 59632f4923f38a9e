/* Rows of two tables by one key. */
#include "transforms/compare/merge.h"

#include <string.h>

/* The codes of a dictionary in byte order, by number. */
static guint32 *in_order(const SpCodes *codes)
{
    const guint32 n = sp_codes_size(codes);
    g_autofree guint32 *ranks = sp_codes_ranks(codes);
    guint32 *order = g_new0(guint32, (gsize)n + 1);
    for (guint32 i = 0; i < n; i++) {
        order[ranks[i]] = i;
    }
    return order;
}

void sp_matched_column_init(SpMatchedColumn *matched, const SpTable *const tables[2],
                            const gsize column[2])
{
    const SpCodes *codes[2];
    guint32 *order[2];
    guint32 at[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        codes[i] = sp_table_codes(tables[i], column[i]);
        order[i] = in_order(codes[i]);
        matched->numbers[i] = sp_table_code_numbers_const(tables[i], column[i]);
        matched->places[i] = g_new(guint32, (gsize)sp_codes_size(codes[i]) + 1);
    }
    for (guint32 place = 0; at[0] < sp_codes_size(codes[0]) || at[1] < sp_codes_size(codes[1]);
         place++) {
        const gboolean is_left[2] = {at[0] < sp_codes_size(codes[0]),
                                     at[1] < sp_codes_size(codes[1])};
        const int compared = !is_left[1]   ? -1
                             : !is_left[0] ? 1
                                           : strcmp(sp_codes_text(codes[0], order[0][at[0]]),
                                                    sp_codes_text(codes[1], order[1][at[1]]));
        if (compared <= 0) {
            matched->places[0][order[0][at[0]++]] = place;
        }
        if (compared >= 0) {
            matched->places[1][order[1][at[1]++]] = place;
        }
    }
    g_free(order[0]);
    g_free(order[1]);
}

void sp_matched_column_clear(SpMatchedColumn *matched)
{
    g_clear_pointer(&matched->places[0], g_free);
    g_clear_pointer(&matched->places[1], g_free);
}

static guint32 place_of(const SpMatchedColumn *matched, int table, gsize row)
{
    return matched->places[table][matched->numbers[table][row]];
}

gboolean sp_matched_column_is_same(const SpMatchedColumn *matched, const gsize row[2])
{
    return place_of(matched, 0, row[0]) == place_of(matched, 1, row[1]);
}

/* The first key column at `from` or behind it; SP_NO_COLUMN if there is none. */
static gsize next_key(const SpTable *table, gsize from)
{
    for (gsize i = from; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->is_key) {
            return i;
        }
    }
    return SP_NO_COLUMN;
}

static void clear_column(gpointer data)
{
    sp_matched_column_clear(data);
}

gboolean sp_merge_init(SpMerge *merge, const SpTable *before, const SpTable *now)
{
    *merge = (SpMerge){.tables = {before, now},
                       .keys = g_array_new(FALSE, FALSE, sizeof(SpMatchedColumn))};
    g_array_set_clear_func(merge->keys, clear_column);
    gsize column[2] = {next_key(before, 0), next_key(now, 0)};
    while (column[0] != SP_NO_COLUMN && column[1] != SP_NO_COLUMN &&
           strcmp(sp_table_column(before, column[0])->name,
                  sp_table_column(now, column[1])->name) == 0) {
        SpMatchedColumn matched;
        sp_matched_column_init(&matched, merge->tables, column);
        g_array_append_val(merge->keys, matched);
        column[0] = next_key(before, column[0] + 1);
        column[1] = next_key(now, column[1] + 1);
    }
    const gboolean is_same = column[0] == SP_NO_COLUMN && column[1] == SP_NO_COLUMN;
    if (!is_same) {
        sp_merge_clear(merge);
    }
    return is_same;
}

void sp_merge_clear(SpMerge *merge)
{
    g_clear_pointer(&merge->keys, g_array_unref);
}

/* As strcmp, of the keys of the two next rows. */
static int compare(const SpMerge *merge)
{
    for (guint i = 0; i < merge->keys->len; i++) {
        const SpMatchedColumn *key = &g_array_index(merge->keys, SpMatchedColumn, i);
        const guint32 one = place_of(key, 0, merge->next[0]);
        const guint32 other = place_of(key, 1, merge->next[1]);
        if (one != other) {
            return one < other ? -1 : 1;
        }
    }
    return 0;
}

gboolean sp_merge_next(SpMerge *merge, gsize row[2])
{
    const gboolean is_left[2] = {merge->next[0] < sp_table_n_rows(merge->tables[0]),
                                 merge->next[1] < sp_table_n_rows(merge->tables[1])};
    if (!is_left[0] && !is_left[1]) {
        return FALSE;
    }
    const int compared = !is_left[1] ? -1 : !is_left[0] ? 1 : compare(merge);
    row[0] = compared <= 0 ? merge->next[0]++ : SP_NO_ROW;
    row[1] = compared >= 0 ? merge->next[1]++ : SP_NO_ROW;
    return TRUE;
}
