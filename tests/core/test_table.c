#include "core/table.h"

#include "tests/core/rows.h"

static const char columns[] = "region:key period:key navn:attribute innbyggere:sum rate:other";

static void new_row_is_blank_and_missing_never_zero(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", columns, "0301 2024 Oslo 5 1");
    assert_int_equal(sp_table_add_row(table), 1);
    assert_rows(table, "0301 2024 Oslo 5 1", "_ _ _ .. ..");
}

static void rows_survive_growth(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", columns, "0301 2024 Oslo 5 1");
    sp_table_add_rows(table, 100000);
    sp_table_set_code(table, 99999, 0, "1103");
    sp_table_set_real(table, 99999, 3, sp_real(7));
    assert_string_equal(sp_table_code(table, 0, 2), "Oslo");
    assert_string_equal(sp_table_code(table, 99999, 0), "1103");
    assert_near(sp_table_real(table, 99999, 3).value, 7, 0);
    assert_int_equal(sp_table_real(table, 100000, 3).status, SP_MISSING);
    assert_int_equal(sp_table_n_rows(table), 100001);
}

static void added_column_is_blank_in_rows_there_are(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key innbyggere:sum", "0301 5", "1103 -");
    const SpColumn code = {.name = "fylke", .kind = SP_COLUMN_CODE},
                   measure = {.name = "rate", .kind = SP_COLUMN_MEASURE};
    assert_int_equal(sp_table_add_column(table, &code), 2);
    assert_int_equal(sp_table_add_column(table, &measure), 3);
    assert_rows(table, "0301 5 _ ..", "1103 - _ ..");
}

static void column_is_described_as_it_was_made(void **state)
{
    (void)state;
    char name[] = "innbyggere", unit[] = "persons";
    const SpColumn spec = {
        .name = name, .kind = SP_COLUMN_MEASURE, .unit = unit, .is_additive = TRUE};
    g_autoptr(SpTable) table = sp_table_new("t", &spec, 1);
    name[0] = unit[0] = 'X'; /* the table has its own */
    const SpColumn *column = sp_table_column(table, 0);
    for (guint i = 0; i < 50; i++) {
        g_autofree char *other = g_strdup_printf("m%u", i);
        sp_table_add_column(table, &(SpColumn){.name = other, .kind = SP_COLUMN_MEASURE});
    }
    assert_string_equal(column->name, "innbyggere");
    assert_string_equal(column->unit, "persons");
    assert_true(column->is_additive);
    assert_null(column->classification);
}

static void error_names_table_column_and_what_there_is(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("folkemengde", "region:key innbyggere:sum", "0301 5");
    g_autoptr(GError) error = NULL;
    gsize column = 99;
    assert_false(sp_table_need(table, "alder", SP_COLUMN_CODE, &column, &error));
    assert_error(
        error, SP_ERROR_DATA,
        "table folkemengde: no code column \"alder\"; it has region (code), innbyggere (measure)");
    assert_int_equal(column, 99);
}

static void column_of_the_other_kind_is_not_the_one_needed(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key innbyggere:sum", "0301 5");
    g_autoptr(GError) error = NULL;
    gsize column;
    assert_false(sp_table_need(table, "innbyggere", SP_COLUMN_CODE, &column, &error));
    assert_error(error, SP_ERROR_DATA, "no code column \"innbyggere\"");
    assert_true(sp_table_need(table, "innbyggere", SP_COLUMN_MEASURE, &column, NULL));
    assert_int_equal(column, 1);
    assert_int_equal(sp_table_find(table, "none"), SP_NO_COLUMN);
}

static void copy_shares_nothing_with_its_original(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key innbyggere:sum", "0301 5/m", "1103 :");
    sp_table_set_edition(table, "2026-02-25");
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    g_autoptr(SpTable) copy = sp_table_copy(table);
    sp_table_set_code(copy, 0, 0, "5501");
    sp_table_set_real(copy, 0, 1, sp_real(9));
    assert_rows(table, "0301 5/m", "1103 :");
    assert_rows(copy, "5501 9", "1103 :");
    assert_int_equal(sp_codes_size(sp_table_codes(table, 0)) + 1,
                     sp_codes_size(sp_table_codes(copy, 0)));
    assert_string_equal(sp_table_edition(copy), "2026-02-25");
    assert_int_equal(sp_table_marks(copy), SP_MARK_SENSITIVE);
}

static void schema_copy_shares_dictionaries_so_codes_copy_by_number(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key innbyggere:sum", "0301 5", "1103 6");
    sp_table_set_edition(table, "e");
    sp_table_set_marks(table, SP_MARK_SYNTHETIC);
    g_autoptr(SpTable) schema = sp_table_copy_schema(table, "other");
    assert_int_equal(sp_table_n_rows(schema), 0);
    assert_ptr_equal(sp_table_codes(schema, 0), sp_table_codes(table, 0));
    sp_table_add_row(schema);
    sp_table_code_numbers(schema, 0)[0] = sp_table_code_numbers_const(table, 0)[1];
    assert_rows(schema, "1103 ..");
    assert_string_equal(sp_table_name(schema), "other");
    assert_string_equal(sp_table_edition(schema), "e");
    assert_int_equal(sp_table_marks(schema), SP_MARK_SYNTHETIC);
}

static void shared_dictionary_outlives_the_table_it_came_from(void **state)
{
    (void)state;
    SpTable *table = TABLE("t", "region:key innbyggere:sum", "0301 5", "1103 6");
    g_autoptr(SpTable) rows = sp_table_copy_rows(table, NULL, (const gsize[]){1, 1, 0}, 3);
    sp_table_free(table);
    assert_rows(rows, "1103 6", "1103 6", "0301 5");
}

static void codes_can_be_given_another_dictionary(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key innbyggere:sum", "0301 5", "1103 6");
    g_autoptr(SpCodes) codes = sp_codes_new();
    sp_codes_add(codes, "03");
    sp_codes_add(codes, "11");
    sp_table_set_codes(table, 0, codes, (const guint32[]){0, 1});
    sp_table_add_row(table);
    assert_rows(table, "03 5", "11 6", "_ ..");
}

static void table_of_no_rows_and_no_columns_can_be_copied(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = sp_table_new("empty", NULL, 0);
    g_autoptr(SpTable) copy = sp_table_copy(table);
    g_autoptr(SpTable) rows = sp_table_copy_rows(table, NULL, NULL, 0);
    assert_int_equal(sp_table_n_rows(copy), 0);
    assert_int_equal(sp_table_n_columns(rows), 0);
}

static void table_can_be_renamed_to_its_own_name(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = sp_table_new("t", NULL, 0);
    sp_table_set_name(table, sp_table_name(table));
    assert_string_equal(sp_table_name(table), "t");
    assert_null(sp_table_edition(table));
}

static void set_keeps_tables_in_order_and_gives_them_away(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = sp_tables_new();
    g_autoptr(GError) error = NULL;
    sp_tables_add(tables, sp_table_new("b", NULL, 0));
    sp_tables_add(tables, sp_table_new("a", NULL, 0));
    sp_tables_add(tables, sp_table_new("c", NULL, 0));
    g_autoptr(SpTable) stolen = sp_tables_steal(tables, "a");
    assert_string_equal(sp_table_name(stolen), "a");
    assert_null(sp_tables_steal(tables, "a"));
    assert_null(sp_tables_find(tables, "a"));
    assert_int_equal(sp_tables_size(tables), 2);
    assert_string_equal(sp_table_name(sp_tables_at(tables, 1)), "c");
    assert_null(sp_tables_need(tables, "a", &error));
    assert_error(error, SP_ERROR_NO_INPUT, "no table \"a\"; there is b, c");
}

static void all_columns_are_needed_in_the_order_asked_for(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "a:key b:key m:sum", "x y 1");
    g_autoptr(GError) error = NULL;
    gsize found[2];
    assert_true(sp_table_need_all(table, (const char *const[]){"b", "a"}, 2, SP_COLUMN_CODE, found,
                                  &error));
    assert_int_equal(found[0], 1);
    assert_int_equal(found[1], 0);
    assert_false(sp_table_need_all(table, (const char *const[]){"a", "m"}, 2, SP_COLUMN_CODE, found,
                                   &error));
    assert_error(error, SP_ERROR_DATA, "no code column \"m\"");
}

static void column_name_is_small_ascii(void **state)
{
    (void)state;
    assert_true(sp_table_is_column_name("a"));
    assert_true(sp_table_is_column_name("per_10_000"));
    assert_false(sp_table_is_column_name(NULL));
    assert_false(sp_table_is_column_name(""));
    assert_false(sp_table_is_column_name("1a"));
    assert_false(sp_table_is_column_name("_a"));
    assert_false(sp_table_is_column_name("Region"));
    assert_false(sp_table_is_column_name("årsverk"));
    assert_false(sp_table_is_column_name("a b"));
}

static void shared_table_lives_until_its_last_owner(void **state)
{
    (void)state;
    SpTable *table = TABLE("t", "region:key innbyggere:sum", "0301 5");
    g_autoptr(SpTable) shared = sp_table_share(table);
    sp_table_free(table);
    assert_ptr_equal(shared, table);
    assert_rows(shared, "0301 5");
}

static void measure_can_be_told_not_to_add_up(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key innbyggere:sum", "0301 5");
    assert_true(sp_table_column(table, 1)->is_additive);
    sp_table_set_additive(table, 1, FALSE);
    assert_false(sp_table_column(table, 1)->is_additive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_row_is_blank_and_missing_never_zero),
        cmocka_unit_test(rows_survive_growth),
        cmocka_unit_test(added_column_is_blank_in_rows_there_are),
        cmocka_unit_test(column_is_described_as_it_was_made),
        cmocka_unit_test(error_names_table_column_and_what_there_is),
        cmocka_unit_test(column_of_the_other_kind_is_not_the_one_needed),
        cmocka_unit_test(copy_shares_nothing_with_its_original),
        cmocka_unit_test(schema_copy_shares_dictionaries_so_codes_copy_by_number),
        cmocka_unit_test(shared_dictionary_outlives_the_table_it_came_from),
        cmocka_unit_test(codes_can_be_given_another_dictionary),
        cmocka_unit_test(table_of_no_rows_and_no_columns_can_be_copied),
        cmocka_unit_test(table_can_be_renamed_to_its_own_name),
        cmocka_unit_test(shared_table_lives_until_its_last_owner),
        cmocka_unit_test(measure_can_be_told_not_to_add_up),
        cmocka_unit_test(all_columns_are_needed_in_the_order_asked_for),
        cmocka_unit_test(column_name_is_small_ascii),
        cmocka_unit_test(set_keeps_tables_in_order_and_gives_them_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
