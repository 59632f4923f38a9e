/* Any text as a formula of the catalogue: what is taken is read again from its own text, names
 * cells of its tables alone, and is evaluated or refused in words. */
#include "tests/fuzz/guard.h"
#include "transforms/vary/grid.h"

#include "core/cell.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* Two kommuner in quarters, and a day: every kind of `when` finds something. */
static SpTable *facts_table(void)
{
    static const char *const periods[] = {"2022K1", "2022K2",     "2022K3",
                                          "2022K4", "2022-12-31", "2023-01-01"};
    static const char *const names[] = {"region", "alder", "kjonn", "period"};
    SpTable *table = sp_table_new("t", NULL, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const SpColumn column = {.name = names[i], .kind = SP_COLUMN_CODE, .is_key = TRUE};
        sp_table_add_column(table, &column);
    }
    const SpColumn sum = {.name = "m", .kind = SP_COLUMN_MEASURE, .is_additive = TRUE};
    const SpColumn distinct = {.name = "n", .kind = SP_COLUMN_MEASURE};
    sp_table_add_column(table, &sum);
    sp_table_add_column(table, &distinct);
    for (gsize i = 0; i < G_N_ELEMENTS(periods); i++) {
        const gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, i % 2 == 0 ? "0301" : "1103");
        sp_table_set_code(table, row, 1, i % 3 == 0 ? "080" : "018-049");
        sp_table_set_code(table, row, 2, i % 2 == 0 ? "1" : "2");
        sp_table_set_code(table, row, 3, periods[i]);
        sp_table_set_real(table, row, 4, sp_real((double)i - 1.0));
        sp_table_set_real(table, row, 5, sp_real_none(SP_SUPPRESSED));
    }
    return table;
}

static void evaluate(const SpFormula *formula, const SpTables *tables)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpGrid) grid = sp_grid_new(formula, tables, &error);
    fuzz_check_outcome(grid != NULL, &error);
    if (grid == NULL) {
        return;
    }
    g_autoptr(GPtrArray) regions = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func((GDestroyNotify)sp_cell_free);
    sp_grid_add_regions(grid, regions, seen);
    g_autofree SpReal *figures = g_new0(SpReal, regions->len + 1);
    const GPtrArray *periods = sp_grid_periods(grid);
    for (guint i = 0; i < periods->len; i++) {
        g_autoptr(GError) refused = NULL;
        const gboolean is_picked =
            sp_grid_pick(grid, g_ptr_array_index(periods, i), regions, figures, &refused);
        fuzz_check_outcome(is_picked, &refused);
        sp_formula_cells(formula, tables, "0301", g_ptr_array_index(periods, i), cells);
    }
    for (guint i = 0; i < cells->len; i++) {
        const SpCell *cell = g_ptr_array_index(cells, i);
        FUZZ_CLAIM(strcmp(cell->table, "t") == 0);
    }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(GError) error = NULL;
    if (!g_utf8_validate(text, -1, NULL)) {
        return 0; /* the catalogue's reader has refused it */
    }
    g_autoptr(GPtrArray) list = sp_formula_parse_list(text, &error);
    fuzz_check_outcome(list != NULL, &error);
    if (list == NULL) {
        return 0;
    }
    g_autoptr(SpTables) tables = sp_tables_new();
    sp_tables_add(tables, facts_table());
    for (guint i = 0; i < list->len; i++) {
        const SpFormula *formula = g_ptr_array_index(list, i);
        g_autoptr(SpFormula) again = sp_formula_parse(sp_formula_text(formula), NULL);
        FUZZ_CLAIM(again != NULL);
        if (sp_formula_lacks(formula, tables) == NULL) {
            evaluate(formula, tables);
        }
    }
    return 0;
}
