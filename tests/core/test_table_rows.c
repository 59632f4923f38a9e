#include "core/table_rows.h"

#include "tests/core/rows.h"

static void rows_are_sorted_by_key_in_column_order(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key period:key x:sum", "1103 2024 1",
                                     "0301 2025 2", "1103 2023 3", "0301 2024 4/p");
    sp_table_sort(table);
    assert_rows(table, "0301 2024 4/p", "0301 2025 2", "1103 2023 3", "1103 2024 1");
}

static void order_is_of_bytes_and_blank_comes_first(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("t", "navn:key x:sum", "å 1", "Z 2", "a 3", "10 4", "9 5", "_ 6");
    sp_table_sort(table);
    assert_rows(table, "_ 6", "10 4", "9 5", "Z 2", "a 3", "å 1");
}

static void rows_of_equal_keys_keep_their_order(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("t", "region:key navn:attribute x:sum", "b z 1", "a y 2", "b a 3", "a b 4", "b k 5");
    sp_table_sort(table);
    assert_rows(table, "a y 2", "a b 4", "b z 1", "b a 3", "b k 5");
}

/* Six dictionaries of 600 codes and three of 2 take 66 bits: more than one word of the radix sort.
 * Many rows share the first word, so the second decides. */
static void keys_wider_than_a_word_are_sorted(void **state)
{
    (void)state;
    enum { N_KEYS = 9, N_ROWS = 3000 };
    g_autoptr(SpTable) table = sp_table_new("t", NULL, 0);
    for (guint i = 0; i < N_KEYS; i++) {
        g_autofree char *name = g_strdup_printf("k%u", i);
        sp_table_add_column(table,
                            &(SpColumn){.name = name, .kind = SP_COLUMN_CODE, .is_key = TRUE});
    }
    guint32 random = 12345;
    for (gsize row = 0; row < N_ROWS; row++) {
        sp_table_add_row(table);
        for (gsize i = 0; i < N_KEYS; i++) {
            random = random * 1664525 + 1013904223;
            g_autofree char *code = g_strdup_printf("%03u", (random >> 16) % (i < 3 ? 2 : 600));
            sp_table_set_code(table, row, i, code);
        }
    }
    sp_table_sort(table);
    for (gsize row = 1; row < N_ROWS; row++) {
        int order = 0;
        for (gsize i = 0; i < N_KEYS && order == 0; i++) {
            order = strcmp(sp_table_code(table, row - 1, i), sp_table_code(table, row, i));
        }
        assert_in_range(order + 1000, 0, 1000);
    }
}

static void order_by_any_columns_leaves_the_table(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "a:key b:attribute x:sum", "1 z 1", "2 y 2", "3 y 3");
    g_autofree gsize *order = sp_table_order(table, (const gsize[]){1}, 1);
    const gsize wanted[] = {1, 2, 0};
    assert_memory_equal(order, wanted, sizeof wanted);
    assert_rows(table, "1 z 1", "2 y 2", "3 y 3");
}

static void repeated_key_is_named_with_table_and_count(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("folkemengde", "region:key period:key x:sum", "1103 2024 1", "0301 2024 2",
              "0301 2023 2", "1103 2024 1", "0301 2024 2", "0301 2024 7");
    g_autoptr(GError) error = NULL;
    assert_false(sp_table_check_unique(table, &error));
    assert_error(
        error, SP_ERROR_DATA,
        "table folkemengde: 2 keys stand more than once, the first is region=0301, period=2024");
}

static void unique_keys_pass_and_are_sorted(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("t", "region:key navn:attribute x:sum", "b same 1", "a same 1");
    g_autoptr(GError) error = NULL;
    assert_true(sp_table_check_unique(table, &error));
    assert_no_error(error);
    assert_rows(table, "a same 1", "b same 1");
}

static void table_without_key_has_room_for_one_row(void **state)
{
    (void)state;
    g_autoptr(SpTable) one = TABLE("t", "x:sum", "1");
    g_autoptr(SpTable) two = TABLE("t", "x:sum", "1", "2");
    g_autoptr(SpTable) none = sp_table_new("t", NULL, 0);
    g_autoptr(GError) error = NULL;
    assert_true(sp_table_check_unique(one, NULL));
    assert_true(sp_table_check_unique(none, NULL));
    assert_false(sp_table_check_unique(two, &error));
    assert_error(error, SP_ERROR_DATA, "(no key columns)");
}

static gboolean is_large(const SpTable *table, gsize row, gpointer data)
{
    return sp_table_real(table, row, 1).value > *(const double *)data;
}

static void filter_keeps_rows_in_order_with_edition_and_marks(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "c 9", "b 1", "a 8");
    sp_table_set_edition(table, "e1");
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    double limit = 5;
    g_autoptr(SpTable) large = sp_table_filter(table, is_large, &limit);
    assert_rows(large, "c 9", "a 8");
    assert_string_equal(sp_table_name(large), "t");
    assert_string_equal(sp_table_edition(large), "e1");
    assert_int_equal(sp_table_marks(large), SP_MARK_SENSITIVE);
}

static void filter_by_codes_ignores_codes_that_are_not_there(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "c 9", "b 1", "a 8");
    const char *const codes[] = {"a", "nowhere", "c"};
    g_autoptr(SpTable) some = sp_table_filter_codes(table, 0, codes, G_N_ELEMENTS(codes));
    g_autoptr(SpTable) none = sp_table_filter_codes(table, 0, codes + 1, 1);
    assert_rows(some, "c 9", "a 8");
    assert_int_equal(sp_table_n_rows(none), 0);
}

static void used_codes_are_those_of_rows_not_of_the_dictionary(void **state)
{
    (void)state;
    static const char *const kept[] = {"a", "c"};
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "a 1", "b 2", "c 3", "a 4");
    g_autoptr(SpTable) some = sp_table_filter_codes(table, 0, kept, G_N_ELEMENTS(kept));
    g_autofree gboolean *is_used = sp_table_used_codes(some, 0);
    const SpCodes *codes = sp_table_codes(some, 0);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *code = sp_codes_text(codes, i);
        assert_int_equal(is_used[i], strcmp(code, "a") == 0 || strcmp(code, "c") == 0);
    }
    assert_true(sp_codes_size(codes) >= 3);
}

static gboolean is_after(const char *code, gconstpointer than)
{
    return strcmp(code, than) > 0;
}

static void used_list_is_in_byte_order_and_of_those_that_count(void **state)
{
    (void)state;
    static const char *const kept[] = {"b", "c", "a"};
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "d 1", "c 3", "a 4", "b 2", "c 5");
    g_autoptr(SpTable) some = sp_table_filter_codes(table, 0, kept, G_N_ELEMENTS(kept));
    g_auto(GStrv) all = sp_table_used_list(some, 0, NULL, NULL);
    g_auto(GStrv) later = sp_table_used_list(some, 0, is_after, "a");
    g_auto(GStrv) none = sp_table_used_list(some, 0, is_after, "c");
    g_autofree char *told = g_strjoinv(" ", all);
    g_autofree char *told_later = g_strjoinv(" ", later);
    assert_string_equal(told, "a b c");
    assert_string_equal(told_later, "b c");
    assert_null(none[0]);
}

static void stacked_tables_keep_order_and_or_their_marks(void **state)
{
    (void)state;
    g_autoptr(SpTable) first = TABLE("first", "region:key x:sum", "b 1", "a :");
    g_autoptr(SpTable) second = TABLE("second", "region:key x:sum", "c 3/m", "b 4");
    g_autoptr(SpTable) empty = sp_table_copy_schema(first, "empty");
    sp_table_set_edition(first, "e1");
    sp_table_set_edition(second, "e2");
    sp_table_set_marks(first, SP_MARK_SENSITIVE);
    sp_table_set_marks(second, SP_MARK_SYNTHETIC);
    const SpTable *const tables[] = {first, empty, second};
    guint32 n_codes = sp_codes_size(sp_table_codes(first, 0));
    g_autoptr(SpTable) all = sp_table_concat(tables, G_N_ELEMENTS(tables), NULL);
    assert_rows(all, "b 1", "a :", "c 3/m", "b 4");
    assert_string_equal(sp_table_name(all), "first");
    assert_string_equal(sp_table_edition(all), "e1");
    assert_int_equal(sp_table_marks(all), SP_MARK_SENSITIVE | SP_MARK_SYNTHETIC);
    assert_int_equal(sp_codes_size(sp_table_codes(first, 0)), n_codes);
}

static void tables_of_other_columns_are_not_stacked(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key x:sum", "b 1");
    g_autoptr(SpTable) renamed = TABLE("u", "region:key y:sum", "b 1");
    g_autoptr(SpTable) longer = TABLE("v", "region:key x:sum y:sum", "b 1 1");
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) error2 = NULL;
    assert_null(sp_table_concat((const SpTable *const[]){table, renamed}, 2, &error));
    assert_error(error, SP_ERROR_DATA, "table u cannot be stacked on t: column 2 is y");
    assert_null(sp_table_concat((const SpTable *const[]){table, longer}, 2, &error2));
    assert_error(error2, SP_ERROR_DATA, "it has 3 columns, want 2");
}

static void selection_has_the_columns_asked_for_in_that_order(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key navn:attribute x:sum", "b Bø 1", "a Å :");
    const char *const columns[] = {"x", "region"};
    const char *const wrong[] = {"region", "alder"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) selected = sp_table_select(table, columns, 2, NULL);
    assert_rows(selected, "1 b", ": a");
    assert_true(sp_table_column(selected, 1)->is_key);
    assert_null(sp_table_select(table, wrong, 2, &error));
    assert_error(error, SP_ERROR_DATA, "\"alder\"");
}

static void index_finds_the_first_row_of_a_key(void **state)
{
    (void)state;
    SpTable *table =
        TABLE("t", "region:key period:key x:sum", "b 2024 1", "a 2024 2", "b 2024 3", "a 2025 4");
    const gsize columns[] = {1, 0};
    g_autoptr(SpTableIndex) index = sp_table_index_new(table, columns, 2);
    gsize row = 99;
    assert_true(sp_table_index_find(index, (const char *const[]){"2024", "b"}, &row));
    assert_int_equal(row, 0);
    assert_true(sp_table_index_find(index, (const char *const[]){"2025", "a"}, &row));
    assert_int_equal(row, 3);
    assert_false(sp_table_index_find(index, (const char *const[]){"2025", "b"}, &row));
    assert_false(sp_table_index_find(index, (const char *const[]){"b", "2024"}, &row));
    assert_int_equal(row, 3);
    sp_table_free(table); /* the index may outlive it */
    assert_true(sp_table_index_find(index, (const char *const[]){"2024", "a"}, &row));
    assert_int_equal(row, 1);
}

static void index_of_an_empty_table_finds_nothing(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        sp_table_new("t", &(SpColumn){.name = "region", .kind = SP_COLUMN_CODE}, 1);
    g_autoptr(SpTableIndex) index = sp_table_index_new(table, (const gsize[]){0}, 1);
    gsize row;
    assert_false(sp_table_index_find(index, (const char *const[]){""}, &row));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_sorted_by_key_in_column_order),
        cmocka_unit_test(order_is_of_bytes_and_blank_comes_first),
        cmocka_unit_test(rows_of_equal_keys_keep_their_order),
        cmocka_unit_test(keys_wider_than_a_word_are_sorted),
        cmocka_unit_test(order_by_any_columns_leaves_the_table),
        cmocka_unit_test(repeated_key_is_named_with_table_and_count),
        cmocka_unit_test(unique_keys_pass_and_are_sorted),
        cmocka_unit_test(table_without_key_has_room_for_one_row),
        cmocka_unit_test(filter_keeps_rows_in_order_with_edition_and_marks),
        cmocka_unit_test(filter_by_codes_ignores_codes_that_are_not_there),
        cmocka_unit_test(used_list_is_in_byte_order_and_of_those_that_count),
        cmocka_unit_test(used_codes_are_those_of_rows_not_of_the_dictionary),
        cmocka_unit_test(stacked_tables_keep_order_and_or_their_marks),
        cmocka_unit_test(tables_of_other_columns_are_not_stacked),
        cmocka_unit_test(selection_has_the_columns_asked_for_in_that_order),
        cmocka_unit_test(index_finds_the_first_row_of_a_key),
        cmocka_unit_test(index_of_an_empty_table_finds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
