#include "core/table_group.h"

#include "tests/core/rows.h"

static void parts_are_summed_by_group_and_sorted(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("folkemengde", "region:key kjonn:key innbyggere:sum",
                                     "1103 1 10", "0301 2 2", "1103 2 20", "0301 1 1");
    const char *const by[] = {"region"};
    g_autoptr(SpTable) sums = sp_table_group(table, "sums", by, 1, NULL);
    assert_rows(sums, "0301 3", "1103 30");
    assert_string_equal(sp_table_name(sums), "sums");
}

static void measures_that_do_not_add_up_are_left_out(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("t", "region:key navn:attribute rate:other x:sum", "a A 1 1", "a A 1 1");
    const char *const by[] = {"region"};
    g_autoptr(SpTable) sums = sp_table_group(table, "sums", by, 1, NULL);
    assert_rows(sums, "a 2");
    assert_int_equal(sp_table_find(sums, "rate"), SP_NO_COLUMN);
    assert_int_equal(sp_table_find(sums, "navn"), SP_NO_COLUMN);
}

static void suppressed_part_suppresses_the_sum(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key alder:key x:sum", "a 1 5/m",
                                     "a 2 :", "a 3 ..", "b 1 .", "b 2 4/p", "c 1 .");
    const char *const by[] = {"region"};
    g_autoptr(SpTable) sums = sp_table_group(table, "sums", by, 1, NULL);
    assert_rows(sums, "a :/m", "b 4/p", "c .");
}

static void parts_sum_to_the_whole_in_row_order(void **state)
{
    (void)state;
    /* Added the other way round the small number would survive. */
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "b 1", "a 1", "a 1e300", "a -1e300");
    const char *const by[] = {"region"};
    g_autoptr(SpTable) sums = sp_table_group(table, "sums", by, 1, NULL);
    assert_rows(sums, "a -", "b 1");
}

static void key_of_the_result_is_what_was_asked_for(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key fylke:attribute period:key x:sum",
                                     "a 03 2024 1", "b 03 2024 2", "c 11 2023 4");
    const char *const by[] = {"period", "fylke"};
    sp_table_set_edition(table, "e1");
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    g_autoptr(SpTable) sums = sp_table_group(table, "sums", by, 2, NULL);
    assert_rows(sums, "2023 11 4", "2024 03 3");
    assert_true(sp_table_column(sums, 1)->is_key);
    assert_string_equal(sp_table_edition(sums), "e1");
    assert_int_equal(sp_table_marks(sums), SP_MARK_SENSITIVE);
}

static void group_by_nothing_is_the_total(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "a 1", "b 2");
    g_autoptr(SpTable) empty = sp_table_copy_schema(table, NULL);
    g_autoptr(SpTable) total = sp_table_group(table, "total", NULL, 0, NULL);
    g_autoptr(SpTable) nothing = sp_table_group(empty, "total", NULL, 0, NULL);
    assert_rows(total, "3");
    assert_int_equal(sp_table_n_rows(nothing), 0);
}

static void unknown_group_column_is_named(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "a 1");
    const char *const by[] = {"fylke"};
    g_autoptr(GError) error = NULL;
    assert_null(sp_table_group(table, "sums", by, 1, &error));
    assert_error(error, SP_ERROR_DATA, "table t: no code column \"fylke\"");
}

static const char *first_two(const char *code, gpointer data)
{
    guint *n_calls = data;
    static char fylke[3];
    (*n_calls)++;
    if (strcmp(code, "9999") == 0) {
        return NULL;
    }
    fylke[0] = code[0];
    fylke[1] = code[1];
    return fylke;
}

static void mapped_codes_are_asked_for_once_and_dropped_rows_go(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("t", "region:key x:sum", "1103 1", "9999 2", "0301 3", "1103 4", "1106 5");
    guint n_calls = 0;
    g_autoptr(SpTable) mapped = sp_table_map_codes(table, "region", first_two, &n_calls, NULL);
    assert_rows(mapped, "11 1", "03 3", "11 4", "11 5");
    assert_int_equal(n_calls, 4);
    assert_rows(table, "1103 1", "9999 2", "0301 3", "1103 4", "1106 5");
    assert_int_equal(sp_codes_size(sp_table_codes(mapped, 0)), 2);
}

static void mapping_keeps_totals(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "1103 1", "0301 3", "1106 5");
    guint n_calls = 0;
    g_autoptr(SpTable) mapped = sp_table_map_codes(table, "region", first_two, &n_calls, NULL);
    g_autoptr(SpTable) total = sp_table_group(mapped, "total", NULL, 0, NULL);
    assert_rows(total, "9");
}

static void code_that_stands_in_no_row_is_not_mapped(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "1103 1", "9999 2");
    g_autoptr(SpTable) one = sp_table_copy_rows(table, NULL, (const gsize[]){0}, 1);
    guint n_calls = 0;
    g_autoptr(SpTable) mapped = sp_table_map_codes(one, "region", first_two, &n_calls, NULL);
    assert_rows(mapped, "11 1");
    assert_int_equal(n_calls, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_summed_by_group_and_sorted),
        cmocka_unit_test(measures_that_do_not_add_up_are_left_out),
        cmocka_unit_test(suppressed_part_suppresses_the_sum),
        cmocka_unit_test(parts_sum_to_the_whole_in_row_order),
        cmocka_unit_test(key_of_the_result_is_what_was_asked_for),
        cmocka_unit_test(group_by_nothing_is_the_total),
        cmocka_unit_test(unknown_group_column_is_named),
        cmocka_unit_test(mapped_codes_are_asked_for_once_and_dropped_rows_go),
        cmocka_unit_test(mapping_keeps_totals),
        cmocka_unit_test(code_that_stands_in_no_row_is_not_mapped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
