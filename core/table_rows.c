/* Rows of a table: sorting by rank with a stable radix sort, and what follows from order. */
#include "core/table_rows.h"

#include <string.h>

#include "core/error.h"

/* One column to sort by: the place of each code of its dictionary, and how many bits a place takes.
 */
typedef struct {
    const guint32 *numbers; /* [n_rows], of the table */
    guint32 *ranks;         /* [size of the dictionary] */
    guint n_bits;
} SortKey;

/* A row with its packed key. */
typedef struct {
    guint64 key;
    gsize row;
} Entry;

static SortKey *sort_keys_new(const SpTable *table, const gsize columns[], gsize n)
{
    SortKey *keys = g_new(SortKey, n);
    for (gsize i = 0; i < n; i++) {
        const SpCodes *codes = sp_table_codes(table, columns[i]);
        keys[i].numbers = sp_table_code_numbers_const(table, columns[i]);
        keys[i].ranks = sp_codes_ranks(codes);
        keys[i].n_bits = MAX(1, g_bit_storage(sp_codes_size(codes)));
    }
    return keys;
}

static void sort_keys_free(SortKey *keys, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_free(keys[i].ranks);
    }
    g_free(keys);
}

static gboolean in_order(const SortKey keys[], gsize n, gsize n_rows)
{
    for (gsize row = 1; row < n_rows; row++) {
        gsize i = 0;
        while (i < n && keys[i].numbers[row - 1] == keys[i].numbers[row]) {
            i++;
        }
        if (i < n &&
            keys[i].ranks[keys[i].numbers[row - 1]] > keys[i].ranks[keys[i].numbers[row]]) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Stable sort by the low `n_bits` bits, a byte at a time from the lowest; a byte that is the same
 * in all rows is skipped. The result may lie in either array: `*entries` is it afterwards. */
static void radix_sort(Entry **entries, Entry **spare, gsize n_rows, guint n_bits)
{
    for (guint shift = 0; shift < n_bits; shift += 8) {
        gsize starts[256] = {0};
        const Entry *from = *entries;
        for (gsize i = 0; i < n_rows; i++) {
            starts[(from[i].key >> shift) & 255]++;
        }
        if (starts[(from[0].key >> shift) & 255] == n_rows) {
            continue;
        }
        gsize sum = 0;
        for (gsize byte = 0; byte < 256; byte++) {
            gsize count = starts[byte];
            starts[byte] = sum;
            sum += count;
        }
        Entry *to = *spare;
        for (gsize i = 0; i < n_rows; i++) {
            to[starts[(from[i].key >> shift) & 255]++] = from[i];
        }
        *spare = *entries;
        *entries = to;
    }
}

/* NULL when the rows are in order as they are. Keys of more than 64 bits in all are sorted in
 * several words, last word first. */
static gsize *order_or_null(const SpTable *table, const gsize columns[], gsize n)
{
    gsize n_rows = sp_table_n_rows(table);
    SortKey *keys = sort_keys_new(table, columns, n);
    if (in_order(keys, n, n_rows)) {
        sort_keys_free(keys, n);
        return NULL;
    }
    Entry *entries = g_new(Entry, n_rows), *spare = g_new(Entry, n_rows);
    for (gsize row = 0; row < n_rows; row++) {
        entries[row].row = row;
    }
    for (gsize end = n; end > 0;) {
        gsize first = end;
        guint n_bits = 0;
        while (first > 0 && n_bits + keys[first - 1].n_bits <= 64) {
            n_bits += keys[--first].n_bits;
        }
        for (gsize i = 0; i < n_rows; i++) {
            guint64 packed = 0;
            for (gsize key = first; key < end; key++) {
                packed =
                    packed << keys[key].n_bits | keys[key].ranks[keys[key].numbers[entries[i].row]];
            }
            entries[i].key = packed;
        }
        radix_sort(&entries, &spare, n_rows, n_bits);
        end = first;
    }
    gsize *order = g_new0(gsize, n_rows);
    for (gsize i = 0; i < n_rows; i++) {
        order[i] = entries[i].row;
    }
    g_free(entries);
    g_free(spare);
    sort_keys_free(keys, n);
    return order;
}

gsize *sp_table_order(const SpTable *table, const gsize columns[], gsize n)
{
    gsize *order = order_or_null(table, columns, n);
    if (order == NULL) {
        gsize n_rows = sp_table_n_rows(table);
        order = g_new0(gsize, MAX(n_rows, 1));
        for (gsize row = 0; row < n_rows; row++) {
            order[row] = row;
        }
    }
    return order;
}

/* Moves the rows so that row i is what row order[i] was. */
static void permute(SpTable *table, const gsize order[])
{
    gsize n_rows = sp_table_n_rows(table);
    g_autofree guint32 *numbers = g_new(guint32, n_rows);
    g_autofree SpReal *reals = g_new(SpReal, n_rows);
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        if (sp_table_column(table, column)->kind == SP_COLUMN_CODE) {
            guint32 *cells = sp_table_code_numbers(table, column);
            for (gsize row = 0; row < n_rows; row++) {
                numbers[row] = cells[order[row]];
            }
            memcpy(cells, numbers, n_rows * sizeof *cells);
        } else {
            SpReal *cells = sp_table_reals(table, column);
            for (gsize row = 0; row < n_rows; row++) {
                reals[row] = cells[order[row]];
            }
            memcpy(cells, reals, n_rows * sizeof *cells);
        }
    }
}

/* Numbers of the key columns; `columns` has room for all columns. Returns how many there are. */
static gsize key_columns(const SpTable *table, gsize columns[])
{
    gsize n = 0;
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        const SpColumn *is = sp_table_column(table, column);
        if (is->kind == SP_COLUMN_CODE && is->is_key) {
            columns[n++] = column;
        }
    }
    return n;
}

void sp_table_sort(SpTable *table)
{
    g_autofree gsize *columns = g_new(gsize, MAX(sp_table_n_columns(table), 1));
    g_autofree gsize *order = order_or_null(table, columns, key_columns(table, columns));
    if (order != NULL) {
        permute(table, order);
    }
}

static char *describe_key(const SpTable *table, const gsize columns[], gsize n, gsize row)
{
    GString *text = g_string_new(n == 0 ? "(no key columns)" : NULL);
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(text, "%s%s=%s", i > 0 ? ", " : "",
                               sp_table_column(table, columns[i])->name,
                               sp_table_code(table, row, columns[i]));
    }
    return g_string_free(text, FALSE);
}

gboolean sp_table_check_unique(SpTable *table, GError **error)
{
    sp_table_sort(table);
    gsize n_rows = sp_table_n_rows(table);
    g_autofree gsize *columns = g_new(gsize, MAX(sp_table_n_columns(table), 1));
    g_autofree const guint32 **numbers = g_new(const guint32 *, MAX(sp_table_n_columns(table), 1));
    gsize n = key_columns(table, columns);
    for (gsize i = 0; i < n; i++) {
        numbers[i] = sp_table_code_numbers_const(table, columns[i]);
    }
    gsize n_repeated = 0, first = 0;
    gboolean was_same = FALSE;
    for (gsize row = 1; row < n_rows; row++) {
        gsize i = 0;
        while (i < n && numbers[i][row - 1] == numbers[i][row]) {
            i++;
        }
        if (i == n && !was_same && n_repeated++ == 0) {
            first = row;
        }
        was_same = i == n;
    }
    if (n_repeated == 0) {
        return TRUE;
    }
    g_autofree char *key = describe_key(table, columns, n, first);
    return sp_error_set(error, SP_ERROR_DATA,
                        "table %s: %" G_GSIZE_FORMAT
                        " key%s more than once, the first is %s; remove the repeated rows or "
                        "make the column that tells them apart part of the key",
                        sp_table_name(table), n_repeated, n_repeated == 1 ? " stands" : "s stand",
                        key);
}

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
