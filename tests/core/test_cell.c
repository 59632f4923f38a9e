/* Names of figures. */
#include "tests/check.h"

#include "core/cell.h"

static SpTable *table_of_test(void)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "kjonn", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "navn", .kind = SP_COLUMN_CODE},
        {.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
    };
    static const char *const rows[][3] = {
        {"0301", "1", "Oslo"}, {"0301", "2", "Oslo"}, {"1101", "1", "Eigersund"}};
    SpTable *table = sp_table_new("folkemengde", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gsize row = sp_table_add_row(table);
        for (gsize column = 0; column < 3; column++) {
            sp_table_set_code(table, row, column, rows[i][column]);
        }
    }
    return table;
}

/** The row that a cell names in the table of the test; fails if there is none. */
static gsize row_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = table_of_test();
    g_autoptr(SpCell) cell = sp_cell_parse(text, &error);
    gsize row = SP_NO_COLUMN;
    assert_no_error(error);
    sp_cell_find_row(cell, table, &row, &error);
    assert_no_error(error);
    return row;
}

static void check_no_row(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = table_of_test();
    g_autoptr(SpCell) cell = sp_cell_parse(text, &error);
    gsize row = 77;
    assert_no_error(error);
    assert_false(sp_cell_find_row(cell, table, &row, &error));
    assert_error(error, SP_ERROR_NO_INPUT, part);
    assert_int_equal(row, 77);
}

static void parsed_cell_formats_back(void **state)
{
    (void)state;
    static const char text[] =
        "folkemengde innbyggere region=0301 kjonn=1 period=2024-01-01 alder=*";
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCell) cell = sp_cell_parse(text, &error);
    assert_no_error(error);
    assert_string_equal(cell->table, "folkemengde");
    assert_string_equal(cell->measure, "innbyggere");
    assert_string_equal(sp_cell_code(cell, "kjonn"), "1");
    assert_string_equal(sp_cell_code(cell, "alder"), "*");
    assert_null(sp_cell_code(cell, "yrke"));
    g_autofree char *again = sp_cell_format(cell);
    assert_string_equal(again, text);
}

static void any_code_survives_the_way_through_text(void **state)
{
    (void)state;
    static const char code[] = "Bø i Telemark=50 % \n\t+";
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCell) cell = sp_cell_with(sp_cell_with(sp_cell_new("t", "m"), "a", code), "b", "");
    g_autofree char *text = sp_cell_format(cell);
    assert_string_equal(text, "t m a=Bø%20i%20Telemark=50%20%25%20%0A%09+ b=");
    g_autoptr(SpCell) again = sp_cell_parse(text, &error);
    assert_no_error(error);
    assert_string_equal(sp_cell_code(again, "a"), code);
    assert_string_equal(sp_cell_code(again, "b"), "");
}

static void text_of_no_cell_is_usage(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",        "t",        " ",         "t ",        " m a=1",    "a=1 b=2",
        "t a=1",   "t m a",    "t m =1",    "t m  a=1",  "t m a=1 ",  "t m a=1 a=2",
        "t m a=%", "t m a=%2", "t m a=%zz", "t m a=%00", "t m a=%ff", "t m a=\xff",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        SpCell *cell = sp_cell_parse(texts[i], &error);
        if (cell != NULL) {
            fail_msg("\"%s\" is taken for a cell", texts[i]);
        }
        assert_error(error, SP_ERROR_USAGE, "write");
    }
}

static void cell_finds_its_row_in_any_order_of_columns(void **state)
{
    (void)state;
    assert_int_equal(row_of("folkemengde innbyggere kjonn=2 region=0301"), 1);
    assert_int_equal(row_of("folkemengde innbyggere region=1101 kjonn=1"), 2);
}

static void attribute_may_be_named_too(void **state)
{
    (void)state;
    assert_int_equal(row_of("folkemengde innbyggere region=1101 kjonn=1 navn=Eigersund"), 2);
    check_no_row("folkemengde innbyggere region=1101 kjonn=1 navn=Oslo",
                 "no row with all these codes");
}

static void unknown_code_is_named(void **state)
{
    (void)state;
    check_no_row("folkemengde innbyggere region=301 kjonn=1", "no row with region=301");
}

static void known_codes_that_do_not_meet_have_no_row(void **state)
{
    (void)state;
    check_no_row("folkemengde innbyggere region=1101 kjonn=2", "no row with all these codes");
}

static void cell_that_leaves_out_a_key_names_no_row(void **state)
{
    (void)state;
    check_no_row("folkemengde innbyggere region=1101", "give kjonn=CODE");
    check_no_row("folkemengde innbyggere region=1101 kjonn=*", "give kjonn=CODE");
}

static void column_that_is_no_code_column_is_named(void **state)
{
    (void)state;
    check_no_row("folkemengde innbyggere region=1101 kjonn=1 yrke=2", "no code column \"yrke\"");
    check_no_row("folkemengde innbyggere region=1101 kjonn=1 innbyggere=2",
                 "no code column \"innbyggere\"");
}

static void empty_table_has_no_row(void **state)
{
    (void)state;
    static const SpColumn columns[] = {{.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE}};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = sp_table_new("tom", columns, 1);
    g_autoptr(SpCell) cell = sp_cell_with(sp_cell_new("tom", "m"), "region", "0301");
    gsize row = 0;
    assert_false(sp_cell_find_row(cell, table, &row, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "tom");
}

static void key_of_a_row_is_what_its_cells_say_of_it(void **state)
{
    (void)state;
    static const SpColumn columns[] = {{.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "navn", .kind = SP_COLUMN_CODE},
                                       {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "m", .kind = SP_COLUMN_MEASURE}};
    g_autoptr(SpTable) table = sp_table_new("t", columns, G_N_ELEMENTS(columns));
    gsize found = 1;
    sp_table_add_row(table);
    sp_table_set_code(table, 0, 0, "5001");
    sp_table_set_code(table, 0, 2, "lege 50%");
    g_autofree char *key = sp_cell_row_key(table, 0);
    assert_string_equal(key, "region=5001 yrke=lege%2050%25");
    g_autofree char *text = g_strconcat("t m ", key, NULL);
    g_autoptr(SpCell) cell = sp_cell_parse(text, NULL);
    assert_true(sp_cell_find_row(cell, table, &found, NULL));
    assert_int_equal(found, 0);
}

static void explanation_owns_what_it_is_given(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    g_ptr_array_add(explanation->inputs, sp_cell_with(sp_cell_new("t", "m"), "a", "1"));
    g_ptr_array_add(explanation->settings, g_strdup("project.seed"));
    explanation->method = g_strdup("sum over alder");
    assert_int_equal(explanation->inputs->len, 1);
    assert_false(explanation->is_injective);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parsed_cell_formats_back),
        cmocka_unit_test(any_code_survives_the_way_through_text),
        cmocka_unit_test(text_of_no_cell_is_usage),
        cmocka_unit_test(cell_finds_its_row_in_any_order_of_columns),
        cmocka_unit_test(attribute_may_be_named_too),
        cmocka_unit_test(unknown_code_is_named),
        cmocka_unit_test(known_codes_that_do_not_meet_have_no_row),
        cmocka_unit_test(cell_that_leaves_out_a_key_names_no_row),
        cmocka_unit_test(column_that_is_no_code_column_is_named),
        cmocka_unit_test(empty_table_has_no_row),
        cmocka_unit_test(key_of_a_row_is_what_its_cells_say_of_it),
        cmocka_unit_test(explanation_owns_what_it_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
