/* The index of rows: tuples of code numbers, each with the first row that has it. */
#include "core/table_rows.h"

struct SpTableIndex {
    gsize n;
    SpCodes **codes;   /* [n] */
    SpTuples *tuples;  /* of code numbers */
    gsize *first_rows; /* [size of tuples] */
};

SpTableIndex *sp_table_index_new(const SpTable *table, const gsize columns[], gsize n)
{
    gsize n_rows = sp_table_n_rows(table);
    SpTableIndex *index = g_new0(SpTableIndex, 1);
    g_autofree const guint32 **numbers = g_new(const guint32 *, MAX(n, 1));
    g_autofree guint32 *tuple = g_new(guint32, MAX(n, 1));
    index->n = n;
    index->codes = g_new(SpCodes *, n);
    index->tuples = sp_tuples_new(n);
    index->first_rows = g_new(gsize, n_rows);
    for (gsize i = 0; i < n; i++) {
        index->codes[i] = sp_codes_ref(sp_table_codes(table, columns[i]));
        numbers[i] = sp_table_code_numbers_const(table, columns[i]);
    }
    for (gsize row = 0; row < n_rows; row++) {
        for (gsize i = 0; i < n; i++) {
            tuple[i] = numbers[i][row];
        }
        guint32 n_before = sp_tuples_size(index->tuples);
        if (sp_tuples_add(index->tuples, tuple) == n_before) {
            index->first_rows[n_before] = row;
        }
    }
    return index;
}

void sp_table_index_free(SpTableIndex *index)
{
    if (index == NULL) {
        return;
    }
    for (gsize i = 0; i < index->n; i++) {
        sp_codes_unref(index->codes[i]);
    }
    g_free(index->codes);
    g_free(index->first_rows);
    sp_tuples_free(index->tuples);
    g_free(index);
}

gboolean sp_table_index_find_numbers(const SpTableIndex *index, const guint32 numbers[], gsize *row)
{
    guint32 i;
    if (!sp_tuples_find(index->tuples, numbers, &i)) {
        return FALSE;
    }
    *row = index->first_rows[i];
    return TRUE;
}

gboolean sp_table_index_find(const SpTableIndex *index, const char *const codes[], gsize *row)
{
    /* Keys are few: room for any table we know of without allocating at each look-up. */
    guint32 few[16], *numbers = index->n <= G_N_ELEMENTS(few) ? few : g_new(guint32, index->n);
    gboolean is_found = TRUE;
    for (gsize i = 0; i < index->n && is_found; i++) {
        is_found = sp_codes_find(index->codes[i], codes[i], &numbers[i]);
    }
    is_found = is_found && sp_table_index_find_numbers(index, numbers, row);
    if (numbers != few) {
        g_free(numbers);
    }
    return is_found;
}
