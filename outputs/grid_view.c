/* Which rows, lines, periods and columns of a table a reader is shown. */
#include "outputs/grid.h"

#include "core/period.h"

enum { LONG_STEP_YEARS = 5 };

static gsize column_at(const GArray *columns, guint i)
{
    return g_array_index(columns, gsize, i);
}

/* TRUE when two rows have the same codes in all keys but `except`. */
static gboolean is_same(const SpGrid *grid, gsize a, gsize b, gsize except)
{
    for (guint i = 0; i < grid->keys->len; i++) {
        gsize column = column_at(grid->keys, i);
        const guint32 *numbers = sp_table_code_numbers_const(grid->table, column);
        if (column != except && numbers[a] != numbers[b]) {
            return FALSE;
        }
    }
    return TRUE;
}

GArray *sp_grid_rows(const SpGrid *grid, gboolean is_newest)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    guint n_keys = grid->keys->len;
    gsize n = sp_table_n_rows(grid->table);
    gboolean has_newest = is_newest && !grid->is_across && grid->measures->len > 0 && n_keys > 1 &&
                          column_at(grid->keys, n_keys - 1) == grid->time;
    for (gsize row = 0; row < n; row++) {
        gboolean is_newer_next =
            has_newest && row + 1 < n && is_same(grid, row, row + 1, grid->time);
        if (!is_newer_next &&
            (grid->years.step == 0 ||
             sp_show_has_year(&grid->years, sp_table_code(grid->table, row, grid->time)))) {
            g_array_append_val(rows, row);
        }
    }
    return rows;
}

static gboolean is_round_year(const char *code)
{
    SpPeriod period;
    return sp_period_parse(code, &period) && sp_day_year(period.first) % LONG_STEP_YEARS == 0;
}

static void cut_periods(SpGridView *view, guint max_periods)
{
    for (guint i = view->periods->len; i-- > 0;) {
        gboolean is_end = i == 0 || i + 1 == view->periods->len;
        if (!is_end && !is_round_year(g_ptr_array_index(view->periods, i))) {
            g_ptr_array_remove_index(view->periods, i);
        }
    }
    if (view->periods->len > max_periods) {
        g_ptr_array_remove_range(view->periods, 0, view->periods->len - max_periods);
    }
    view->is_cut = TRUE;
}

static void choose_periods(SpGridView *view, guint max_periods)
{
    const SpGrid *grid = view->grid;
    const SpCodes *codes = sp_table_codes(grid->table, grid->time);
    const guint32 *numbers = sp_table_code_numbers_const(grid->table, grid->time);
    guint32 n = sp_codes_size(codes);
    g_autofree guint8 *is_used = g_new0(guint8, (gsize)n + 1);
    for (guint i = 0; i < view->rows->len; i++) {
        is_used[numbers[column_at(view->rows, i)]] = 1;
    }
    view->places = g_new(int, (gsize)n + 1);
    for (guint32 i = 0; i < n; i++) {
        view->places[i] = -1;
        if (is_used[i] != 0) {
            g_ptr_array_add(view->periods, (gpointer)sp_codes_text(codes, i));
        }
    }
    g_ptr_array_sort(view->periods, sp_codes_compare);
    if (max_periods > 0 && view->periods->len > max_periods) {
        cut_periods(view, max_periods);
    }
    for (guint i = 0; i < view->periods->len; i++) {
        guint32 number = 0;
        gboolean is_there = sp_codes_find(codes, g_ptr_array_index(view->periods, i), &number);
        g_assert(is_there);
        view->places[number] = (int)i;
    }
}

gboolean sp_grid_tells(const SpGrid *grid, gsize row, guint measure)
{
    return grid->answer == SP_GRID_ALL || grid->answer == measure ||
           !sp_grid_is_answer(grid, row, grid->answer);
}

gboolean sp_grid_can_occur(const SpGrid *grid, const GArray *rows, guint measure)
{
    gsize column = column_at(grid->measures, measure);
    for (guint i = 0; i < rows->len; i++) {
        gsize row = column_at(rows, i);
        if (sp_grid_tells(grid, row, measure) &&
            sp_table_real(grid->table, row, column).status != SP_NOT_APPLICABLE) {
            return TRUE;
        }
    }
    return FALSE;
}

static void choose_measures(SpGridView *view, guint measure)
{
    const SpGrid *grid = view->grid;
    if (measure != SP_GRID_ALL) {
        g_array_append_val(view->measures, measure);
        return;
    }
    for (guint i = 0; i < grid->measures->len; i++) {
        if (grid->kind == SP_GRID_SHEET || sp_grid_can_occur(grid, view->rows, i)) {
            g_array_append_val(view->measures, i);
        }
    }
    for (guint i = 0; view->measures->len == 0 && i < grid->measures->len; i++) {
        g_array_append_val(view->measures, i); /* one full stop says more than nothing */
    }
}

static gboolean is_empty(const SpGrid *grid, const GArray *rows, gsize column)
{
    for (guint i = 0; i < rows->len; i++) {
        if (sp_table_code(grid->table, column_at(rows, i), column)[0] != '\0') {
            return FALSE;
        }
    }
    return TRUE;
}

static void choose_attributes(SpGridView *view)
{
    const SpGrid *grid = view->grid;
    for (guint i = 0; i < grid->attributes->len; i++) {
        gsize column = column_at(grid->attributes, i);
        if (grid->kind == SP_GRID_SHEET || !is_empty(grid, view->rows, column)) {
            g_array_append_val(view->attributes, column);
        }
    }
}

static guint end_of_line(const SpGrid *grid, const GArray *rows, guint from)
{
    guint to = from + 1;
    while (grid->is_across && to < rows->len &&
           is_same(grid, column_at(rows, from), column_at(rows, to), SP_NO_COLUMN)) {
        to++;
    }
    return to;
}

void sp_grid_view_init(SpGridView *view, const SpGrid *grid, const GArray *rows, guint measure,
                       guint max_periods)
{
    *view = (SpGridView){.grid = grid, .rows = rows};
    view->lines = g_array_new(FALSE, FALSE, sizeof(SpGridLine));
    view->measures = g_array_new(FALSE, FALSE, sizeof(guint));
    view->periods = g_ptr_array_new();
    view->attributes = g_array_new(FALSE, FALSE, sizeof(gsize));
    choose_measures(view, measure);
    choose_attributes(view);
    view->has_measure_lines = grid->has_measure_lines && measure == SP_GRID_ALL;
    if (grid->is_across) {
        choose_periods(view, max_periods);
    }
    for (guint from = 0, to = 0; from < rows->len; from = to) {
        guint n = grid->has_measure_lines ? view->measures->len : 1;
        to = end_of_line(grid, rows, from);
        for (guint i = 0; i < n; i++) {
            SpGridLine line = {.from = from, .to = to};
            line.measure = grid->has_measure_lines ? g_array_index(view->measures, guint, i) : 0;
            if (!grid->has_measure_lines ||
                sp_grid_tells(grid, column_at(rows, from), line.measure)) {
                g_array_append_val(view->lines, line);
            }
        }
    }
}

void sp_grid_view_clear(SpGridView *view)
{
    g_array_unref(view->lines);
    g_array_unref(view->measures);
    g_array_unref(view->attributes);
    g_ptr_array_unref(view->periods);
    g_free(view->places);
}

gsize sp_grid_count(const SpGrid *grid, const GArray *rows)
{
    gsize n = 0;
    for (guint from = 0; from < rows->len; from = end_of_line(grid, rows, from)) {
        for (guint i = 0; grid->has_measure_lines && i < grid->measures->len; i++) {
            n += sp_grid_tells(grid, column_at(rows, from), i) ? 1 : 0;
        }
        n += grid->has_measure_lines ? 0 : 1;
    }
    return n;
}

gsize sp_grid_row(const SpGridView *view, const SpGridLine *line)
{
    return column_at(view->rows, line->from);
}
