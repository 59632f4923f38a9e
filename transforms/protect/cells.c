/* Cells of a layer, and the rules that look at one cell at a time. */
#include "transforms/protect/cells.h"

#include "core/error.h"
#include "transforms/protect/crossings.h"

#include <math.h>
#include <string.h>

#define REGION "region"

/* Columns of one of the layer's tables. */
typedef struct {
    const SpLayerTable *from;
    GArray *nested; /* gsize: its column of each nested column */
    GArray *apart;  /* gsize: its other keys */
} Columns;

static void columns_free(gpointer data)
{
    Columns *columns = data;
    g_array_unref(columns->nested);
    g_array_unref(columns->apart);
    g_free(columns);
}

typedef struct {
    const SpCellsInput *input;
    gsize table, column, whole, part; /* of the structure */
    GPtrArray *names;                 /* const char*: nested columns, the region first */
    GPtrArray *columns;               /* Columns* */
    SpCells *cells;
} Making;

static void making_clear(Making *making)
{
    g_ptr_array_unref(making->names);
    g_ptr_array_unref(making->columns);
    sp_cells_free(making->cells);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Making, making_clear)

void sp_cells_free(SpCells *cells)
{
    if (cells == NULL) {
        return;
    }
    for (gsize i = 0; i < cells->n_columns; i++) {
        sp_nesting_free(cells->nesting[i]);
    }
    g_free(cells->nesting);
    g_strfreev(cells->columns);
    g_strfreev(cells->apart);
    sp_codes_unref(cells->groups);
    g_clear_pointer(&cells->tuples, sp_tuples_free);
    g_array_unref(cells->value);
    g_array_unref(cells->is_known);
    g_array_unref(cells->reason);
    g_array_unref(cells->is_published);
    g_ptr_array_unref(cells->cell_of_row);
    g_ptr_array_unref(cells->is_told);
    g_ptr_array_unref(cells->counts);
    g_ptr_array_unref(cells->crossings);
    g_ptr_array_unref(cells->is_part);
    g_ptr_array_unref(cells->weights);
    g_free(cells);
}

static void count_free(gpointer data)
{
    SpCount *count = data;
    g_free(count->measure);
    g_array_unref(count->value);
    g_array_unref(count->is_known);
    g_free(count);
}

static void crossings_free(gpointer crossings)
{
    sp_crossings_free(crossings);
}

static SpCells *cells_new(void)
{
    SpCells *cells = g_new(SpCells, 1);
    *cells = (SpCells){.groups = sp_codes_new(),
                       .value = g_array_new(FALSE, FALSE, sizeof(double)),
                       .is_known = g_array_new(FALSE, FALSE, sizeof(gboolean)),
                       .reason = g_array_new(FALSE, FALSE, sizeof(guint8)),
                       .is_published = g_array_new(FALSE, FALSE, sizeof(gboolean)),
                       .cell_of_row = g_ptr_array_new_with_free_func(g_free),
                       .is_told = g_ptr_array_new_with_free_func(g_free),
                       .counts = g_ptr_array_new_with_free_func(count_free),
                       .crossings = g_ptr_array_new_with_free_func(crossings_free),
                       .is_part = g_ptr_array_new_with_free_func(g_free),
                       .weights = g_ptr_array_new_with_free_func(g_free)};
    return cells;
}

/* ---- columns ---- */

static gboolean open_structure(Making *making, GError **error)
{
    static const char *const names[] = {"tabell", "kolonne", "hel", "del"};
    gsize at[G_N_ELEMENTS(names)];
    if (!sp_table_need_all(making->input->structure, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at,
                           error)) {
        return FALSE;
    }
    making->table = at[0];
    making->column = at[1];
    making->whole = at[2];
    making->part = at[3];
    return TRUE;
}

static gboolean is_nested(const Making *making, const SpTable *table, const char *column)
{
    const SpTable *structure = making->input->structure;
    for (gsize row = 0; row < sp_table_n_rows(structure); row++) {
        if (strcmp(sp_table_code(structure, row, making->column), column) == 0 &&
            strcmp(sp_table_code(structure, row, making->table), sp_table_name(table)) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The nested columns of the first table, which those of the others must be. */
static void find_names(Making *making, const SpTable *table)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key &&
            is_nested(making, table, column->name)) {
            g_ptr_array_insert(making->names, strcmp(column->name, REGION) == 0 ? 0 : -1,
                               (gpointer)column->name);
        }
    }
}

static gboolean add_columns(Making *making, const SpLayerTable *from, GError **error)
{
    const SpTable *table = from->table;
    Columns *columns = g_new(Columns, 1);
    *columns = (Columns){.from = from,
                         .nested = g_array_new(FALSE, FALSE, sizeof(gsize)),
                         .apart = g_array_new(FALSE, FALSE, sizeof(gsize))};
    g_ptr_array_add(making->columns, columns);
    for (guint i = 0; i < making->names->len; i++) {
        gsize column = 0;
        if (!sp_table_need(table, making->names->pdata[i], SP_COLUMN_CODE, &column, error)) {
            return FALSE;
        }
        g_array_append_val(columns->nested, column);
    }
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        const gboolean is_key = column->kind == SP_COLUMN_CODE && column->is_key;
        if (!is_key ||
            g_ptr_array_find_with_equal_func(making->names, column->name, g_str_equal, NULL)) {
            continue;
        }
        if (is_nested(making, table, column->name)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "layer %s: tables of one layer are summed by the same columns, and "
                                "%s alone by %s",
                                making->input->layer->name, sp_table_name(table), column->name);
        }
        g_array_append_val(columns->apart, i);
    }
    SpCrossings *crossings = sp_crossings_new(making->input->crossings, sp_table_name(table),
                                              (const char *const *)making->names->pdata + 1,
                                              making->names->len - 1, error);
    if (crossings != NULL) {
        g_ptr_array_add(making->cells->crossings, crossings);
    }
    return crossings != NULL;
}

static gboolean open_tables(Making *making, GError **error)
{
    const GPtrArray *tables = making->input->layer->tables;
    find_names(making, ((const SpLayerTable *)tables->pdata[0])->table);
    if (making->names->len == 0 || strcmp(making->names->pdata[0], REGION) != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layer %s: nothing says which regions are sums of others",
                            making->input->layer->name);
    }
    for (guint i = 0; i < tables->len; i++) {
        if (!add_columns(making, tables->pdata[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- codes ---- */

static void add_structure(const Making *making, const char *column, guint place, SpNesting *nesting)
{
    const SpTable *structure = making->input->structure;
    const SpTable *table = ((const Columns *)making->columns->pdata[place])->from->table;
    for (gsize row = 0; row < sp_table_n_rows(structure); row++) {
        if (strcmp(sp_table_code(structure, row, making->column), column) == 0 &&
            strcmp(sp_table_code(structure, row, making->table), sp_table_name(table)) == 0) {
            sp_nesting_add(nesting, place, sp_table_code(structure, row, making->whole),
                           sp_table_code(structure, row, making->part));
        }
    }
}

/* All codes that stand in rows, and the structure of each table. */
static gboolean nest(Making *making, GError **error)
{
    SpCells *cells = making->cells;
    cells->n_columns = making->names->len;
    cells->nesting = g_new0(SpNesting *, cells->n_columns + 1);
    cells->columns = g_new0(char *, cells->n_columns + 1);
    for (gsize i = 0; i < cells->n_columns; i++) {
        cells->columns[i] = g_strdup(making->names->pdata[i]);
        SpNesting *nesting = cells->nesting[i] = sp_nesting_new();
        for (guint t = 0; t < making->columns->len; t++) {
            const Columns *columns = making->columns->pdata[t];
            const SpTable *table = columns->from->table;
            const SpCodes *codes = sp_table_codes(table, g_array_index(columns->nested, gsize, i));
            add_structure(making, making->names->pdata[i], t, nesting);
            for (guint32 code = 0; code < sp_codes_size(codes); code++) {
                (void)sp_nesting_add_code(nesting, sp_codes_text(codes, code));
            }
        }
        if (making->columns->len > 1) {
            sp_nesting_join_ages(nesting);
        }
        if (!sp_nesting_close(nesting, error)) {
            g_prefix_error(error, "layer %s: %s: ", making->input->layer->name,
                           (const char *)making->names->pdata[i]);
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- rules of one cell ---- */

static gboolean is_some(SpReal real)
{
    return real.status == SP_BELOW_UNIT || (real.status == SP_PRESENT && real.value > 0.0);
}

static SpReason look_at_part(const SpCellsInput *input, const SpTable *table, gsize row,
                             const SpLayerMeasure *measure)
{
    const SpReal whole = sp_table_real(table, row, measure->of);
    const SpReal part = sp_table_real(table, row, measure->column);
    if ((is_some(part) || input->hides_zeros) &&
        input->is_hidden(table, row, measure->of, input->data)) {
        return SP_HIDDEN_WHOLE;
    }
    const SpReal rest = sp_real_is_number(whole) && sp_real_is_number(part)
                            ? sp_real(whole.value - part.value)
                            : sp_real_none(SP_MISSING);
    return is_some(part) && is_some(rest) && rest.value < input->threshold ? SP_HIDDEN_REST
                                                                           : SP_SHOWN;
}

static SpReason look_at(const SpCellsInput *input, const SpTable *table, gsize row,
                        const SpLayerMeasure *measure)
{
    const SpReal real = sp_table_real(table, row, measure->column);
    const gboolean is_count = measure->rule == SP_RULE_FEW || measure->rule == SP_RULE_PART;
    if (is_count && is_some(real) && real.value < input->threshold) {
        return SP_HIDDEN_FEW;
    }
    if (measure->at_most > 0.0 && is_some(real) && real.value <= measure->at_most) {
        return SP_HIDDEN_OWNER;
    }
    return measure->rule == SP_RULE_PART ? look_at_part(input, table, row, measure) : SP_SHOWN;
}

/* ---- rows ---- */

static guint32 group_of(SpCells *cells, const Columns *columns, gsize row)
{
    g_autoptr(GString) group = g_string_new(NULL);
    for (guint i = 0; i < columns->apart->len; i++) {
        g_string_append(group, sp_table_code(columns->from->table, row,
                                             g_array_index(columns->apart, gsize, i)));
        g_string_append(group, SP_GROUP_END);
    }
    return sp_codes_add(cells->groups, group->str);
}

static void append_none(GArray *value, GArray *is_known)
{
    const double none = 0.0;
    const gboolean unknown = FALSE;
    g_array_append_val(value, none);
    g_array_append_val(is_known, unknown);
}

static void find_tuple(SpCells *cells, const Columns *columns, gsize row, guint32 tuple[])
{
    tuple[0] = group_of(cells, columns, row);
    for (gsize i = 0; i < cells->n_columns; i++) {
        gboolean is_there = sp_codes_find(
            cells->nesting[i]->codes,
            sp_table_code(columns->from->table, row, g_array_index(columns->nested, gsize, i)),
            &tuple[i + 1]);
        g_assert(is_there);
    }
}

static guint32 cell_of(SpCells *cells, const guint32 tuple[])
{
    const guint32 n = sp_tuples_size(cells->tuples);
    const guint32 cell = sp_tuples_add(cells->tuples, tuple);
    if (cell == n) {
        const guint8 reason = SP_SHOWN;
        const gboolean unpublished = FALSE;
        append_none(cells->value, cells->is_known);
        for (guint i = 0; i < cells->counts->len; i++) {
            const SpCount *count = cells->counts->pdata[i];
            append_none(count->value, count->is_known);
        }
        g_array_append_val(cells->reason, reason);
        g_array_append_val(cells->is_published, unpublished);
    }
    return cell;
}

static void note(SpReal real, guint32 cell, GArray *value, GArray *is_known)
{
    if (sp_real_is_number(real)) {
        g_array_index(value, double, cell) = real.value;
        g_array_index(is_known, gboolean, cell) = TRUE;
    }
}

static void note_counts(const SpCells *cells, const SpTable *table, gsize row, guint32 cell)
{
    for (guint i = 0; i < cells->counts->len; i++) {
        const SpCount *count = cells->counts->pdata[i];
        const gsize column = sp_table_find(table, count->measure);
        if (column != SP_NO_COLUMN) {
            note(sp_table_real(table, row, column), cell, count->value, count->is_known);
        }
    }
}

static void look_at_row(const SpCellsInput *input, SpCells *cells, const SpLayerTable *from,
                        gsize row, guint32 cell)
{
    const SpLayerMeasure *counted = &g_array_index(from->measures, SpLayerMeasure, 0);
    const SpReal real = sp_table_real(from->table, row, counted->column);
    guint8 *reason = &g_array_index(cells->reason, guint8, cell);
    note(real, cell, cells->value, cells->is_known);
    note_counts(cells, from->table, row, cell);
    for (guint i = 0; *reason == SP_SHOWN && i < from->measures->len; i++) {
        *reason = (guint8)look_at(input, from->table, row,
                                  &g_array_index(from->measures, SpLayerMeasure, i));
    }
}

/* A code that is part of no other is the sum of all. */
static gboolean is_part(const SpNesting *nesting, guint32 code)
{
    for (guint32 whole = 0; whole < sp_codes_size(nesting->codes); whole++) {
        const GArray *parts = nesting->parts[whole];
        for (guint i = 0; parts != NULL && i < parts->len; i++) {
            if (g_array_index(parts, guint32, i) == code) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static void find_parts(SpCells *cells)
{
    for (gsize i = 1; i < cells->n_columns; i++) {
        const guint32 n = sp_codes_size(cells->nesting[i]->codes);
        gboolean *is_of = g_new(gboolean, (gsize)n + 1);
        for (guint32 code = 0; code < n; code++) {
            is_of[code] = is_part(cells->nesting[i], code);
        }
        g_ptr_array_add(cells->is_part, is_of);
    }
}

/* Whether one of the tables, `from` to `to`, tells of a row. */
static gboolean do_tell(const SpCells *cells, const guint32 tuple[], guint from, guint to)
{
    const guint32 *codes = tuple + 1;
    g_autofree const char **texts = g_new0(const char *, cells->n_columns + 1);
    g_assert(cells->n_columns > 0); /* the region, at least */
    gboolean is_told = FALSE;
    for (gsize i = 1; i < cells->n_columns; i++) {
        texts[i - 1] = ((const gboolean *)cells->is_part->pdata[i - 1])[codes[i]]
                           ? sp_codes_text(cells->nesting[i]->codes, codes[i])
                           : NULL;
    }
    for (guint t = from; t < to && !is_told; t++) {
        is_told = sp_crossings_tell(cells->crossings->pdata[t],
                                    sp_codes_text(cells->nesting[0]->codes, codes[0]), texts);
    }
    return is_told;
}

gboolean sp_cells_tell(const SpCells *cells, const guint32 tuple[])
{
    return do_tell(cells, tuple, 0, cells->crossings->len);
}

static char **names_apart(const Columns *columns)
{
    char **names = g_new0(char *, columns->apart->len + 1);
    for (guint i = 0; i < columns->apart->len; i++) {
        const gsize column = g_array_index(columns->apart, gsize, i);
        names[i] = g_strdup(sp_table_column(columns->from->table, column)->name);
    }
    return names;
}

/* ---- what is wanted ---- */

static double weight_of(const SpCells *cells, guint32 cell)
{
    const guint32 *codes = sp_tuples_at(cells->tuples, cell) + 1;
    double weight = 0.0;
    for (guint i = 0; i < cells->weights->len; i++) {
        weight += ((const double *)cells->weights->pdata[i])[codes[i]];
    }
    return weight;
}

gboolean sp_cells_is_wanted_less(const SpCells *cells, const double value[], guint32 a, guint32 b)
{
    const double of_a = weight_of(cells, a);
    const double of_b = weight_of(cells, b);
    return of_a < of_b || (of_a <= of_b && value[a] < value[b]);
}

/* ---- rows ---- */

static void mark_published(SpCells *cells, guint32 cell, gboolean is_known)
{
    gboolean *is_published = &g_array_index(cells->is_published, gboolean, cell);
    *is_published = *is_published || is_known;
}

static void add_rows(const SpCellsInput *input, SpCells *cells, const Columns *columns, guint place)
{
    const SpTable *table = columns->from->table;
    const gsize n_rows = sp_table_n_rows(table);
    const gsize counted = g_array_index(columns->from->measures, SpLayerMeasure, 0).column;
    const gboolean *is_published = input->published != NULL ? input->published->pdata[place] : NULL;
    g_autofree guint32 *tuple = g_new(guint32, cells->n_columns + 1);
    guint32 *cell_of_row = g_new(guint32, n_rows + 1);
    gboolean *is_told = g_new(gboolean, n_rows + 1);
    g_ptr_array_add(cells->cell_of_row, cell_of_row);
    g_ptr_array_add(cells->is_told, is_told);
    for (gsize row = 0; row < n_rows; row++) {
        cell_of_row[row] = SP_NO_CELL;
        is_told[row] = TRUE;
        const SpReal real = sp_table_real(table, row, counted);
        if (real.status == SP_NOT_APPLICABLE) {
            continue;
        }
        find_tuple(cells, columns, row, tuple);
        is_told[row] = do_tell(cells, tuple, place, place + 1);
        const gboolean is_known = is_published != NULL && is_published[row];
        if (is_told[row] || is_known) {
            cell_of_row[row] = cell_of(cells, tuple);
            look_at_row(input, cells, columns->from, row, cell_of_row[row]);
            mark_published(cells, cell_of_row[row], is_known);
        } else if (real.status != SP_ZERO || input->hides_zeros) {
            /* Somebody is there, nobody is told of it. Where nobody is, a shown 0 may say so. */
            cell_of_row[row] = cell_of(cells, tuple);
        }
    }
}

static gboolean has_whole_numbers(const SpTable *table, gsize column)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const SpReal real = sp_table_real(table, row, column);
        if (real.status == SP_BELOW_UNIT ||
            (real.status == SP_PRESENT && fabs(real.value - rint(real.value)) > 0.0)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean is_counted(const SpCells *cells, const char *measure)
{
    for (guint i = 0; i < cells->counts->len; i++) {
        if (strcmp(((const SpCount *)cells->counts->pdata[i])->measure, measure) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static void find_counts(SpCells *cells, const Columns *columns)
{
    const SpTable *table = columns->from->table;
    for (guint i = 1; i < columns->from->measures->len; i++) {
        const SpLayerMeasure *measure = &g_array_index(columns->from->measures, SpLayerMeasure, i);
        const char *name = sp_table_column(table, measure->column)->name;
        const gboolean is_whole = has_whole_numbers(table, measure->column);
        if (!is_counted(cells, name) &&
            (is_whole || sp_table_column(table, measure->column)->is_additive)) {
            SpCount *count = g_new(SpCount, 1);
            *count = (SpCount){g_strdup(name), !is_whole, g_array_new(FALSE, FALSE, sizeof(double)),
                               g_array_new(FALSE, FALSE, sizeof(gboolean))};
            g_ptr_array_add(cells->counts, count);
        }
    }
}

SpCells *sp_cells_new(const SpCellsInput *input, GError **error)
{
    g_auto(Making) making = {.input = input,
                             .names = g_ptr_array_new(),
                             .columns = g_ptr_array_new_with_free_func(columns_free),
                             .cells = cells_new()};
    if (!open_structure(&making, error) || !open_tables(&making, error) || !nest(&making, error)) {
        return NULL;
    }
    making.cells->tuples = sp_tuples_new(making.cells->n_columns + 1);
    making.cells->hides_zeros = input->hides_zeros;
    making.cells->apart = names_apart(making.columns->pdata[0]);
    find_parts(making.cells);
    for (guint i = 0; i < making.columns->len; i++) {
        find_counts(making.cells, making.columns->pdata[i]);
    }
    for (guint i = 0; i < making.columns->len; i++) {
        add_rows(input, making.cells, making.columns->pdata[i], i);
    }
    return g_steal_pointer(&making.cells);
}
