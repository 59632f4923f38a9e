/* Formula cells of the catalogue, and their evaluation. */
#include "tests/transforms/vary/tables.h"

#include "core/cell.h"
#include "transforms/vary/formula.h"
#include "transforms/vary/grid.h"

static SpFormula *parse(const char *text)
{
    g_autoptr(GError) error = NULL;
    SpFormula *formula = sp_formula_parse(text, &error);
    assert_no_error(error);
    return formula;
}

static void assert_no_formula(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFormula) formula = sp_formula_parse(text, &error);
    assert_null(formula);
    assert_error(error, SP_ERROR_CONFIG, "is no formula; write TABLE.MEASURE");
}

static void text_that_is_no_formula_says_what_one_is(void **state)
{
    (void)state;
    assert_no_formula("");
    assert_no_formula("folkemengde");
    assert_no_formula("folkemengde.");
    assert_no_formula("Folkemengde.innbyggere");
    assert_no_formula("folkemengde.innbyggere ");
    assert_no_formula("folkemengde.innbyggere{}");
    assert_no_formula("folkemengde.innbyggere{alder}");
    assert_no_formula("folkemengde.innbyggere{alder=080..}");
    assert_no_formula("folkemengde.innbyggere{alder=080...105}");
    assert_no_formula("folkemengde.innbyggere@1");
    assert_no_formula("folkemengde.innbyggere@+0");
    assert_no_formula("folkemengde.innbyggere@+1{alder=080}");
    assert_no_formula("a.b\nc.d");
}

static void choice_that_cannot_be_meant_is_refused(void **state)
{
    (void)state;
    assert_no_formula("folkemengde.innbyggere{alder=105..080}");
    assert_no_formula("folkemengde.innbyggere{alder=80..105}");
    assert_no_formula("folkemengde.innbyggere{alder=080,alder=090}");
    assert_no_formula("folkemengde.innbyggere{region=0301}");
    assert_no_formula("folkemengde.innbyggere{period=2024}");
}

static void next_january_follows_the_year_of_the_period(void **state)
{
    (void)state;
    g_autoptr(SpFormula) formula = parse("folkemengde.innbyggere@+1");
    g_autofree char *of_date = sp_formula_period(formula, "2022-12-31");
    g_autofree char *of_year = sp_formula_period(formula, "2022");
    assert_string_equal(of_date, "2023-01-01");
    assert_string_equal(of_year, "2023-01-01");
    assert_null(sp_formula_period(formula, "someday"));
}

static void without_a_step_the_period_is_the_same(void **state)
{
    (void)state;
    g_autoptr(SpFormula) formula = parse("folkemengde.innbyggere");
    g_autofree char *same = sp_formula_period(formula, "2022-12-31");
    assert_string_equal(same, "2022-12-31");
}

static void ages_from_to_are_summed_over_both_sexes(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = tables_folkemengde();
    tables_add_population(table, "1508", "2023-01-01", 100.0, 20.0);
    tables_add_persons(table, "1508", "1", "080-105", "2023-01-01", 1000.0);
    g_autoptr(SpFormula) formula = parse("folkemengde.innbyggere{alder=080..105}");
    g_autoptr(SpGrid) grid = sp_grid_new(formula, table, &error);
    assert_no_error(error);
    assert_near(sp_grid_find(grid, "1508", "2023-01-01").value, 20.0, 0.0);
}

static void kommune_without_a_row_is_missing_not_zero(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = tables_brukere();
    tables_add_brukere(table, "1508", "2022-12-31", sp_real(5.0), sp_real(3.0));
    tables_add_brukere(table, "1580", "2024-12-31", sp_real(5.0), sp_real(3.0));
    g_autoptr(SpFormula) formula = parse("brukere.hjemmetjenestebrukere");
    g_autoptr(SpGrid) grid = sp_grid_new(formula, table, &error);
    assert_no_error(error);
    assert_int_equal(sp_grid_find(grid, "1580", "2022-12-31").status, SP_MISSING);
    assert_int_equal(sp_grid_find(grid, "9999", "2022-12-31").status, SP_MISSING);
    assert_int_equal(sp_grid_regions(grid)->len, 2);
    assert_string_equal(g_ptr_array_index(sp_grid_periods(grid), 0), "2022-12-31");
}

static void suppressed_part_suppresses_the_sum(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = tables_folkemengde();
    tables_add_population(table, "1508", "2023-01-01", 100.0, 20.0);
    sp_table_set_real(table, 0, 4, sp_real_none(SP_SUPPRESSED));
    g_autoptr(SpFormula) formula = parse("folkemengde.innbyggere");
    g_autoptr(SpGrid) grid = sp_grid_new(formula, table, &error);
    assert_no_error(error);
    assert_int_equal(sp_grid_find(grid, "1508", "2023-01-01").status, SP_SUPPRESSED);
}

static void distinct_persons_are_never_summed(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = tables_brukere();
    tables_add_brukere(table, "1508", "2022-12-31", sp_real(5.0), sp_real(3.0));
    tables_add_brukere(table, "1508", "2022-12-31", sp_real(5.0), sp_real(3.0));
    g_autoptr(SpFormula) formula = parse("brukere.hjemmetjenestebrukere");
    assert_null(sp_grid_new(formula, table, &error));
    assert_error(error, SP_ERROR_CONFIG, "do not add up (region 1508, period 2022-12-31)");
}

static void total_beside_its_parts_is_not_counted_twice(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = tables_folkemengde();
    tables_add_persons(table, "1508", "0", "030", "2023-01-01", 3.0);
    tables_add_persons(table, "1508", "1", "030", "2023-01-01", 2.0);
    g_autoptr(SpFormula) formula = parse("folkemengde.innbyggere");
    assert_null(sp_grid_new(formula, table, &error));
    assert_error(error, SP_ERROR_CONFIG, "add {kjonn=0}");
    g_autoptr(GError) other = NULL;
    g_autoptr(SpFormula) named = parse("folkemengde.innbyggere{kjonn=0}");
    g_autoptr(SpGrid) grid = sp_grid_new(named, table, &other);
    assert_no_error(other);
    assert_near(sp_grid_find(grid, "1508", "2023-01-01").value, 3.0, 0.0);
}

static void measure_that_is_not_there_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = tables_brukere();
    g_autoptr(SpFormula) formula = parse("brukere.bolig_heldoegn");
    assert_null(sp_grid_new(formula, table, &error));
    assert_error(error, SP_ERROR_DATA, "formula brukere.bolig_heldoegn: ");
}

static void empty_table_gives_an_empty_grid(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = tables_brukere();
    g_autoptr(SpFormula) formula = parse("brukere.hjemmetjenestebrukere");
    g_autoptr(SpGrid) grid = sp_grid_new(formula, table, &error);
    assert_no_error(error);
    assert_int_equal(sp_grid_regions(grid)->len, 0);
    assert_int_equal(sp_grid_periods(grid)->len, 0);
}

static void cells_behind_a_sum_are_one_a_chosen_code(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = tables_folkemengde();
    tables_add_population(table, "1508", "2023-01-01", 100.0, 20.0);
    g_autoptr(SpFormula) formula = parse("folkemengde.innbyggere{alder=080..105}@+1");
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func((GDestroyNotify)sp_cell_free);
    assert_false(sp_formula_cells(formula, table, "1508", "2023-01-01", cells));
    assert_int_equal(cells->len, 2);
    g_autofree char *first = sp_cell_format(g_ptr_array_index(cells, 0));
    assert_string_equal(first,
                        "folkemengde innbyggere region=1508 kjonn=* alder=080 period=2023-01-01");
}

static void figure_of_one_cell_is_that_cell(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = tables_brukere();
    g_autoptr(SpFormula) formula = parse("brukere.hjemmetjenestebrukere");
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func((GDestroyNotify)sp_cell_free);
    assert_true(sp_formula_cells(formula, table, "1508", "2022-12-31", cells));
    assert_int_equal(cells->len, 1);
    assert_false(sp_formula_cells(formula, table, "*", "2022-12-31", cells));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_is_no_formula_says_what_one_is),
        cmocka_unit_test(choice_that_cannot_be_meant_is_refused),
        cmocka_unit_test(next_january_follows_the_year_of_the_period),
        cmocka_unit_test(without_a_step_the_period_is_the_same),
        cmocka_unit_test(ages_from_to_are_summed_over_both_sexes),
        cmocka_unit_test(kommune_without_a_row_is_missing_not_zero),
        cmocka_unit_test(suppressed_part_suppresses_the_sum),
        cmocka_unit_test(distinct_persons_are_never_summed),
        cmocka_unit_test(total_beside_its_parts_is_not_counted_twice),
        cmocka_unit_test(measure_that_is_not_there_is_told),
        cmocka_unit_test(empty_table_gives_an_empty_grid),
        cmocka_unit_test(cells_behind_a_sum_are_one_a_chosen_code),
        cmocka_unit_test(figure_of_one_cell_is_that_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
