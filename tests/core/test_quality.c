/* The quality report. */
#include "tests/check.h"

#include "core/quality.h"

static void repeated_finding_only_counts_up(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    sp_quality_note(quality, "unknown_code", "region 9999", 12, "region %s is not in klass-131",
                    "9999");
    sp_quality_note(quality, "unknown_code", "region 9999", 15, "another text");
    g_autoptr(SpTable) table = sp_quality_table(quality);
    assert_int_equal(sp_table_n_rows(table), 1);
    assert_string_equal(sp_table_code(table, 0, sp_table_find(table, "text")),
                        "region 9999 is not in klass-131");
    assert_string_equal(sp_table_code(table, 0, sp_table_find(table, "row")), "12");
    assert_near(sp_table_real(table, 0, sp_table_find(table, "n")).value, 2.0, 0.0);
}

static void count_is_over_all_subjects_of_a_kind(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    sp_quality_note(quality, "unknown_code", "a", 0, "x");
    sp_quality_note(quality, "unknown_code", "b", 0, "x");
    sp_quality_note(quality, "unknown_code", "b", 0, "x");
    sp_quality_note(quality, "split_modelled", "b", 0, "x");
    assert_int_equal(sp_quality_count(quality, "unknown_code"), 3);
    assert_int_equal(sp_quality_count(quality, "split_modelled"), 1);
    assert_int_equal(sp_quality_count(quality, "never_seen"), 0);
}

static void report_is_sorted_whatever_the_order_of_notes(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    sp_quality_note(quality, "b", "z", 0, "1");
    sp_quality_note(quality, "b", "a", 0, "2");
    sp_quality_note(quality, "a", "z", 0, "3");
    g_autoptr(SpTable) table = sp_quality_table(quality);
    assert_string_equal(sp_table_name(table), "kvalitet");
    assert_int_equal(sp_table_n_rows(table), 3);
    assert_string_equal(sp_table_code(table, 0, 2), "3");
    assert_string_equal(sp_table_code(table, 1, 2), "2");
    assert_string_equal(sp_table_code(table, 2, 2), "1");
}

static void finding_without_a_row_has_an_empty_one(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    sp_quality_note(quality, "total_checked", "folkemengde", 0, "sums to the country");
    g_autoptr(SpTable) table = sp_quality_table(quality);
    assert_string_equal(sp_table_code(table, 0, sp_table_find(table, "row")), "");
}

static void kind_and_subject_do_not_run_together(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    sp_quality_note(quality, "ab", "c", 0, "1");
    sp_quality_note(quality, "a", "bc", 0, "2");
    g_autoptr(SpTable) table = sp_quality_table(quality);
    assert_int_equal(sp_table_n_rows(table), 2);
}

static void report_without_findings_is_an_empty_table(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = sp_quality_table(quality);
    assert_int_equal(sp_table_n_rows(table), 0);
    assert_true(sp_table_column(table, sp_table_find(table, "kind"))->is_key);
    assert_true(sp_table_column(table, sp_table_find(table, "subject"))->is_key);
    assert_false(sp_table_column(table, sp_table_find(table, "row"))->is_key);
}

static void another_report_is_added_under_its_name(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpQuality) other = sp_quality_new();
    sp_quality_note(other, "unknown_code", "column a", 3, "first");
    sp_quality_note(other, "unknown_code", "column a", 4, "second");
    sp_quality_note(quality, "unknown_code", "t: column a", 9, "here before");
    sp_quality_add(quality, other, "t");
    sp_quality_add(quality, other, NULL);
    assert_int_equal(sp_quality_count(quality, "unknown_code"), 5);
    g_autoptr(SpTable) table = sp_quality_table(quality);
    assert_int_equal(sp_table_n_rows(table), 2);
    assert_string_equal(sp_table_code(table, 0, 1), "column a");
    assert_string_equal(sp_table_code(table, 0, 2), "first");
    assert_true(sp_table_real(table, 0, 4).value == 2);
    assert_string_equal(sp_table_code(table, 1, 1), "t: column a");
    assert_string_equal(sp_table_code(table, 1, 2), "here before");
    assert_true(sp_table_real(table, 1, 4).value == 3);
}

static void of_rows_looked_at_twice_the_larger_number_holds(void **state)
{
    (void)state;
    g_autoptr(SpQuality) one = sp_quality_new();
    g_autoptr(SpQuality) two = sp_quality_new();
    sp_quality_note(one, "unknown_code", "column a", 3, "of one");
    sp_quality_note(two, "unknown_code", "column a", 3, "of two");
    sp_quality_note(two, "unknown_code", "column a", 4, "of two");
    sp_quality_note(two, "bad_year", "column b", 5, "of two alone");
    sp_quality_join(one, two);
    sp_quality_join(one, two);
    assert_int_equal(sp_quality_count(one, "unknown_code"), 2);
    assert_int_equal(sp_quality_count(one, "bad_year"), 1);
    g_autoptr(SpTable) table = sp_quality_table(one);
    assert_int_equal(sp_table_n_rows(table), 2);
    assert_string_equal(sp_table_code(table, 1, 2), "of one");
    assert_true(sp_table_real(table, 1, 4).value == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_report_is_added_under_its_name),
        cmocka_unit_test(of_rows_looked_at_twice_the_larger_number_holds),
        cmocka_unit_test(repeated_finding_only_counts_up),
        cmocka_unit_test(count_is_over_all_subjects_of_a_kind),
        cmocka_unit_test(report_is_sorted_whatever_the_order_of_notes),
        cmocka_unit_test(finding_without_a_row_has_an_empty_one),
        cmocka_unit_test(kind_and_subject_do_not_run_together),
        cmocka_unit_test(report_without_findings_is_an_empty_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
