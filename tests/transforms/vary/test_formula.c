/* Formula cells of the catalogue: their text, their strata, and the input cells behind a figure. */
#include "tests/transforms/vary/tables.h"

#include "core/cell.h"
#include "transforms/vary/formula.h"

static SpFormula *parse(const char *text)
{
    g_autoptr(GError) error = NULL;
    SpFormula *formula = sp_formula_parse(text, &error);
    assert_no_error(error);
    return formula;
}

static void assert_no_formula(const char *text, const char *place)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFormula) formula = sp_formula_parse(text, &error);
    assert_null(formula);
    assert_error(error, SP_ERROR_CONFIG, "is no formula: character ");
    assert_error(error, SP_ERROR_CONFIG, place);
}

static void text_that_is_no_formula_says_where_and_what_is_wanted(void **state)
{
    (void)state;
    assert_no_formula("", "character 1: want the name of a table");
    assert_no_formula("Folkemengde.innbyggere", "character 1: want the name of a table");
    assert_no_formula("folkemengde", "character 12: want \".\" and a measure");
    assert_no_formula("folkemengde.", "character 13: want a measure");
    assert_no_formula("folkemengde.innbyggere ", "character 23: want the end, or \" + \"");
    assert_no_formula("folkemengde.innbyggere{}", "character 24: want a key column");
    assert_no_formula("folkemengde.innbyggere{alder}", "character 29: want \"=\" and codes");
    assert_no_formula("folkemengde.innbyggere{alder=}", "character 30: want a code");
    assert_no_formula("folkemengde.innbyggere{alder=080..}", "character 35: want a code");
    assert_no_formula("folkemengde.innbyggere{alder=080|}", "character 34: want a code");
    assert_no_formula("folkemengde.innbyggere{alder=080", "character 33: want \"}\"");
    assert_no_formula("folkemengde.innbyggere@1", "character 24: want + and a digit");
    assert_no_formula("folkemengde.innbyggere@+0", "character 25: want + and a digit");
    assert_no_formula("folkemengde.innbyggere@+1{alder=080}", "character 26: want the end");
    assert_no_formula("a.b\nc.d", "character 4: want the end");
    assert_no_formula("a.b+c.d", "character 4: want the end");
    assert_no_formula("a.b + ", "character 7: want the name of a table");
    assert_no_formula("a.b or 1", "character 4: want the end");
}

static void choice_that_cannot_be_meant_is_refused(void **state)
{
    (void)state;
    assert_no_formula("folkemengde.innbyggere{alder=105..080}", "character 35: want a code of the");
    assert_no_formula("folkemengde.innbyggere{alder=80..105}", "character 34: want a code of the");
    assert_no_formula("folkemengde.innbyggere{alder=080,alder=090}",
                      "character 34: want a key column once");
    assert_no_formula("folkemengde.innbyggere{region=0301}", "neither region nor period");
    assert_no_formula("folkemengde.innbyggere{period=2024}", "neither region nor period");
}

static void list_of_formulas_is_parted_by_semicolons(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) list = sp_formula_parse_list("a.b; a.c - a.b", &error);
    assert_no_error(error);
    assert_int_equal(list->len, 2);
    assert_string_equal(sp_formula_text(g_ptr_array_index(list, 1)), "a.c - a.b");
    assert_null(sp_formula_parse_list("a.b;a.c", &error));
    assert_error(error, SP_ERROR_CONFIG, "character 4");
}

static void only_a_term_of_the_own_period_or_year_gives_periods(void **state)
{
    (void)state;
    g_autoptr(SpFormula) own = parse("a.b - c.d@+1");
    g_autoptr(SpFormula) year = parse("a.b@year");
    g_autoptr(SpFormula) january = parse("a.b@+1");
    g_autoptr(SpFormula) before = parse("a.b@before");
    assert_true(sp_formula_gives_periods(own));
    assert_true(sp_formula_gives_periods(year));
    assert_false(sp_formula_gives_periods(january));
    assert_false(sp_formula_gives_periods(before));
}

static void each_code_is_put_in_the_place_of_the_star(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFormula) formula = parse("a.b{tjeneste=x,alder=*,kjonn=*} or 0");
    g_autofree const char **columns = sp_formula_each(formula);
    assert_string_equal(columns[0], "alder");
    assert_string_equal(columns[1], "kjonn");
    assert_null(columns[2]);
    static const char *const codes[] = {"018..049", "2"};
    g_autoptr(SpFormula) own = sp_formula_of_stratum(formula, columns, codes, &error);
    assert_no_error(error);
    assert_string_equal(sp_formula_text(own), "a.b{tjeneste=x,alder=018..049,kjonn=2} or 0");
    static const char *const bad[] = {"a,b", "2"};
    assert_null(sp_formula_of_stratum(formula, columns, bad, &error));
    assert_error(error, SP_ERROR_CONFIG, "is no formula");
}

static void tables_of_all_terms_are_looked_for(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = sp_tables_new();
    sp_tables_add(tables, tables_brukere());
    g_autoptr(SpFormula) formula = parse("brukere.hjemmetjenestebrukere - plasser.sengeplasser");
    assert_string_equal(sp_formula_lacks(formula, tables), "plasser");
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    sp_formula_add_tables(formula, names);
    assert_int_equal(g_hash_table_size(names), 2);
}

/* ---- input cells ---- */

static void assert_cell(const GPtrArray *cells, guint i, const char *wanted)
{
    assert_true(i < cells->len);
    g_autofree char *text = sp_cell_format(g_ptr_array_index(cells, i));
    assert_string_equal(text, wanted);
}

static SpTables *facts(void)
{
    SpTables *tables = sp_tables_new();
    SpTable *persons = tables_folkemengde();
    SpTable *users = tables_brukere();
    tables_add_population(persons, "1508", "2023-01-01", 100.0, 20.0);
    tables_add_brukere(users, "1508", "2022-12-31", sp_real(5.0), sp_real(3.0));
    sp_tables_add(tables, persons);
    sp_tables_add(tables, users);
    return tables;
}

static GPtrArray *cells_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)sp_cell_free);
}

static void cells_behind_a_sum_are_one_a_chosen_code(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = facts();
    g_autoptr(SpFormula) formula = parse("folkemengde.innbyggere{alder=080..105}@+1");
    g_autoptr(GPtrArray) cells = cells_new();
    assert_false(sp_formula_cells(formula, tables, "1508", "2022-12-31", cells));
    assert_int_equal(cells->len, 2);
    assert_cell(cells, 0, "folkemengde innbyggere region=1508 kjonn=* alder=080 period=2023-01-01");
}

static void figure_of_one_cell_is_that_cell(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = facts();
    g_autoptr(SpFormula) formula = parse("brukere.hjemmetjenestebrukere");
    g_autoptr(GPtrArray) cells = cells_new();
    assert_true(sp_formula_cells(formula, tables, "1508", "2022-12-31", cells));
    assert_int_equal(cells->len, 1);
    assert_false(sp_formula_cells(formula, tables, "*", "2022-12-31", cells));
}

static void figure_of_two_terms_is_neither_of_their_cells(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = facts();
    g_autoptr(SpFormula) formula =
        parse("brukere.hjemmetjenestebrukere - brukere.hjemmetjenestebrukere_80p");
    g_autoptr(GPtrArray) cells = cells_new();
    assert_false(sp_formula_cells(formula, tables, "1508", "2022-12-31", cells));
    assert_cell(cells, 1, "brukere hjemmetjenestebrukere_80p region=1508 period=2022-12-31");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_is_no_formula_says_where_and_what_is_wanted),
        cmocka_unit_test(choice_that_cannot_be_meant_is_refused),
        cmocka_unit_test(list_of_formulas_is_parted_by_semicolons),
        cmocka_unit_test(only_a_term_of_the_own_period_or_year_gives_periods),
        cmocka_unit_test(each_code_is_put_in_the_place_of_the_star),
        cmocka_unit_test(tables_of_all_terms_are_looked_for),
        cmocka_unit_test(cells_behind_a_sum_are_one_a_chosen_code),
        cmocka_unit_test(figure_of_one_cell_is_that_cell),
        cmocka_unit_test(figure_of_two_terms_is_neither_of_their_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
