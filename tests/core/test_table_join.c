#include "core/table_join.h"

#include "tests/core/rows.h"

static void rows_get_the_columns_of_their_match(void **state)
{
    (void)state;
    g_autoptr(SpTable) left =
        TABLE("left", "region:key period:key x:sum", "1103 2024 1", "0301 2024 2", "1103 2023 3");
    g_autoptr(SpTable) right =
        TABLE("right", "region:key fylke:attribute areal:other", "0301 03 426/p", "1103 11 241");
    g_autoptr(SpTable) joined = sp_table_join(left, right, NULL);
    assert_rows(joined, "1103 2024 1 11 241", "0301 2024 2 03 426/p", "1103 2023 3 11 241");
    assert_string_equal(sp_table_name(joined), "left");
}

static void row_without_match_is_blank_and_missing_not_zero(void **state)
{
    (void)state;
    g_autoptr(SpTable) left = TABLE("left", "region:key x:sum", "5501 1", "0301 2");
    g_autoptr(SpTable) right =
        TABLE("right", "region:key fylke:attribute areal:other", "0301 03 :", "1103 11 241");
    guint32 n_codes = sp_codes_size(sp_table_codes(right, 1));
    g_autoptr(SpTable) joined = sp_table_join(left, right, NULL);
    assert_rows(joined, "5501 1 _ ..", "0301 2 03 :");
    assert_int_equal(sp_codes_size(sp_table_codes(right, 1)),
                     n_codes); /* its dictionary is untouched */
}

static void rows_match_on_the_whole_key(void **state)
{
    (void)state;
    g_autoptr(SpTable) left =
        TABLE("left", "region:key period:key x:sum", "a 2023 1", "a 2024 2", "b 2024 3");
    g_autoptr(SpTable) right =
        TABLE("right", "period:key region:key y:sum", "2024 a 20", "2023 b 30");
    g_autoptr(SpTable) joined = sp_table_join(left, right, NULL);
    assert_rows(joined, "a 2023 1 ..", "a 2024 2 20", "b 2024 3 ..");
}

static void columns_that_left_has_stay_its_own(void **state)
{
    (void)state;
    g_autoptr(SpTable) left = TABLE("left", "region:key x:sum", "a 1");
    g_autoptr(SpTable) right = TABLE("right", "region:key x:sum y:sum", "a 9 8");
    g_autoptr(SpTable) joined = sp_table_join(left, right, NULL);
    assert_rows(joined, "a 1 8");
}

static void marks_are_of_both_and_edition_of_left(void **state)
{
    (void)state;
    g_autoptr(SpTable) left = TABLE("left", "region:key x:sum", "a 1");
    g_autoptr(SpTable) right = TABLE("right", "region:key y:sum", "a 8");
    sp_table_set_edition(left, "e1");
    sp_table_set_edition(right, "e2");
    sp_table_set_marks(left, SP_MARK_SYNTHETIC);
    sp_table_set_marks(right, SP_MARK_SENSITIVE);
    g_autoptr(SpTable) joined = sp_table_join(left, right, NULL);
    assert_int_equal(sp_table_marks(joined), SP_MARK_SYNTHETIC | SP_MARK_SENSITIVE);
    assert_string_equal(sp_table_edition(joined), "e1");
}

static void repeated_key_on_the_right_is_an_error(void **state)
{
    (void)state;
    g_autoptr(SpTable) left = TABLE("left", "region:key x:sum", "a 1");
    g_autoptr(SpTable) right = TABLE("right", "region:key y:sum", "a 8", "b 1", "a 9");
    g_autoptr(GError) error = NULL;
    assert_null(sp_table_join(left, right, &error));
    assert_error(error, SP_ERROR_DATA,
                 "table right: 1 key stands more than once, the first is region=a");
    assert_rows(right, "a 8", "b 1", "a 9");
}

static void key_that_left_lacks_is_an_error(void **state)
{
    (void)state;
    g_autoptr(SpTable) left = TABLE("left", "region:key period:sum", "a 1");
    g_autoptr(SpTable) right = TABLE("right", "region:key period:key y:sum", "a 2024 8");
    g_autoptr(GError) error = NULL;
    assert_null(sp_table_join(left, right, &error));
    assert_error(error, SP_ERROR_DATA,
                 "joining table right by its key: table left: no code column \"period\"");
}

static void empty_tables_join(void **state)
{
    (void)state;
    g_autoptr(SpTable) left = TABLE("left", "region:key x:sum", "a 1");
    g_autoptr(SpTable) right = TABLE("right", "region:key y:sum", "a 8");
    g_autoptr(SpTable) no_left = sp_table_copy_schema(left, NULL);
    g_autoptr(SpTable) no_right = sp_table_copy_schema(right, NULL);
    g_autoptr(SpTable) none = sp_table_join(no_left, right, NULL);
    g_autoptr(SpTable) unmatched = sp_table_join(left, no_right, NULL);
    assert_int_equal(sp_table_n_rows(none), 0);
    assert_int_equal(sp_table_n_columns(none), 3);
    assert_rows(unmatched, "a 1 ..");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_get_the_columns_of_their_match),
        cmocka_unit_test(row_without_match_is_blank_and_missing_not_zero),
        cmocka_unit_test(rows_match_on_the_whole_key),
        cmocka_unit_test(columns_that_left_has_stay_its_own),
        cmocka_unit_test(marks_are_of_both_and_edition_of_left),
        cmocka_unit_test(repeated_key_on_the_right_is_an_error),
        cmocka_unit_test(key_that_left_lacks_is_an_error),
        cmocka_unit_test(empty_tables_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
