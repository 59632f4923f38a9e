/* A table laid out for readers. */
#include "outputs/grid.h"

#include "core/period.h"
#include "core/table_rows.h"

#include <string.h>

enum { LONG_STEP_YEARS = 5 };

static gsize column_at(const GArray *columns, guint i)
{
    return g_array_index(columns, gsize, i);
}

static const char *const formats[] = {
    [SP_GRID_PAGE] = "html", [SP_GRID_NEWEST] = "html", [SP_GRID_SHEET] = "xlsx"};

/* Periods of the table that are shown. */
static gsize count_periods(const SpGrid *grid)
{
    SpShowYears years;
    gsize n = 0;
    sp_show_years(sp_words_package(grid->words)->catalogue, grid->table, formats[grid->kind],
                  &years);
    const SpCodes *codes = sp_table_codes(grid->table, grid->time);
    g_autofree gboolean *is_used = sp_table_used_codes(grid->table, grid->time);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        n += is_used[i] && sp_show_has_year(&years, sp_codes_text(codes, i)) ? 1 : 0;
    }
    return n;
}

/* Rows of one line follow each other only if the period is the last key. */
static gboolean can_go_across(const SpGrid *grid)
{
    const SpTable *table = grid->table;
    gsize n_measures = 0;
    gsize last_key = SP_NO_COLUMN;
    gboolean has_indicator = FALSE;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        has_indicator = has_indicator || sp_words_is_indicator(column);
        if (column->kind == SP_COLUMN_MEASURE) {
            n_measures++;
        } else if (column->is_key) {
            last_key = i;
        } else if (!sp_words_is_notice(column)) {
            return FALSE;
        }
    }
    if (n_measures == 0 || grid->time == SP_NO_COLUMN || last_key != grid->time) {
        return FALSE;
    }
    /* Each measure's line repeats the keys: fewer cells if the longer of the two goes across. */
    return grid->kind == SP_GRID_PAGE || (!has_indicator && n_measures <= count_periods(grid));
}

static void find_columns(SpGrid *grid)
{
    grid->region = grid->indicator = grid->time = SP_NO_COLUMN;
    for (gsize i = 0; i < sp_table_n_columns(grid->table); i++) {
        const SpColumn *column = sp_table_column(grid->table, i);
        if (grid->region == SP_NO_COLUMN && sp_words_is_region(column)) {
            grid->region = i;
        } else if (grid->indicator == SP_NO_COLUMN && sp_words_is_indicator(column)) {
            grid->indicator = i;
        } else if (grid->time == SP_NO_COLUMN && sp_words_is_period(column)) {
            grid->time = i;
        }
    }
}

static void set_columns(SpGrid *grid, SpGridKind kind)
{
    gsize n = sp_table_n_columns(grid->table);
    grid->labels = g_new0(char **, n + 1);
    grid->headings = g_new0(char *, n + 1);
    for (gsize i = 0; i < n; i++) {
        const SpColumn *column = sp_table_column(grid->table, i);
        grid->headings[i] = sp_words_heading(grid->words, grid->table, i);
        if (column->kind == SP_COLUMN_MEASURE) {
            g_array_append_val(grid->measures, i);
            continue;
        }
        grid->labels[i] = sp_words_labels(grid->words, grid->table, i);
        if (grid->is_across && i == grid->time) {
            continue;
        }
        if (column->is_key) {
            g_array_append_val(grid->keys, i);
        } else if (kind == SP_GRID_SHEET || !sp_words_is_notice(column)) {
            g_array_append_val(grid->attributes, i);
        }
    }
}

static void set_forms(SpGrid *grid)
{
    const SpUnits *units = sp_words_units(grid->words);
    grid->forms = g_new0(SpFigureForm, (gsize)grid->measures->len + 1);
    grid->indicator_units = g_new0(const char *, (gsize)grid->measures->len + 1);
    for (guint i = 0; i < grid->measures->len; i++) {
        const char *unit = sp_units_of(units, grid->table, column_at(grid->measures, i));
        grid->forms[i] = sp_units_form(units, unit);
        if (grid->indicator != SP_NO_COLUMN && sp_units_is_of_indicator(unit)) {
            grid->indicator_units[i] = unit;
        }
    }
    if (grid->indicator == SP_NO_COLUMN) {
        return;
    }
    const SpCodes *codes = sp_table_codes(grid->table, grid->indicator);
    grid->indicator_forms = g_new0(SpFigureForm, (gsize)sp_codes_size(codes) + 1);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        grid->indicator_forms[i] =
            sp_units_form(units, sp_units_of_indicator(units, sp_codes_text(codes, i)));
    }
}

void sp_grid_init(SpGrid *grid, const SpWords *words, const SpTable *table, SpGridKind kind)
{
    *grid = (SpGrid){.words = words, .table = table, .kind = kind};
    grid->keys = g_array_new(FALSE, FALSE, sizeof(gsize));
    grid->attributes = g_array_new(FALSE, FALSE, sizeof(gsize));
    grid->measures = g_array_new(FALSE, FALSE, sizeof(gsize));
    find_columns(grid);
    grid->is_across = kind != SP_GRID_NEWEST && can_go_across(grid);
    set_columns(grid, kind);
    grid->has_measure_lines = grid->is_across && grid->measures->len > 1;
    set_forms(grid);
}

void sp_grid_clear(SpGrid *grid)
{
    for (gsize i = 0; i < sp_table_n_columns(grid->table); i++) {
        g_strfreev(grid->labels[i]);
        g_free(grid->headings[i]);
    }
    g_free(grid->labels);
    g_free(grid->headings);
    g_array_unref(grid->keys);
    g_array_unref(grid->attributes);
    g_array_unref(grid->measures);
    g_free(grid->forms);
    g_free(grid->indicator_units);
    g_free(grid->indicator_forms);
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
    SpShowYears years;
    sp_show_years(sp_words_package(grid->words)->catalogue, grid->table, formats[grid->kind],
                  &years);
    for (gsize row = 0; row < n; row++) {
        gboolean is_newer_next =
            has_newest && row + 1 < n && is_same(grid, row, row + 1, grid->time);
        if (!is_newer_next &&
            (years.step == 0 ||
             sp_show_has_year(&years, sp_table_code(grid->table, row, grid->time)))) {
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

gboolean sp_grid_can_occur(const SpGrid *grid, const GArray *rows, guint measure)
{
    gsize column = column_at(grid->measures, measure);
    for (guint i = 0; i < rows->len; i++) {
        if (sp_table_real(grid->table, column_at(rows, i), column).status != SP_NOT_APPLICABLE) {
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
            g_array_append_val(view->lines, line);
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
        n += grid->has_measure_lines ? grid->measures->len : 1;
    }
    return n;
}

gsize sp_grid_row(const SpGridView *view, const SpGridLine *line)
{
    return column_at(view->rows, line->from);
}

guint sp_grid_n_figures(const SpGridView *view)
{
    return view->grid->is_across ? view->periods->len : view->measures->len;
}

char *sp_grid_heading(const SpGridView *view, guint place)
{
    const SpGrid *grid = view->grid;
    if (grid->is_across) {
        return sp_words_code(grid->words, sp_table_column(grid->table, grid->time),
                             g_ptr_array_index(view->periods, place));
    }
    guint measure = g_array_index(view->measures, guint, place);
    return g_strdup(grid->headings[column_at(grid->measures, measure)]);
}

static void get(const SpGrid *grid, gsize row, guint measure, SpReal *real, SpFigureForm *form)
{
    *real = sp_table_real(grid->table, row, column_at(grid->measures, measure));
    *form = grid->forms[measure];
    if (grid->indicator_units[measure] != NULL) {
        const guint32 code = sp_table_code_numbers_const(grid->table, grid->indicator)[row];
        *form =
            sp_units_form_of_indicator(grid->indicator_units[measure], grid->indicator_forms[code]);
    }
}

gboolean sp_grid_figure(const SpGridView *view, const SpGridLine *line, guint place, SpReal *real,
                        SpFigureForm *form)
{
    const SpGrid *grid = view->grid;
    if (!grid->is_across) {
        get(grid, sp_grid_row(view, line), g_array_index(view->measures, guint, place), real, form);
        return TRUE;
    }
    const guint32 *numbers = sp_table_code_numbers_const(grid->table, grid->time);
    for (guint i = line->from; i < line->to; i++) {
        gsize row = column_at(view->rows, i);
        if (view->places[numbers[row]] == (int)place) {
            get(grid, row, line->measure, real, form);
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_grid_find_sheet(const SpWords *words, const SpTable *table, gint64 max_rows,
                            SpShow *show, GError **error)
{
    if (!sp_show_find(sp_words_package(words)->catalogue, table, "xlsx", show, error)) {
        return FALSE;
    }
    if (sp_table_n_rows(table) == 0) {
        *show = SP_SHOW_NO;
    }
    if (*show == SP_SHOW_YES) {
        g_auto(SpGrid) grid;
        sp_grid_init(&grid, words, table, SP_GRID_SHEET);
        g_autoptr(GArray) rows = sp_grid_rows(&grid, FALSE);
        *show = sp_grid_count(&grid, rows) > (gsize)max_rows ? SP_SHOW_NO : SP_SHOW_YES;
    }
    return TRUE;
}
