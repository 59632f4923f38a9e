/* A table laid out for readers. */
#include "outputs/grid.h"

#include "core/regions.h"
#include "core/table_rows.h"

#include <string.h>

static gsize column_at(const GArray *columns, guint i)
{
    return g_array_index(columns, gsize, i);
}

/* Periods of the table that are shown. */
static gsize count_periods(const SpGrid *grid)
{
    gsize n = 0;
    const SpCodes *codes = sp_table_codes(grid->table, grid->time);
    g_autofree gboolean *is_used = sp_table_used_codes(grid->table, grid->time);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        n += is_used[i] && sp_show_has_year(&grid->years, sp_codes_text(codes, i)) ? 1 : 0;
    }
    return n;
}

/* TRUE when a row differs from the one before in its period alone, of the keys. */
static gboolean is_next_period(const SpGrid *grid, gsize row)
{
    for (gsize i = 0; i < sp_table_n_columns(grid->table); i++) {
        if (i != grid->time && sp_table_column(grid->table, i)->is_key) {
            const guint32 *numbers = sp_table_code_numbers_const(grid->table, i);
            if (numbers[row] != numbers[row - 1]) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

/* TRUE of attributes that can be told once for all periods of a line: there are lines of several,
 * and in none of them one differs. */
static gboolean stay_the_same(const SpGrid *grid, const GArray *attributes)
{
    gboolean has_next = FALSE;
    for (gsize row = 1; row < sp_table_n_rows(grid->table); row++) {
        if (!is_next_period(grid, row)) {
            continue;
        }
        has_next = TRUE;
        for (guint i = 0; i < attributes->len; i++) {
            const guint32 *numbers =
                sp_table_code_numbers_const(grid->table, column_at(attributes, i));
            if (numbers[row] != numbers[row - 1]) {
                return FALSE;
            }
        }
    }
    return has_next;
}

/* Rows of one line follow each other only if the period is the last key. */
static gboolean can_go_across(const SpGrid *grid)
{
    const SpTable *table = grid->table;
    gsize n_measures = 0;
    gsize last_key = SP_NO_COLUMN;
    gboolean has_indicator = FALSE;
    g_autoptr(GArray) attributes = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        has_indicator = has_indicator || sp_words_is_indicator(column);
        if (column->kind == SP_COLUMN_MEASURE) {
            n_measures++;
        } else if (column->is_key) {
            last_key = i;
        } else if (!sp_words_is_notice(column)) {
            g_array_append_val(attributes, i);
        }
    }
    if (n_measures == 0 || grid->time == SP_NO_COLUMN || last_key != grid->time) {
        return FALSE;
    }
    /* Each measure's line repeats the keys: fewer cells if the longer of the two goes across. */
    return (grid->kind == SP_GRID_PAGE || (!has_indicator && n_measures <= count_periods(grid))) &&
           (attributes->len == 0 || (n_measures == 1 && stay_the_same(grid, attributes)));
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
        if (grid->region != SP_NO_COLUMN && g_strcmp0(unit, SP_UNIT_ANSWER) == 0) {
            grid->answer = i;
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
    *grid = (SpGrid){.words = words,
                     .table = table,
                     .kind = kind,
                     .answer = SP_GRID_ALL,
                     .answers = {sp_words_text(words, "code.ja_nei.nei"),
                                 sp_words_text(words, "code.ja_nei.ja")}};
    sp_show_years(sp_words_package(words)->catalogue, table,
                  kind == SP_GRID_SHEET ? "xlsx" : "html", &grid->years);
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

gboolean sp_grid_is_answer(const SpGrid *grid, gsize row, guint measure)
{
    return measure == grid->answer &&
           sp_region_kind(sp_table_code(grid->table, row, grid->region)) == SP_REGION_KOMMUNE;
}

static void get(const SpGrid *grid, gsize row, guint measure, SpReal *real, SpFigureForm *form)
{
    *real = sp_table_real(grid->table, row, column_at(grid->measures, measure));
    *form = grid->forms[measure];
    if (grid->indicator_units[measure] != NULL) {
        const guint32 code = sp_table_code_numbers_const(grid->table, grid->indicator)[row];
        *form =
            sp_units_form_of_indicator(grid->indicator_units[measure], grid->indicator_forms[code]);
    } else if (sp_grid_is_answer(grid, row, measure)) {
        form->answers = grid->answers;
    }
}

gboolean sp_grid_figure(const SpGridView *view, const SpGridLine *line, guint place, SpReal *real,
                        SpFigureForm *form)
{
    const SpGrid *grid = view->grid;
    if (!grid->is_across) {
        guint measure = g_array_index(view->measures, guint, place);
        get(grid, sp_grid_row(view, line), measure, real, form);
        return sp_grid_tells(grid, sp_grid_row(view, line), measure);
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
