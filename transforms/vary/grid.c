/* Evaluates a formula: of each term one pass over its table's rows into a matrix of region by
 * period. */
#include "transforms/vary/grid.h"

#include "core/error.h"
#include "core/rollup.h"
#include "core/regions.h"
#include "core/table_rows.h"
#include "transforms/vary/formula_term.h"
#include "transforms/vary/when.h"

#include <string.h>

typedef struct {
    SpReal figure;
    guint32 n_rows;    /* that entered */
    gboolean is_known; /* some row of the region and period has a figure, chosen or not */
} Cell;

/* A term over its table. */
typedef struct {
    const SpFormulaTerm *term;
    const SpTable *table;
    const SpCodes *regions;
    const SpCodes *periods;
    gboolean is_additive;
    Cell *cells;       /* [n regions][n periods], by code number */
    gboolean *is_used; /* [n periods] */
} Plane;

struct SpGrid {
    GPtrArray *planes; /* Plane*, as the formula's terms */
    GPtrArray *periods;
};

/* What a term needs of its table's columns. */
typedef struct {
    gsize region;
    gsize period;
    gsize measure;
    GArray *chosen;     /* gsize: columns with a choice */
    GPtrArray *allowed; /* guint8[n codes] for each of them */
} Columns;

static void columns_clear(Columns *columns)
{
    g_array_unref(columns->chosen);
    g_ptr_array_unref(columns->allowed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Columns, columns_clear)

static void plane_free(gpointer data)
{
    Plane *plane = data;
    g_free(plane->cells);
    g_free(plane->is_used);
    g_free(plane);
}

static gboolean find_columns(const SpFormulaTerm *term, const SpTable *table, Columns *columns,
                             GError **error)
{
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &columns->region, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &columns->period, error) ||
        !sp_table_need(table, term->measure, SP_COLUMN_MEASURE, &columns->measure, error)) {
        return FALSE;
    }
    for (guint i = 0; i < term->choices->len; i++) {
        const SpFormulaChoice *choice = g_ptr_array_index(term->choices, i);
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
    return TRUE;
}

/* Both sexes together, or a band of ages among single ages or other bands. */
static gboolean is_total(const char *column, const char *code)
{
    return strcmp(column, "kjonn") == 0 ? strcmp(code, "0") == 0 : strchr(code, '-') != NULL;
}

/* A total beside its parts would be counted twice. */
static gboolean check_total(const SpTable *table, gsize column, GError **error)
{
    const char *name = sp_table_column(table, column)->name;
    const SpCodes *codes = sp_table_codes(table, column);
    g_autofree gboolean *is_used = sp_table_used_codes(table, column);
    const char *total = NULL;
    gsize n_used = 0;
    for (guint32 c = 0; c < sp_codes_size(codes); c++) {
        n_used += is_used[c] ? 1 : 0;
        if (is_used[c] && is_total(name, sp_codes_text(codes, c))) {
            total = sp_codes_text(codes, c);
        }
    }
    if (total != NULL && n_used > 1) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "the sum would hold %s %s beside its parts; name the codes of %s in {}",
                            name, total, name);
    }
    return TRUE;
}

/* Of a column that nobody names it is not known whether its codes part the whole: groups stand
 * beside professions, sums beside functions. */
static gboolean check_unnamed(const SpFormulaTerm *term, const SpTable *table, GError **error)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind != SP_COLUMN_CODE || !column->is_key ||
            strcmp(column->name, "region") == 0 || strcmp(column->name, "period") == 0 ||
            sp_formula_find_choice(term, column->name) != NULL) {
            continue;
        }
        if (strcmp(column->name, "kjonn") != 0 && strcmp(column->name, "alder") != 0) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "table %s has the key column %s; add {%s=…} with its codes",
                                term->table, column->name, column->name);
        }
        if (!check_total(table, i, error)) {
            return FALSE;
        }
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

static gboolean add_rows(Plane *plane, const Columns *columns, GError **error)
{
    const SpTable *table = plane->table;
    const guint32 *regions = sp_table_code_numbers_const(table, columns->region);
    const guint32 *periods = sp_table_code_numbers_const(table, columns->period);
    const SpReal *figures = sp_table_reals_const(table, columns->measure);
    const gsize n_periods = sp_codes_size(plane->periods);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        Cell *cell = &plane->cells[regions[row] * n_periods + periods[row]];
        const gboolean is_applicable = figures[row].status != SP_NOT_APPLICABLE;
        const gboolean is_taken = takes(table, row, columns);
        cell->is_known = cell->is_known || is_applicable;
        /* A table may hold figures of a day and of an interval: those of the other kind of period
         * are not applicable. Where nobody is no row, a period may have no row at all. */
        if (is_applicable && (is_taken || plane->term->is_zero_without_row)) {
            plane->is_used[periods[row]] = TRUE;
        }
        if (!is_taken) {
            continue;
        }
        if (cell->n_rows > 0 && !plane->is_additive) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "the sum would hold figures that do not add up (region %s, "
                                "period %s); name one code of each key column in {}",
                                sp_codes_text(plane->regions, regions[row]),
                                sp_codes_text(plane->periods, periods[row]));
        }
        cell->figure = cell->n_rows > 0 ? sp_real_add(cell->figure, figures[row]) : figures[row];
        cell->n_rows++;
    }
    return TRUE;
}

static Plane *plane_new(const SpFormulaTerm *term, const SpTables *in, GError **error)
{
    g_auto(Columns) columns = {.chosen = g_array_new(FALSE, FALSE, sizeof(gsize)),
                               .allowed = g_ptr_array_new_with_free_func(g_free)};
    const SpTable *table = sp_tables_need(in, term->table, error);
    if (table == NULL || !find_columns(term, table, &columns, error) ||
        !check_unnamed(term, table, error)) {
        return NULL;
    }
    Plane *plane = g_new0(Plane, 1);
    plane->term = term;
    plane->table = table;
    plane->regions = sp_table_codes(table, columns.region);
    plane->periods = sp_table_codes(table, columns.period);
    plane->is_additive = sp_table_column(table, columns.measure)->is_additive;
    const gsize n_periods = sp_codes_size(plane->periods);
    plane->is_used = g_new0(gboolean, n_periods + 1);
    plane->cells = g_new0(Cell, sp_codes_size(plane->regions) * n_periods + 1);
    if (!add_rows(plane, &columns, error)) {
        plane_free(plane);
        return NULL;
    }
    return plane;
}

SpGrid *sp_grid_new(const SpFormula *formula, const SpTables *in, GError **error)
{
    g_autoptr(SpGrid) grid = g_new0(SpGrid, 1);
    grid->planes = g_ptr_array_new_with_free_func(plane_free);
    for (guint i = 0; i < formula->terms->len; i++) {
        Plane *plane = plane_new(g_ptr_array_index(formula->terms, i), in, error);
        if (plane == NULL) {
            g_prefix_error(error, "formula %s: ", formula->text);
            return NULL;
        }
        g_ptr_array_add(grid->planes, plane);
    }
    const Plane *first = g_ptr_array_index(grid->planes, 0);
    grid->periods = sp_when_list(first->term, first->periods, first->is_used);
    return g_steal_pointer(&grid);
}

void sp_grid_free(SpGrid *grid)
{
    if (grid != NULL) {
        g_clear_pointer(&grid->periods, g_ptr_array_unref);
        g_ptr_array_unref(grid->planes);
        g_free(grid);
    }
}

static SpReal negative(SpReal real)
{
    return real.status == SP_PRESENT ? sp_real_flagged(-real.value, real.flags) : real;
}

/* The figure of a region over the periods found, none of which is a figure that is not there. */
static SpReal find(const Plane *plane, const char *region, const GArray *found)
{
    guint32 r = 0;
    SpReal sum = sp_real_none(SP_MISSING);
    if (!sp_codes_find(plane->regions, region, &r)) {
        return sum;
    }
    for (guint i = 0; i < found->len; i++) {
        const Cell *cell = &plane->cells[(gsize)r * sp_codes_size(plane->periods) +
                                         g_array_index(found, guint32, i)];
        SpReal figure = cell->figure;
        if (cell->n_rows == 0) {
            const gboolean is_zero = plane->term->is_zero_without_row && cell->is_known;
            figure = is_zero ? sp_real(0.0) : sp_real_none(SP_MISSING);
        }
        sum = i > 0 ? sp_real_add(sum, figure) : figure;
    }
    return sum;
}

/* The periods of a term's table beside `period`; g_array_unref. */
static GArray *find_periods(const Plane *plane, const char *period, GError **error)
{
    g_autoptr(GArray) found =
        sp_when_find(plane->term, plane->periods, plane->is_used, period, error);
    if (found != NULL && found->len > 1 && !plane->is_additive) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s.%s does not add up over the parts of %s; leave out @year",
                     plane->term->table, plane->term->measure, period);
        return NULL;
    }
    return g_steal_pointer(&found);
}

static SpReal signed_as(const SpFormulaTerm *term, SpReal figure)
{
    return term->is_subtracted ? negative(figure) : figure;
}

gboolean sp_grid_pick(const SpGrid *grid, const char *period, const GPtrArray *regions,
                      SpReal figures[], GError **error)
{
    for (guint t = 0; t < grid->planes->len; t++) {
        const Plane *plane = g_ptr_array_index(grid->planes, t);
        g_autoptr(GArray) found = find_periods(plane, period, error);
        if (found == NULL) {
            return FALSE;
        }
        for (guint i = 0; i < regions->len; i++) {
            const SpReal figure =
                signed_as(plane->term, find(plane, g_ptr_array_index(regions, i), found));
            figures[i] = t > 0 ? sp_real_add(figures[i], figure) : figure;
        }
    }
    return TRUE;
}

static gboolean has_row(const Plane *plane, guint32 region)
{
    const gsize n_periods = sp_codes_size(plane->periods);
    for (gsize p = 0; p < n_periods; p++) {
        if (plane->cells[region * n_periods + p].n_rows > 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static SpReal sum_of_kommuner(const Plane *plane, const GArray *found)
{
    SpReal sum = sp_real_none(plane->is_additive ? SP_NOT_APPLICABLE : SP_MISSING);
    for (guint32 r = 0; plane->is_additive && r < sp_codes_size(plane->regions); r++) {
        const char *region = sp_codes_text(plane->regions, r);
        if (sp_region_kind(region) == SP_REGION_KOMMUNE && has_row(plane, r)) {
            sum = sp_real_add(sum, find(plane, region, found));
        }
    }
    return sum;
}

gboolean sp_grid_country(const SpGrid *grid, const char *period, SpReal *figure, gboolean *is_own,
                         GError **error)
{
    *is_own = TRUE;
    for (guint t = 0; t < grid->planes->len; t++) {
        const Plane *plane = g_ptr_array_index(grid->planes, t);
        g_autoptr(GArray) found = find_periods(plane, period, error);
        guint32 r = 0;
        if (found == NULL) {
            return FALSE;
        }
        const gboolean is_there =
            sp_codes_find(plane->regions, SP_REGION_COUNTRY_CODE, &r) && has_row(plane, r);
        const SpReal of_term =
            signed_as(plane->term, is_there ? find(plane, SP_REGION_COUNTRY_CODE, found)
                                            : sum_of_kommuner(plane, found));
        *figure = t > 0 ? sp_real_add(*figure, of_term) : of_term;
        *is_own =
            *is_own && is_there && (sp_table_marks(plane->table) & (guint)SP_MARK_SENSITIVE) == 0;
    }
    return TRUE;
}

void sp_grid_add_regions(const SpGrid *grid, GPtrArray *regions, GHashTable *seen)
{
    for (guint t = 0; t < grid->planes->len; t++) {
        const Plane *plane = g_ptr_array_index(grid->planes, t);
        for (guint32 r = 0; r < sp_codes_size(plane->regions); r++) {
            char *region = (char *)sp_codes_text(plane->regions, r);
            if (has_row(plane, r) && g_hash_table_add(seen, region)) {
                g_ptr_array_add(regions, region);
            }
        }
    }
}

const GPtrArray *sp_grid_periods(const SpGrid *grid)
{
    return grid->periods;
}
