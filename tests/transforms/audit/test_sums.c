/* Do the published parts add up to the published wholes? */
#include "tests/core/rows.h"

#include "transforms/audit/sums.h"

static guint n_breaks(const SpTable *table, gsize n_checked)
{
    g_autoptr(GPtrArray) breaks = g_ptr_array_new_with_free_func(g_free);
    assert_int_equal(sp_audit_sums(table, TRUE, breaks), n_checked);
    return breaks->len;
}

static void a_fylke_that_is_the_sum_of_its_kommuner_is_right(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key kjonn:key n:sum", "1101 1 2", "1101 2 3",
                                     "1103 1 4", "1103 2 5", "11 1 6", "11 2 8");
    assert_int_equal(n_breaks(table, 2), 0);
}

static void a_fylke_that_is_not_is_named_with_both_figures(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("t", "region:key period:key n:sum", "1101 2024 2", "1103 2024 4", "11 2024 7");
    g_autoptr(GPtrArray) breaks = g_ptr_array_new_with_free_func(g_free);
    assert_int_equal(sp_audit_sums(table, TRUE, breaks), 1);
    assert_int_equal(breaks->len, 1);
    assert_string_equal(breaks->pdata[0], "t: n of 11 2024 is 7, but its 2 kommuner sum to 6");
}

static void rounding_to_nine_digits_is_no_break(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("t", "region:key n:sum", "1101 0.333333333", "1103 0.333333333", "11 0.666666667");
    assert_int_equal(n_breaks(table, 1), 0);
}

static void suppressed_and_missing_parts_are_not_summed(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("t", "region:key n:sum", "1101 :", "1103 4", "11 10", "1505 ..", "1506 1", "15 3");
    assert_int_equal(n_breaks(table, 0), 0);
}

static void a_measure_that_does_not_add_up_is_not_checked(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key rate:other", "1101 2", "1103 4", "11 3");
    assert_int_equal(n_breaks(table, 0), 0);
}

static void a_table_without_regions_has_nothing_to_check(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "alder:key n:sum", "000 2");
    assert_int_equal(n_breaks(table, 0), 0);
}

#define COUNTRY "1101 2 2", "1103 4 4", "11 6 6", "1508 1 1", "15 1 1"

static void a_country_of_our_own_is_the_sum_of_its_fylker(void **state)
{
    (void)state;
    g_autoptr(SpTable) right = TABLE("t", "region:key n:sum m:other", COUNTRY, "0 7 9");
    g_autoptr(SpTable) wrong = TABLE("t", "region:key n:sum m:other", COUNTRY, "0 8 7");
    g_autoptr(GPtrArray) breaks = g_ptr_array_new_with_free_func(g_free);
    assert_int_equal(n_breaks(right, 3), 0);
    assert_int_equal(sp_audit_sums(wrong, TRUE, breaks), 3);
    assert_int_equal(breaks->len, 1);
    assert_string_equal(breaks->pdata[0], "t: n of 0 is 8, but its 2 fylker sum to 7");
}

static void a_published_country_need_not_be_a_sum_but_ours_beside_it_must(void **state)
{
    (void)state;
    g_autoptr(SpTable) published = TABLE("t", "region:key n:sum m:other", COUNTRY, "0 8 7");
    g_autoptr(SpTable) both = TABLE("t", "region:key n:sum m:other", COUNTRY, "0 8 7", "0k 9 7");
    g_autoptr(GPtrArray) breaks = g_ptr_array_new_with_free_func(g_free);
    assert_int_equal(sp_audit_sums(published, FALSE, breaks), 2);
    assert_int_equal(breaks->len, 0);
    assert_int_equal(sp_audit_sums(both, FALSE, breaks), 3);
    assert_int_equal(breaks->len, 1);
    assert_string_equal(breaks->pdata[0], "t: n of 0k is 9, but its 2 fylker sum to 7");
}

static void a_package_of_one_fylke_says_nothing_of_the_country(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key n:sum", "1101 2", "11 2", "0 700");
    assert_int_equal(n_breaks(table, 1), 0);
}

static void a_fylke_without_a_row_leaves_the_country_unchecked(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", "region:key period:key n:sum", "11 2023 2", "15 2023 3",
                                     "0 2023 5", "11 2024 2", "0 2024 9");
    assert_int_equal(n_breaks(table, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fylke_that_is_the_sum_of_its_kommuner_is_right),
        cmocka_unit_test(a_fylke_that_is_not_is_named_with_both_figures),
        cmocka_unit_test(rounding_to_nine_digits_is_no_break),
        cmocka_unit_test(suppressed_and_missing_parts_are_not_summed),
        cmocka_unit_test(a_measure_that_does_not_add_up_is_not_checked),
        cmocka_unit_test(a_table_without_regions_has_nothing_to_check),
        cmocka_unit_test(a_country_of_our_own_is_the_sum_of_its_fylker),
        cmocka_unit_test(a_published_country_need_not_be_a_sum_but_ours_beside_it_must),
        cmocka_unit_test(a_package_of_one_fylke_says_nothing_of_the_country),
        cmocka_unit_test(a_fylke_without_a_row_leaves_the_country_unchecked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
