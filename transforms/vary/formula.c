/* Formula cells of the catalogue: their text, and the input cells behind a figure. grid.c evaluates
 * them. */
#include "transforms/vary/formula.h"

#include "core/cell.h"
#include "core/error.h"
#include "core/number.h"
#include "core/period.h"
#include "transforms/vary/formula_choice.h"

#include <string.h>

static void choice_free(gpointer data)
{
    SpFormulaChoice *choice = data;
    g_free(choice->column);
    g_free(choice->first);
    g_free(choice->last);
    g_free(choice);
}

void sp_formula_free(SpFormula *formula)
{
    if (formula != NULL) {
        g_ptr_array_unref(formula->choices);
        g_free(formula->text);
        g_free(formula->table);
        g_free(formula->measure);
        g_free(formula);
    }
}

const char *sp_formula_text(const SpFormula *formula)
{
    return formula->text;
}

const char *sp_formula_table(const SpFormula *formula)
{
    return formula->table;
}

static gboolean add_choices(SpFormula *formula, const char *text)
{
    g_autoptr(GRegex) form =
        g_regex_new("^([a-z][a-z0-9_]*)=([^.=,{}@ ]+)(?:\\.\\.([^.=,{}@ ]+))?$", 0, 0, NULL);
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    for (gsize i = 0; parts[i] != NULL; i++) {
        g_autoptr(GMatchInfo) match = NULL;
        if (!g_regex_match(form, parts[i], 0, &match)) {
            return FALSE;
        }
        SpFormulaChoice *choice = g_new0(SpFormulaChoice, 1);
        g_ptr_array_add(formula->choices, choice);
        choice->column = g_match_info_fetch(match, 1);
        choice->first = g_match_info_fetch(match, 2);
        g_autofree char *last = g_match_info_fetch(match, 3);
        choice->last = g_strdup(last != NULL && *last != '\0' ? last : choice->first);
        if (strlen(choice->first) != strlen(choice->last) ||
            strcmp(choice->first, choice->last) > 0 || strcmp(choice->column, "region") == 0 ||
            strcmp(choice->column, "period") == 0 ||
            sp_formula_find_choice(formula, choice->column) != choice) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean parse(SpFormula *formula, const char *text)
{
    g_autoptr(GMatchInfo) match = NULL;
    g_autoptr(GRegex) form = g_regex_new(
        "^([a-z][a-z0-9_]*)\\.([a-z][a-z0-9_]*)(?:\\{([^{}]+)\\})?(?:@\\+([1-9]))?$", 0, 0, NULL);
    if (!g_regex_match(form, text, 0, &match)) {
        return FALSE;
    }
    formula->table = g_match_info_fetch(match, 1);
    formula->measure = g_match_info_fetch(match, 2);
    g_autofree char *choices = g_match_info_fetch(match, 3);
    g_autofree char *years = g_match_info_fetch(match, 4);
    formula->years_on = years != NULL && *years != '\0' ? g_ascii_digit_value(*years) : 0;
    return choices == NULL || *choices == '\0' || add_choices(formula, choices);
}

SpFormula *sp_formula_parse(const char *text, GError **error)
{
    g_autoptr(SpFormula) formula = g_new0(SpFormula, 1);
    formula->text = g_strdup(text);
    formula->choices = g_ptr_array_new_with_free_func(choice_free);
    if (!parse(formula, text)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "\"%s\" is no formula; write TABLE.MEASURE, TABLE.MEASURE{column=code} or "
                     "TABLE.MEASURE{column=from..to}, and @+N last for 1 January N years later",
                     text);
        return NULL;
    }
    return g_steal_pointer(&formula);
}

const SpFormulaChoice *sp_formula_find_choice(const SpFormula *formula, const char *column)
{
    for (guint i = 0; i < formula->choices->len; i++) {
        const SpFormulaChoice *choice = g_ptr_array_index(formula->choices, i);
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
    return strlen(code) == strlen(choice->first) && strcmp(code, choice->first) >= 0 &&
           strcmp(code, choice->last) <= 0;
}

char *sp_formula_period(const SpFormula *formula, const char *period)
{
    SpPeriod parsed;
    if (formula->years_on == 0) {
        return g_strdup(period);
    }
    if (!sp_period_parse(period, &parsed)) {
        return NULL;
    }
    return g_strdup_printf("%04d-01-01", sp_day_year(parsed.last) + formula->years_on);
}

static SpCell *copy_with(const SpCell *cell, const char *column, const char *code)
{
    SpCell *copy = sp_cell_new(cell->table, cell->measure);
    for (guint i = 0; i < cell->columns->len; i++) {
        sp_cell_with(copy, g_ptr_array_index(cell->columns, i), g_ptr_array_index(cell->codes, i));
    }
    return sp_cell_with(copy, column, code);
}

/* Each cell so far, once for each code of the column that the choice takes. */
static GPtrArray *multiply(GPtrArray *cells, const SpTable *table, gsize column,
                           const SpFormulaChoice *choice)
{
    const SpCodes *codes = sp_table_codes(table, column);
    GPtrArray *product = g_ptr_array_new_with_free_func((GDestroyNotify)sp_cell_free);
    for (guint i = 0; i < cells->len; i++) {
        for (guint32 c = 0; c < sp_codes_size(codes); c++) {
            if (sp_formula_choice_takes(choice, sp_codes_text(codes, c))) {
                g_ptr_array_add(product, copy_with(g_ptr_array_index(cells, i),
                                                   sp_table_column(table, column)->name,
                                                   sp_codes_text(codes, c)));
            }
        }
    }
    g_ptr_array_unref(cells);
    return product;
}

gboolean sp_formula_cells(const SpFormula *formula, const SpTable *table, const char *region,
                          const char *period, GPtrArray *cells)
{
    gboolean is_one = strcmp(region, "*") != 0 && strcmp(period, "*") != 0;
    GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)sp_cell_free);
    g_ptr_array_add(found, sp_cell_new(formula->table, formula->measure));
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        const SpFormulaChoice *choice = sp_formula_find_choice(formula, column->name);
        const char *code = strcmp(column->name, "region") == 0   ? region
                           : strcmp(column->name, "period") == 0 ? period
                                                                 : "*";
        if (column->kind != SP_COLUMN_CODE || !column->is_key) {
            continue;
        }
        if (choice != NULL) {
            found = multiply(found, table, i, choice);
            continue;
        }
        is_one = is_one && (code == region || code == period);
        for (guint j = 0; j < found->len; j++) {
            sp_cell_with(g_ptr_array_index(found, j), column->name, code);
        }
    }
    is_one = is_one && found->len == 1;
    for (guint i = 0; i < found->len; i++) {
        g_ptr_array_add(cells, g_ptr_array_index(found, i));
    }
    g_ptr_array_set_free_func(found, NULL); /* the cells now belong to `cells` */
    g_ptr_array_unref(found);
    return is_one;
}
