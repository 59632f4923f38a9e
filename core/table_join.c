/* Left join: the right table's key is looked up by code number, with each dictionary of the left
 * translated once. */
#include "core/table_join.h"

#include <string.h>

#include "core/error.h"
#include "core/table_rows.h"

#define NO_MATCH ((gsize)-1)

/* One key column of `right`: where it is on both sides, and what the left's code numbers are there.
 */
typedef struct {
    gsize left, right;
    guint32 *to_right; /* [size of the left's dictionary], G_MAXUINT32 where the right does not know
                          the code */
} JoinKey;

static void join_key_clear(gpointer key)
{
    g_free(((JoinKey *)key)->to_right);
}

static guint32 *translate(const SpCodes *from, const SpCodes *to)
{
    guint32 n = sp_codes_size(from);
    guint32 *numbers = g_new(guint32, MAX(n, 1));
    for (guint32 i = 0; i < n; i++) {
        if (!sp_codes_find(to, sp_codes_text(from, i), &numbers[i])) {
            numbers[i] = G_MAXUINT32;
        }
    }
    return numbers;
}

/* NULL when a key column of `right` is no code column of `left`. */
static GArray *find_keys(const SpTable *left, const SpTable *right, GError **error)
{
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(JoinKey));
    g_array_set_clear_func(keys, join_key_clear);
    for (gsize i = 0; i < sp_table_n_columns(right); i++) {
        const SpColumn *column = sp_table_column(right, i);
        if (column->kind != SP_COLUMN_CODE || !column->is_key) {
            continue;
        }
        JoinKey key = {.right = i};
        if (!sp_table_need(left, column->name, SP_COLUMN_CODE, &key.left, error)) {
            g_prefix_error(error, "joining table %s by its key: ", sp_table_name(right));
            return NULL;
        }
        key.to_right = translate(sp_table_codes(left, key.left), sp_table_codes(right, i));
        g_array_append_val(keys, key);
    }
    return g_steal_pointer(&keys);
}

/* An index of `right` by its key; NULL when the key repeats. */
static SpTableIndex *index_right(const SpTable *right, const GArray *keys, GError **error)
{
    g_autofree gsize *columns = g_new(gsize, MAX(keys->len, 1));
    g_autofree guint32 *numbers = g_new(guint32, MAX(keys->len, 1));
    for (guint i = 0; i < keys->len; i++) {
        columns[i] = g_array_index(keys, JoinKey, i).right;
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(right, columns, keys->len);
    for (gsize row = 0; row < sp_table_n_rows(right); row++) {
        for (guint i = 0; i < keys->len; i++) {
            numbers[i] = sp_table_code_numbers_const(right, columns[i])[row];
        }
        gsize first = row;
        if (sp_table_index_find_numbers(index, numbers, &first) && first != row) {
            /* The check on a copy makes the text: which key it is, and how many repeat. */
            g_autoptr(SpTable) copy = sp_table_copy(right);
            sp_table_check_unique(copy, error);
            g_prefix_error(error, "joining by a key that repeats: ");
            return NULL;
        }
    }
    return g_steal_pointer(&index);
}

/* The row of `right` that belongs to each row of `left`, NO_MATCH where none does. [n_rows of left]
 */
static gsize *match_rows(const SpTable *left, const GArray *keys, const SpTableIndex *index)
{
    gsize n_rows = sp_table_n_rows(left);
    gsize *matches = g_new0(gsize, MAX(n_rows, 1));
    g_autofree guint32 *numbers = g_new(guint32, MAX(keys->len, 1));
    for (gsize row = 0; row < n_rows; row++) {
        for (guint i = 0; i < keys->len; i++) {
            const JoinKey *key = &g_array_index(keys, JoinKey, i);
            numbers[i] = key->to_right[sp_table_code_numbers_const(left, key->left)[row]];
        }
        if (!sp_table_index_find_numbers(index, numbers, &matches[row])) {
            matches[row] = NO_MATCH;
        }
    }
    return matches;
}

static void append_codes(SpTable *joined, const SpTable *right, gsize from, const gsize matches[])
{
    gsize n_rows = sp_table_n_rows(joined),
          to = sp_table_add_column(joined, sp_table_column(right, from));
    g_autoptr(SpCodes) codes = sp_codes_copy(sp_table_codes(right, from));
    const guint32 *right_numbers = sp_table_code_numbers_const(right, from);
    g_autofree guint32 *numbers = g_new(guint32, n_rows);
    guint32 blank = G_MAXUINT32;
    for (gsize row = 0; row < n_rows; row++) {
        if (matches[row] != NO_MATCH) {
            numbers[row] = right_numbers[matches[row]];
            continue;
        }
        if (blank == G_MAXUINT32) {
            blank = sp_codes_add(codes, "");
        }
        numbers[row] = blank;
    }
    sp_table_set_codes(joined, to, codes, numbers);
}

static void append_reals(SpTable *joined, const SpTable *right, gsize from, const gsize matches[])
{
    gsize n_rows = sp_table_n_rows(joined),
          to = sp_table_add_column(joined, sp_table_column(right, from));
    const SpReal *right_reals = sp_table_reals_const(right, from);
    SpReal *reals = sp_table_reals(joined, to);
    for (gsize row = 0; row < n_rows; row++) {
        reals[row] =
            matches[row] != NO_MATCH ? right_reals[matches[row]] : sp_real_none(SP_MISSING);
    }
}

SpTable *sp_table_join(const SpTable *left, const SpTable *right, GError **error)
{
    g_autoptr(GArray) keys = find_keys(left, right, error);
    if (keys == NULL) {
        return NULL;
    }
    g_autoptr(SpTableIndex) index = index_right(right, keys, error);
    if (index == NULL) {
        return NULL;
    }
    g_autofree gsize *matches = match_rows(left, keys, index);
    SpTable *joined = sp_table_copy(left);
    sp_table_set_marks(joined, sp_table_marks(left) | sp_table_marks(right));
    for (gsize i = 0; i < sp_table_n_columns(right); i++) {
        const SpColumn *column = sp_table_column(right, i);
        if (sp_table_find(left, column->name) != SP_NO_COLUMN) {
            continue;
        }
        if (column->kind == SP_COLUMN_CODE) {
            append_codes(joined, right, i, matches);
        } else {
            append_reals(joined, right, i, matches);
        }
    }
    return joined;
}
