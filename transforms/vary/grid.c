/* Evaluates a formula: one pass over the table's rows into a matrix of region by period. */
#include "transforms/vary/grid.h"

#include "core/error.h"
#include "transforms/vary/formula_choice.h"

#include <string.h>

typedef struct {
    SpReal figure;
    gsize n_rows; /* that entered */
} Cell;

struct SpGrid {
    const SpCodes *regions;
    const SpCodes *periods;
    Cell *cells; /* [n regions][n periods], by code number */
    GPtrArray *region_codes;
    GPtrArray *period_codes;
};

/* What a formula needs of its table's columns. */
typedef struct {
    gsize region;
    gsize period;
    gsize measure;
    gsize kjonn;        /* key column that is summed over, SP_NO_COLUMN if none */
    GArray *chosen;     /* gsize: columns with a choice */
    GPtrArray *allowed; /* guint8[n codes] for each of them */
} Columns;

static void columns_clear(Columns *columns)
{
    g_array_unref(columns->chosen);
    g_ptr_array_unref(columns->allowed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Columns, columns_clear)

static gboolean find_columns(const SpFormula *formula, const SpTable *table, Columns *columns,
                             GError **error)
{
    columns->chosen = g_array_new(FALSE, FALSE, sizeof(gsize));
    columns->allowed = g_ptr_array_new_with_free_func(g_free);
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &columns->region, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &columns->period, error) ||
        !sp_table_need(table, formula->measure, SP_COLUMN_MEASURE, &columns->measure, error)) {
        return FALSE;
    }
    for (guint i = 0; i < formula->choices->len; i++) {
        const SpFormulaChoice *choice = g_ptr_array_index(formula->choices, i);
        gsize column = 0;
        if (!sp_table_need(table, choice->column, SP_COLUMN_CODE, &column, error)) {
            return FALSE;
        }
        const SpCodes *codes = sp_table_codes(table, column);
        guint8 *allowed = g_new0(guint8, sp_codes_size(codes) + 1);
        for (guint32 c = 0; c < sp_codes_size(codes); c++) {
            allowed[c] = (guint8)sp_formula_choice_takes(choice, sp_codes_text(codes, c));
        }
        g_array_append_val(columns->chosen, column);
        g_ptr_array_add(columns->allowed, allowed);
    }
    columns->kjonn = sp_table_find(table, "kjonn");
    if (sp_formula_find_choice(formula, "kjonn") != NULL) {
        columns->kjonn = SP_NO_COLUMN;
    }
    return TRUE;
}

static gboolean takes(const SpTable *table, gsize row, const Columns *columns)
{
    for (guint i = 0; i < columns->chosen->len; i++) {
        const guint8 *allowed = g_ptr_array_index(columns->allowed, i);
        const gsize column = g_array_index(columns->chosen, gsize, i);
        if (!allowed[sp_table_code_numbers_const(table, column)[row]]) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A table that holds both sexes together beside men and women would be counted twice. */
static gboolean check_kjonn(const SpTable *table, const Columns *columns, GError **error)
{
    guint32 total = 0;
    gboolean has_total = FALSE;
    gboolean has_part = FALSE;
    if (columns->kjonn == SP_NO_COLUMN ||
        !sp_codes_find(sp_table_codes(table, columns->kjonn), "0", &total)) {
        return TRUE;
    }
    const guint32 *kjonn = sp_table_code_numbers_const(table, columns->kjonn);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        has_total = has_total || kjonn[row] == total;
        has_part = has_part || kjonn[row] != total;
    }
    if (has_total && has_part) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "the sum would hold kjonn 0 (both) beside its parts; add {kjonn=0}");
    }
    return TRUE;
}

static gboolean add_rows(SpGrid *grid, const SpTable *table, const Columns *columns, GError **error)
{
    const guint32 *regions = sp_table_code_numbers_const(table, columns->region);
    const guint32 *periods = sp_table_code_numbers_const(table, columns->period);
    const SpReal *figures = sp_table_reals_const(table, columns->measure);
    const gboolean is_additive = sp_table_column(table, columns->measure)->is_additive;
    const gsize n_periods = sp_codes_size(grid->periods);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!takes(table, row, columns)) {
            continue;
        }
        Cell *cell = &grid->cells[regions[row] * n_periods + periods[row]];
        if (cell->n_rows > 0 && !is_additive) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "the sum would hold figures that do not add up (region %s, "
                                "period %s); name one code of each key column in {}",
                                sp_codes_text(grid->regions, regions[row]),
                                sp_codes_text(grid->periods, periods[row]));
        }
        cell->figure = cell->n_rows > 0 ? sp_real_add(cell->figure, figures[row]) : figures[row];
        cell->n_rows++;
    }
    return TRUE;
}

static void list_codes(SpGrid *grid)
{
    const gsize n_regions = sp_codes_size(grid->regions);
    const gsize n_periods = sp_codes_size(grid->periods);
    g_autofree guint8 *has_period = g_new0(guint8, n_periods + 1);
    for (gsize r = 0; r < n_regions; r++) {
        gboolean has_region = FALSE;
        for (gsize p = 0; p < n_periods; p++) {
            const gboolean has = grid->cells[r * n_periods + p].n_rows > 0;
            has_region = has_region || has;
            has_period[p] = (guint8)(has_period[p] || has);
        }
        if (has_region) {
            g_ptr_array_add(grid->region_codes, (char *)sp_codes_text(grid->regions, (guint32)r));
        }
    }
    for (gsize p = 0; p < n_periods; p++) {
        if (has_period[p]) {
            g_ptr_array_add(grid->period_codes, (char *)sp_codes_text(grid->periods, (guint32)p));
        }
    }
    g_ptr_array_sort(grid->region_codes, sp_codes_compare);
    g_ptr_array_sort(grid->period_codes, sp_codes_compare);
}

SpGrid *sp_grid_new(const SpFormula *formula, const SpTable *table, GError **error)
{
    g_auto(Columns) columns = {0};
    if (!find_columns(formula, table, &columns, error) || !check_kjonn(table, &columns, error)) {
        g_prefix_error(error, "formula %s: ", formula->text);
        return NULL;
    }
    g_autoptr(SpGrid) grid = g_new0(SpGrid, 1);
    grid->regions = sp_table_codes(table, columns.region);
    grid->periods = sp_table_codes(table, columns.period);
    grid->region_codes = g_ptr_array_new();
    grid->period_codes = g_ptr_array_new();
    grid->cells =
        g_new0(Cell, (gsize)sp_codes_size(grid->regions) * sp_codes_size(grid->periods) + 1);
    if (!add_rows(grid, table, &columns, error)) {
        g_prefix_error(error, "formula %s: ", formula->text);
        return NULL;
    }
    list_codes(grid);
    return g_steal_pointer(&grid);
}

void sp_grid_free(SpGrid *grid)
{
    if (grid != NULL) {
        g_ptr_array_unref(grid->region_codes);
        g_ptr_array_unref(grid->period_codes);
        g_free(grid->cells);
        g_free(grid);
    }
}

SpReal sp_grid_find(const SpGrid *grid, const char *region, const char *period)
{
    guint32 r = 0;
    guint32 p = 0;
    if (!sp_codes_find(grid->regions, region, &r) || !sp_codes_find(grid->periods, period, &p)) {
        return sp_real_none(SP_MISSING);
    }
    const Cell *cell = &grid->cells[(gsize)r * sp_codes_size(grid->periods) + p];
    return cell->n_rows > 0 ? cell->figure : sp_real_none(SP_MISSING);
}

const GPtrArray *sp_grid_regions(const SpGrid *grid)
{
    return grid->region_codes;
}

const GPtrArray *sp_grid_periods(const SpGrid *grid)
{
    return grid->period_codes;
}
