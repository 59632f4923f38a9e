/* Formulas as values: what they name, their strata, and the input cells behind a figure. Their text
 * is read by formula_parse.c, and grid.c evaluates them. */
#include "transforms/vary/formula.h"

#include "core/cell.h"
#include "core/table_rows.h"
#include "transforms/vary/formula_term.h"
#include "transforms/vary/when.h"

#include <string.h>

void sp_formula_free(SpFormula *formula)
{
    if (formula != NULL) {
        g_ptr_array_unref(formula->terms);
        g_free(formula->text);
        g_free(formula);
    }
}

const char *sp_formula_text(const SpFormula *formula)
{
    return formula->text;
}

const char *sp_formula_lacks(const SpFormula *formula, const SpTables *tables)
{
    for (guint i = 0; i < formula->terms->len; i++) {
        const SpFormulaTerm *term = g_ptr_array_index(formula->terms, i);
        if (sp_tables_find(tables, term->table) == NULL) {
            return term->table;
        }
    }
    return NULL;
}

void sp_formula_add_tables(const SpFormula *formula, GHashTable *names)
{
    for (guint i = 0; i < formula->terms->len; i++) {
        const SpFormulaTerm *term = g_ptr_array_index(formula->terms, i);
        g_hash_table_add(names, term->table);
    }
}

const SpTable *sp_formula_first_table(const SpFormula *formula, const SpTables *tables)
{
    const SpFormulaTerm *first = g_ptr_array_index(formula->terms, 0);
    return sp_tables_find(tables, first->table);
}

const char *sp_formula_first_unit(const SpFormula *formula, const SpTables *tables)
{
    const SpFormulaTerm *first = g_ptr_array_index(formula->terms, 0);
    const SpTable *table = sp_tables_find(tables, first->table);
    const gsize column = table != NULL ? sp_table_find(table, first->measure) : SP_NO_COLUMN;
    return column != SP_NO_COLUMN ? sp_table_column(table, column)->unit : NULL;
}

gboolean sp_formula_gives_periods(const SpFormula *formula)
{
    const SpFormulaTerm *first = g_ptr_array_index(formula->terms, 0);
    return first->when == SP_WHEN_SAME || first->when == SP_WHEN_YEAR;
}

const SpFormulaChoice *sp_formula_find_choice(const SpFormulaTerm *term, const char *column)
{
    for (guint i = 0; i < term->choices->len; i++) {
        const SpFormulaChoice *choice = g_ptr_array_index(term->choices, i);
        if (strcmp(choice->column, column) == 0) {
            return choice;
        }
    }
    return NULL;
}

/* A band such as 080-105 lies between 080 and 105 in byte order, but is not one of the ages: hence
 * the length. */
gboolean sp_formula_choice_takes(const SpFormulaChoice *choice, const char *code)
{
    if (choice->last == NULL) {
        return choice->codes == NULL || g_strv_contains((const char *const *)choice->codes, code);
    }
    return strlen(code) == strlen(choice->last) && strcmp(code, choice->codes[0]) >= 0 &&
           strcmp(code, choice->last) <= 0;
}

/* ---- strata ---- */

const char **sp_formula_each(const SpFormula *formula)
{
    GPtrArray *columns = g_ptr_array_new();
    const SpFormulaTerm *first = g_ptr_array_index(formula->terms, 0);
    for (guint i = 0; i < first->choices->len; i++) {
        const SpFormulaChoice *choice = g_ptr_array_index(first->choices, i);
        if (choice->codes == NULL) {
            g_ptr_array_add(columns, choice->column);
        }
    }
    g_ptr_array_add(columns, NULL);
    return (const char **)g_ptr_array_free(columns, FALSE);
}

SpFormula *sp_formula_of_stratum(const SpFormula *formula, const char *const columns[],
                                 const char *const codes[], GError **error)
{
    g_autoptr(GString) text = g_string_new(formula->text);
    for (gsize i = 0; columns[i] != NULL; i++) {
        g_autofree char *each = g_strdup_printf("%s=*", columns[i]);
        g_autofree char *own = g_strdup_printf("%s=%s", columns[i], codes[i]);
        g_string_replace(text, each, own, 0);
    }
    return sp_formula_parse(text->str, error);
}

const char *const *sp_formula_codes(const SpFormula *formula, const char *column)
{
    for (guint i = 0; i < formula->terms->len; i++) {
        const SpFormulaChoice *choice =
            sp_formula_find_choice(g_ptr_array_index(formula->terms, i), column);
        if (choice != NULL) {
            return choice->last == NULL ? (const char *const *)choice->codes : NULL;
        }
    }
    return NULL;
}

/* ---- input cells ---- */

static SpCell *copy_with(const SpCell *cell, const char *column, const char *code)
{
    SpCell *copy = sp_cell_new(cell->table, cell->measure);
    for (guint i = 0; i < cell->columns->len; i++) {
        sp_cell_with(copy, g_ptr_array_index(cell->columns, i), g_ptr_array_index(cell->codes, i));
    }
    return sp_cell_with(copy, column, code);
}

/* Each cell so far, once for each of the codes. */
static GPtrArray *multiply(GPtrArray *cells, const char *column, const GPtrArray *codes)
{
    GPtrArray *product = g_ptr_array_new_with_free_func((GDestroyNotify)sp_cell_free);
    for (guint i = 0; i < cells->len; i++) {
        for (guint c = 0; c < codes->len; c++) {
            g_ptr_array_add(product, copy_with(g_ptr_array_index(cells, i), column,
                                               g_ptr_array_index(codes, c)));
        }
    }
    g_ptr_array_unref(cells);
    return product;
}

/* The codes of a period column beside a period. */
static void add_periods(const SpFormulaTerm *term, const SpTable *table, gsize column,
                        const char *period, GPtrArray *codes)
{
    const SpCodes *dictionary = sp_table_codes(table, column);
    g_autofree gboolean *is_used = sp_table_used_codes(table, column);
    g_autoptr(GArray) found = sp_when_find(term, dictionary, is_used, period, NULL);
    for (guint i = 0; found != NULL && i < found->len; i++) {
        g_ptr_array_add(codes, (char *)sp_codes_text(dictionary, g_array_index(found, guint32, i)));
    }
}

static void add_codes(const SpFormulaTerm *term, const SpTable *table, gsize column,
                      const char *region, const char *period, GPtrArray *codes)
{
    const char *name = sp_table_column(table, column)->name;
    const SpFormulaChoice *choice = sp_formula_find_choice(term, name);
    if (strcmp(name, "region") == 0) {
        g_ptr_array_add(codes, (char *)region);
    } else if (strcmp(name, "period") == 0 && strcmp(period, "*") != 0) {
        add_periods(term, table, column, period, codes);
    } else if (choice == NULL || strcmp(name, "period") == 0) {
        g_ptr_array_add(codes, (char *)"*");
    } else {
        const SpCodes *dictionary = sp_table_codes(table, column);
        for (guint32 c = 0; c < sp_codes_size(dictionary); c++) {
            if (sp_formula_choice_takes(choice, sp_codes_text(dictionary, c))) {
                g_ptr_array_add(codes, (char *)sp_codes_text(dictionary, c));
            }
        }
    }
}

static gboolean add_term(const SpFormulaTerm *term, const SpTable *table, const char *region,
                         const char *period, GPtrArray *cells)
{
    gboolean is_one = TRUE;
    GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)sp_cell_free);
    g_ptr_array_add(found, sp_cell_new(term->table, term->measure));
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key) {
            g_autoptr(GPtrArray) codes = g_ptr_array_new();
            add_codes(term, table, i, region, period, codes);
            found = multiply(found, column->name, codes);
            is_one = is_one && codes->len == 1 && strcmp(codes->pdata[0], "*") != 0;
        }
    }
    for (guint i = 0; i < found->len; i++) {
        g_ptr_array_add(cells, g_ptr_array_index(found, i));
    }
    g_ptr_array_set_free_func(found, NULL); /* the cells now belong to `cells` */
    g_ptr_array_unref(found);
    return is_one;
}

gboolean sp_formula_cells(const SpFormula *formula, const SpTables *tables, const char *region,
                          const char *period, GPtrArray *cells)
{
    gboolean is_one = formula->terms->len == 1;
    for (guint i = 0; i < formula->terms->len; i++) {
        const SpFormulaTerm *term = g_ptr_array_index(formula->terms, i);
        is_one =
            add_term(term, sp_tables_find(tables, term->table), region, period, cells) && is_one;
    }
    return is_one;
}
