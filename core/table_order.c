/* Order of a table's rows: sorting by rank with a stable radix sort, and keys that repeat. */
#include "core/table_rows.h"

#include "core/error.h"

#include <string.h>

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
