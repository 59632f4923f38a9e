/* Rules of rows, and those along columns: what the kernels find in cells becomes their reasons. */
#include "transforms/protect/enforce.h"

#include "core/error.h"
#include "transforms/protect/cell_cube.h"
#include "transforms/protect/direct.h"
#include "transforms/protect/triangles.h"

#include <string.h>

typedef struct {
    const SpLayer *layer;
    SpCells *cells;
    SpCellKeys *keys;
    SpReal *nevner; /* [cells] what a part is part of; NULL: the layer counts no part */
} Work;

static void work_clear(Work *work)
{
    sp_cell_keys_free(work->keys);
    g_free(work->nevner);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static GArray *all_cells(const SpCells *cells)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 cell = 0; cell < sp_cells_size(cells); cell++) {
        g_array_append_val(all, cell);
    }
    return all;
}

static void hide(SpCells *cells, guint32 cell, SpReason why)
{
    guint8 *reason = &g_array_index(cells->reason, guint8, cell);
    if (*reason == SP_SHOWN) {
        *reason = (guint8)why;
    }
}

/* ---- rows ---- */

/* A measure of the rows that are told: of each cell its figure, SP_MISSING where there is none. */
static SpReal *measure_of(const Work *work, const char *name)
{
    const SpCells *cells = work->cells;
    SpReal *figure = g_new0(SpReal, sp_cells_size(cells) + 1);
    for (gsize cell = 0; cell < sp_cells_size(cells); cell++) {
        figure[cell] = sp_real_none(SP_MISSING);
    }
    for (guint i = 0; i < work->layer->tables->len; i++) {
        const SpTable *table = ((const SpLayerTable *)work->layer->tables->pdata[i])->table;
        const guint32 *cell_of_row = cells->cell_of_row->pdata[i];
        const gboolean *is_told = cells->is_told->pdata[i];
        const gsize column = sp_table_find(table, name);
        for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(table); row++) {
            if (is_told[row] && cell_of_row[row] != SP_NO_CELL) {
                figure[cell_of_row[row]] = sp_table_real(table, row, column);
            }
        }
    }
    return figure;
}

static void find_nevner(Work *work)
{
    const SpLayerTable *from = work->layer->tables->pdata[0];
    const SpLayerMeasure *counted = &g_array_index(from->measures, SpLayerMeasure, 0);
    if (counted->rule == SP_RULE_PART) {
        work->nevner = measure_of(work, sp_table_column(from->table, counted->of)->name);
    }
}

static gboolean has_measure(const Work *work, const char *name)
{
    for (guint i = 0; i < work->layer->tables->len; i++) {
        const SpTable *table = ((const SpLayerTable *)work->layer->tables->pdata[i])->table;
        const gsize column = sp_table_find(table, name);
        if (column != SP_NO_COLUMN && sp_table_column(table, column)->kind == SP_COLUMN_MEASURE) {
            return TRUE;
        }
    }
    return FALSE;
}

/* A 0 of few is shown like any other. */
static gboolean ask_floor(const Work *work, const SpRule *rule, GError **error)
{
    if (!has_measure(work, rule->column)) {
        return sp_error_set(error, SP_ERROR_CONFIG, "its tables have no measure \"%s\"",
                            rule->column);
    }
    g_autofree SpReal *figure = measure_of(work, rule->column);
    for (guint32 cell = 0; cell < sp_cells_size(work->cells); cell++) {
        if (sp_real_is_number(figure[cell]) && figure[cell].value < rule->setting[0] &&
            g_array_index(work->cells->value, double, cell) > 0.0) {
            hide(work->cells, cell, SP_HIDDEN_FEW);
        }
    }
    return TRUE;
}

static void ask_zero(const Work *work)
{
    for (guint32 cell = 0; cell < sp_cells_size(work->cells); cell++) {
        if (g_array_index(work->cells->is_known, gboolean, cell) &&
            !(g_array_index(work->cells->value, double, cell) > 0.0)) {
            hide(work->cells, cell, SP_HIDDEN_FEW);
        }
    }
}

/* ---- direct disclosure ---- */

/* Cells of a sum and of what it is the sum of. */
static GArray *cells_of_sum(const SpCells *cells, gsize column, guint32 whole)
{
    const GArray *parts = cells->nesting[column]->parts[whole];
    g_autofree gboolean *is_in =
        g_new0(gboolean, (gsize)sp_codes_size(cells->nesting[column]->codes) + 1);
    GArray *of = g_array_new(FALSE, FALSE, sizeof(guint32));
    is_in[whole] = TRUE;
    for (guint i = 0; i < parts->len; i++) {
        is_in[g_array_index(parts, guint32, i)] = TRUE;
    }
    for (guint32 cell = 0; cell < sp_cells_size(cells); cell++) {
        if (is_in[sp_tuples_at(cells->tuples, cell)[column + 1]]) {
            g_array_append_val(of, cell);
        }
    }
    return of;
}

static gboolean ask_direct(const Work *work, const SpRule *rule, GError **error)
{
    gsize dimension = 0;
    if (!sp_cell_keys_find_nested(work->keys, rule->column, &dimension, error)) {
        return FALSE;
    }
    const gsize column = dimension - work->keys->codes->len;
    const SpNesting *nesting = work->cells->nesting[column];
    for (guint32 whole = 0; whole < sp_codes_size(nesting->codes); whole++) {
        if (sp_nesting_is_leaf(nesting, whole)) {
            continue;
        }
        g_autoptr(SpCellCube) cube =
            sp_cell_cube_new(work->keys, cells_of_sum(work->cells, column, whole));
        g_autofree gboolean *is_disclosed = g_new(gboolean, cube->cells->len + 1);
        (void)sp_direct_disclosure(&cube->cube, (SpDirectRows){dimension, whole}, cube->value,
                                   rule->setting[0], is_disclosed);
        for (guint i = 0; i < cube->cells->len; i++) {
            if (is_disclosed[i]) {
                hide(work->cells, g_array_index(cube->cells, guint32, i), SP_HIDDEN_REST);
            }
        }
    }
    return TRUE;
}

/* ---- FHI's rules ---- */

static gboolean ask_series(const Work *work, const SpRule *rule, const SpCellCube *cube,
                           guint8 hidden[], GError **error)
{
    const SpFhiLimits limits = {.teller = rule->setting[0],
                                .nevner = rule->setting[1],
                                .tolerance = rule->setting[2],
                                .weak_share = rule->setting[3],
                                .hidden_share = rule->setting[4]};
    gsize time = 0;
    if (!sp_cell_keys_find(work->keys, rule->column, &time, error)) {
        return FALSE;
    }
    sp_fhi_series(&cube->cube, time, cube->value, work->nevner, &limits, hidden);
    for (guint32 cell = 0; cell < cube->cells->len; cell++) {
        if (hidden[cell] != 0) {
            hide(work->cells, cell, SP_HIDDEN_FEW);
        }
    }
    return TRUE;
}

/* The codes of a triangle, [strv length]; g_free. */
static guint32 *codes_of(const Work *work, const SpRule *rule, gsize dimension, GError **error)
{
    const SpCodes *codes = work->cells->nesting[dimension - work->keys->codes->len]->codes;
    const guint n = g_strv_length(rule->codes);
    g_autofree guint32 *numbers = g_new(guint32, n + 1);
    for (guint i = 0; i < n; i++) {
        if (!sp_codes_find(codes, rule->codes[i], &numbers[i])) {
            sp_error_set(error, SP_ERROR_CONFIG, "no row has the %s \"%s\"", rule->column,
                         rule->codes[i]);
            return NULL;
        }
    }
    return g_steal_pointer(&numbers);
}

static void ask_triangles(const Work *work, const GArray *triangles, double limit,
                          const SpCellCube *cube, guint8 hidden[])
{
    for (guint32 cell = 0; cell < cube->cells->len; cell++) {
        const gboolean is_hidden = sp_cells_reason(work->cells, cell) != SP_SHOWN;
        if (is_hidden && hidden[cell] == 0) {
            hidden[cell] = SP_FHI_PRIMARY;
        }
    }
    (void)sp_fhi_triangles(&cube->cube, (const SpFhiTriangle *)(gpointer)triangles->data,
                           triangles->len, cube->value, limit, hidden);
    for (guint32 cell = 0; cell < cube->cells->len; cell++) {
        if ((hidden[cell] & SP_FHI_NEIGHBOUR) != 0) {
            hide(work->cells, cell, SP_HIDDEN_SUM);
        }
    }
}

static void triangle_clear(gpointer triangle)
{
    g_free((gpointer)((SpFhiTriangle *)triangle)->codes);
}

static gboolean is_of(const SpRule *rule, const Work *work, SpRuleKind kind)
{
    return rule->kind == kind && strcmp(rule->layer, work->layer->name) == 0;
}

/* The triangles of a layer are taken together, in their order, with the limit of the first. */
static gboolean ask_fhi(const GPtrArray *rules, const Work *work, GError **error)
{
    const SpRule *series = sp_rules_find(rules, work->layer, SP_BY_SERIES);
    const SpRule *first = sp_rules_find(rules, work->layer, SP_BY_TRIANGLES);
    g_autoptr(SpCellCube) cube = sp_cell_cube_new(work->keys, all_cells(work->cells));
    g_autoptr(GArray) triangles = g_array_new(FALSE, FALSE, sizeof(SpFhiTriangle));
    g_array_set_clear_func(triangles, triangle_clear);
    g_autofree guint8 *hidden = g_new0(guint8, cube->cells->len + 1);
    for (guint i = 0; i < rules->len; i++) {
        const SpRule *rule = rules->pdata[i];
        SpFhiTriangle triangle = {0};
        if (!is_of(rule, work, SP_BY_TRIANGLES)) {
            continue;
        }
        if (!sp_cell_keys_find_nested(work->keys, rule->column, &triangle.along, error) ||
            (triangle.codes = codes_of(work, rule, triangle.along, error)) == NULL) {
            return FALSE;
        }
        triangle.n_codes = g_strv_length(rule->codes);
        g_array_append_val(triangles, triangle);
    }
    if (series != NULL && !ask_series(work, series, cube, hidden, error)) {
        return FALSE;
    }
    if (first != NULL) {
        ask_triangles(work, triangles, first->setting[0], cube, hidden);
    }
    return TRUE;
}

/* ---- all ---- */

static gboolean ask_all(const GPtrArray *rules, Work *work, GError **error)
{
    for (guint i = 0; i < rules->len; i++) {
        if (is_of(rules->pdata[i], work, SP_BY_FLOOR) && !ask_floor(work, rules->pdata[i], error)) {
            return FALSE;
        }
    }
    if (sp_rules_find(rules, work->layer, SP_BY_ZERO) != NULL) {
        ask_zero(work);
    }
    for (guint i = 0; i < rules->len; i++) {
        if (is_of(rules->pdata[i], work, SP_BY_DIRECT) &&
            !ask_direct(work, rules->pdata[i], error)) {
            return FALSE;
        }
    }
    return (sp_rules_find(rules, work->layer, SP_BY_SERIES) == NULL &&
            sp_rules_find(rules, work->layer, SP_BY_TRIANGLES) == NULL) ||
           ask_fhi(rules, work, error);
}

static gboolean has_rules(const GPtrArray *rules, const SpLayer *layer)
{
    for (guint i = 0; i < rules->len; i++) {
        if (strcmp(((const SpRule *)rules->pdata[i])->layer, layer->name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_rules_enforce(const GPtrArray *rules, const SpLayer *layer, SpCells *cells,
                          GError **error)
{
    if (!has_rules(rules, layer)) {
        return TRUE;
    }
    g_auto(Work) work = {.layer = layer, .cells = cells, .keys = sp_cell_keys_new(cells, error)};
    if (work.keys != NULL) {
        find_nevner(&work);
        if (ask_all(rules, &work, error)) {
            return TRUE;
        }
    }
    g_prefix_error(error, "config/skjermingsregler.csv: %s: ", layer->name);
    return FALSE;
}
