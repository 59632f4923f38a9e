/* A table laid out for a page. */
#include "outputs/html/grid.h"

#include "core/period.h"
#include "core/table_rows.h"

#include <string.h>

enum { MAX_PERIODS = 10, LONG_STEP_YEARS = 5 };

/* Periods go across when they are the last key (rows of one line then follow each other) and there
 * is one measure to show. */
static gsize period_across(const SpTable *table)
{
    gsize last_key = SP_NO_COLUMN;
    gsize n_measures = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_MEASURE) {
            n_measures++;
        } else if (column->is_key) {
            last_key = i;
        } else {
            return SP_NO_COLUMN; /* an attribute may differ from period to period */
        }
    }
    if (n_measures != 1 || last_key == SP_NO_COLUMN ||
        !sp_words_is_period(sp_table_column(table, last_key))) {
        return SP_NO_COLUMN;
    }
    return last_key;
}

static gboolean is_round_year(const char *code)
{
    SpPeriod period;
    return sp_period_parse(code, &period) && sp_day_year(period.first) % LONG_STEP_YEARS == 0;
}

/* A long series shows its ends and every fifth year; if that is still too much, the newest. */
static void cut_periods(SpGrid *grid)
{
    for (guint i = grid->periods->len; i-- > 0;) {
        gboolean is_end = i == 0 || i + 1 == grid->periods->len;
        if (!is_end && !is_round_year(g_ptr_array_index(grid->periods, i))) {
            g_ptr_array_remove_index(grid->periods, i);
        }
    }
    if (grid->periods->len > MAX_PERIODS) {
        g_ptr_array_remove_range(grid->periods, 0, grid->periods->len - MAX_PERIODS);
    }
    grid->is_cut = TRUE;
}

static void choose_periods(SpGrid *grid)
{
    const SpCodes *codes = sp_table_codes(grid->table, grid->period);
    guint32 n = sp_codes_size(codes);
    g_autofree gboolean *is_used = sp_table_used_codes(grid->table, grid->period);
    for (guint32 i = 0; i < n; i++) {
        if (is_used[i]) {
            g_ptr_array_add(grid->periods, (gpointer)sp_codes_text(codes, i));
        }
    }
    g_ptr_array_sort(grid->periods, sp_codes_compare);
    if (grid->periods->len > MAX_PERIODS) {
        cut_periods(grid);
    }
    grid->places = g_new(int, (gsize)n + 1);
    for (guint32 i = 0; i < n; i++) {
        grid->places[i] = -1;
    }
    for (guint i = 0; i < grid->periods->len; i++) {
        guint32 number = 0;
        if (sp_codes_find(codes, g_ptr_array_index(grid->periods, i), &number)) {
            grid->places[number] = (int)i;
        }
    }
}

void sp_grid_init(SpGrid *grid, const SpWords *words, const SpTable *table)
{
    *grid = (SpGrid){.words = words, .table = table, .region = SP_NO_COLUMN};
    grid->codes = g_array_new(FALSE, FALSE, sizeof(gsize));
    grid->measures = g_array_new(FALSE, FALSE, sizeof(gsize));
    grid->labels = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    grid->periods = g_ptr_array_new();
    grid->period = period_across(table);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_MEASURE) {
            g_array_append_val(grid->measures, i);
        } else if (i != grid->period) {
            g_array_append_val(grid->codes, i);
            g_ptr_array_add(grid->labels, sp_words_labels(words, table, i));
        }
        if (grid->region == SP_NO_COLUMN && sp_words_is_region(column)) {
            grid->region = i;
        }
    }
    if (grid->period != SP_NO_COLUMN) {
        choose_periods(grid);
    }
}

void sp_grid_clear(SpGrid *grid)
{
    g_array_unref(grid->codes);
    g_array_unref(grid->measures);
    g_ptr_array_unref(grid->labels);
    g_ptr_array_unref(grid->periods);
    g_free(grid->places);
}

gboolean sp_grid_is_same(const SpGrid *grid, gsize a, gsize b)
{
    if (grid->period == SP_NO_COLUMN) {
        return a == b;
    }
    for (guint i = 0; i < grid->codes->len; i++) {
        const guint32 *numbers =
            sp_table_code_numbers_const(grid->table, g_array_index(grid->codes, gsize, i));
        if (numbers[a] != numbers[b]) {
            return FALSE;
        }
    }
    return TRUE;
}

gsize sp_grid_count(const SpGrid *grid, const GArray *rows)
{
    gsize n = 0;
    for (guint i = 0; i < rows->len; i++) {
        gsize row = g_array_index(rows, gsize, i);
        n += i == 0 || !sp_grid_is_same(grid, row, g_array_index(rows, gsize, i - 1)) ? 1 : 0;
    }
    return n;
}
