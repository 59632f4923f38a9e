/* Two editions of a table, and what is told of their difference. */
#include "tests/core/rows.h"

#include "core/table_rows.h"
#include "transforms/compare/changes.h"

#define SCHEMA "region:key period:key folk:sum andel:other"

/* Rows: tabell noekkel maal slag omfang aarsak aarsak_navn antall foer naa. */
static SpTable *compare(SpTable *before, SpTable *now, SpTellBefore tell, gsize max_rows)
{
    SpTable *changes = sp_changes_new();
    g_autoptr(SpTable) own_before = before;
    g_autoptr(SpTable) own_now = now;
    g_autoptr(GError) error = NULL;
    const SpComparison comparison = {.before = own_before,
                                     .now = own_now,
                                     .tell = tell,
                                     .beside = "merknad",
                                     .cause = "kilde",
                                     .cause_names = "a/b"};
    sp_changes_add(changes, &comparison, max_rows);
    sp_table_check_unique(changes, &error);
    assert_no_error(error);
    return changes;
}

static void the_same_table_has_no_changes(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes =
        compare(TABLE("t", SCHEMA, "0 2024 5 :", "11 2024 .. 0.5/m"),
                TABLE("t", SCHEMA, "0 2024 5 :", "11 2024 .. 0.5/m"), SP_TELL_OPEN, 10);
    assert_int_equal(sp_table_n_rows(changes), 0);
}

static void a_changed_figure_is_told_with_both_values(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes =
        compare(TABLE("t", SCHEMA, "0 2024 5 0.5", "11 2024 3 0.5"),
                TABLE("t", SCHEMA, "0 2024 6/p 0.5", "11 2024 3 0.5"), SP_TELL_SHOWN, 10);
    assert_rows(changes, "t region=0 period=2024 folk endret celle kilde a/b 1 5 6/p");
}

static void figures_of_the_same_text_are_the_same(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes =
        compare(TABLE("t", SCHEMA, "0 2024 5 0.3333333333"),
                TABLE("t", SCHEMA, "0 2024 5 0.33333333331"), SP_TELL_OPEN, 10);
    assert_int_equal(sp_table_n_rows(changes), 0);
}

static void a_figure_that_came_or_went_has_changed(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes = compare(TABLE("t", SCHEMA, "0 2024 .. 0.5"),
                                         TABLE("t", SCHEMA, "0 2024 - .."), SP_TELL_OPEN, 10);
    assert_rows(changes, "t region=0 period=2024 andel endret celle kilde a/b 1 0.5 ..",
                "t region=0 period=2024 folk endret celle kilde a/b 1 .. -");
}

static void another_sign_or_flag_alone_is_a_mark(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes =
        compare(TABLE("t", SCHEMA, "0 2024 5/p -", "11 2024 .. :"),
                TABLE("t", SCHEMA, "0 2024 5 0", "11 2024 ... :/s"), SP_TELL_OPEN, 10);
    assert_rows(changes, "t region=0 period=2024 andel merke celle kilde a/b 1 - 0",
                "t region=0 period=2024 folk merke celle kilde a/b 1 5/p 5",
                "t region=11 period=2024 andel merke celle kilde a/b 1 : :/s",
                "t region=11 period=2024 folk merke celle kilde a/b 1 .. ...");
}

static void a_cell_that_is_hidden_now_does_not_tell_what_it_was(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes =
        compare(TABLE("t", SCHEMA, "0 2024 7/p ..", "11 2024 : 0.5"),
                TABLE("t", SCHEMA, "0 2024 : :", "11 2024 4 0.5"), SP_TELL_OPEN, 10);
    assert_rows(changes, "t region=0 period=2024 andel skjult celle kilde a/b 1 .. :",
                "t region=0 period=2024 folk skjult celle kilde a/b 1 : :",
                "t region=11 period=2024 folk ikke_skjult celle kilde a/b 1 : 4");
}

static void rows_that_came_and_went_are_told_by_cell(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes =
        compare(TABLE("t", SCHEMA, "0 2024 1 0.1", "11 2024 2 0.2"),
                TABLE("t", SCHEMA, "0 2024 1 0.1", "15 2024 3 ."), SP_TELL_OPEN, 10);
    assert_rows(changes, "t region=11 period=2024 andel borte celle kilde a/b 1 0.2 .",
                "t region=11 period=2024 folk borte celle kilde a/b 1 2 .",
                "t region=15 period=2024 folk ny celle kilde a/b 1 . 3");
}

static void a_gone_cell_of_a_sensitive_table_does_not_tell_what_it_was(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes = compare(TABLE("t", SCHEMA, "0 2024 1 0.1", "11 2024 2 ."),
                                         TABLE("t", SCHEMA, "0 2024 2 0.1"), SP_TELL_SHOWN, 10);
    assert_rows(changes, "t region=0 period=2024 folk endret celle kilde a/b 1 1 2",
                "t region=11 period=2024 folk borte celle kilde a/b 1 : .");
}

static void a_guarded_table_tells_no_figure_of_before(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes = compare(TABLE("t", SCHEMA, "0 2024 1 0.1"),
                                         TABLE("t", SCHEMA, "0 2024 2 0.1"), SP_TELL_NONE, 10);
    assert_rows(changes, "t region=0 period=2024 folk endret celle kilde a/b 1 : 2");
}

static void what_may_be_told_follows_from_the_whole_table(void **state)
{
    (void)state;
    g_autoptr(SpTable) hides = TABLE("t", SCHEMA, "0 2024 1 0.1", "11 2024 2 :");
    g_autoptr(SpTable) shows = TABLE("t", SCHEMA, "0 2024 1 0.1", "11 2024 2 ..");
    assert_int_equal(sp_changes_tell(hides), SP_TELL_OPEN);
    sp_table_set_marks(hides, SP_MARK_SENSITIVE | SP_MARK_SYNTHETIC);
    sp_table_set_marks(shows, SP_MARK_SENSITIVE | SP_MARK_SYNTHETIC);
    assert_int_equal(sp_changes_tell(hides), SP_TELL_NONE);
    assert_int_equal(sp_changes_tell(shows), SP_TELL_SHOWN);
}

static void a_new_period_is_one_row_and_so_is_one_that_is_gone(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes =
        compare(TABLE("t", SCHEMA, "0 2023 1 0.1", "0 2024 1 0.1", "11 2023 1 ."),
                TABLE("t", SCHEMA, "0 2024 1 0.1", "0 2025 2 0.2", "11 2024 7 .", "11 2025 3 0.3"),
                SP_TELL_OPEN, 10);
    assert_rows(changes, "t period=2023 _ borte periode kilde a/b 3 . .",
                "t period=2025 _ ny periode kilde a/b 4 . .",
                "t region=11 period=2024 folk ny celle kilde a/b 1 . 7");
}

static void columns_that_came_and_went_are_one_row_each(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes = compare(
        TABLE("t", "region:key merknad:attribute navn:attribute a:sum b:sum", "0 x n 1 2",
              "1 x n 1 2"),
        TABLE("t", "region:key a:sum navn:other c:sum", "0 1 4 9", "1 1 4 9"), SP_TELL_OPEN, 10);
    assert_rows(changes, "t _ b borte kolonne kilde a/b 2 . .", "t _ c ny kolonne kilde a/b 2 . .",
                "t _ navn borte kolonne kilde a/b 2 . .", "t _ navn ny kolonne kilde a/b 2 . .");
}

static void tables_that_came_and_went_are_one_row_each(void **state)
{
    (void)state;
    g_autoptr(SpTable) gone =
        compare(TABLE("t", SCHEMA, "0 2024 1 0.1", "1 2024 1 0.1"), NULL, SP_TELL_NONE, 10);
    g_autoptr(SpTable) came = compare(NULL, TABLE("t", SCHEMA, "0 2024 1 0.1"), SP_TELL_NONE, 10);
    assert_rows(gone, "t _ _ borte tabell kilde a/b 4 . .");
    assert_rows(came, "t _ _ ny tabell kilde a/b 2 . .");
}

static void a_table_of_other_keys_is_another_table(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes =
        compare(TABLE("t", "region:key a:sum", "0 1"),
                TABLE("t", "region:key kjonn:key a:sum", "0 1 1", "0 2 1"), SP_TELL_OPEN, 10);
    assert_rows(changes, "t _ _ borte tabell kilde a/b 1 . .", "t _ _ ny tabell kilde a/b 2 . .");
}

static void another_code_of_a_row_is_a_mark_without_figures(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes = compare(
        TABLE("t", "region:key signal:attribute a:sum", "0 ingen 1", "1 over 1"),
        TABLE("t", "region:key signal:attribute a:sum", "0 over 1", "1 over 1"), SP_TELL_OPEN, 10);
    assert_rows(changes, "t region=0 signal merke celle kilde a/b 1 . .");
}

static void what_is_beyond_the_most_rows_is_counted(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes =
        compare(TABLE("t", "region:key a:sum", "0 1", "1 1", "2 1", "3 1", "4 1/p"),
                TABLE("t", "region:key a:sum", "0 2", "1 2", "2 2", "3 2", "4 1"), SP_TELL_OPEN, 2);
    assert_rows(
        changes, "t _ _ endret resten kilde a/b 2 . .", "t region=0 a endret celle kilde a/b 1 1 2",
        "t region=1 a endret celle kilde a/b 1 1 2", "t region=4 a merke celle kilde a/b 1 1/p 1");
}

static void no_rows_at_all_are_counted_all(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes = compare(TABLE("t", "region:key a:sum", "0 1"),
                                         TABLE("t", "region:key a:sum", "0 2"), SP_TELL_OPEN, 0);
    assert_rows(changes, "t _ _ endret resten kilde a/b 1 . .");
}

static void a_table_without_keys_is_one_row(void **state)
{
    (void)state;
    g_autoptr(SpTable) changes =
        compare(TABLE("t", "a:sum", "1"), TABLE("t", "a:sum", "2"), SP_TELL_OPEN, 5);
    assert_rows(changes, "t _ a endret celle kilde a/b 1 1 2");
}

/* Dictionaries know their codes by the order they came in. */
static void rows_are_met_by_their_codes_and_not_by_their_numbers(void **state)
{
    (void)state;
    SpTable *before = TABLE("t", "region:key a:sum", "9 1", "1 2", "5 3");
    SpTable *now = TABLE("t", "region:key a:sum", "5 3", "9 1", "1 7", "0 1");
    sp_table_sort(before);
    sp_table_sort(now);
    g_autoptr(SpTable) changes = compare(before, now, SP_TELL_OPEN, 5);
    assert_rows(changes, "t region=0 a ny celle kilde a/b 1 . 1",
                "t region=1 a endret celle kilde a/b 1 2 7");
}

static void packages_tell_a_cell_once_and_count_each_its_own(void **state)
{
    (void)state;
    static const char *const regions[] = {"11", "15"};
    g_autoptr(SpTable) one = sp_changes_new();
    g_autoptr(SpTable) other = sp_changes_new();
    g_autoptr(SpTable) before = TABLE("t", "region:key a:sum", "0 1", "11 1", "12 1");
    g_autoptr(SpTable) now = TABLE("t", "region:key a:sum", "0 2", "11 2", "12 2");
    const SpComparison comparison = {
        .before = before, .now = now, .tell = SP_TELL_OPEN, .cause = "ukjent", .cause_names = ""};
    sp_changes_add(one, &comparison, 2);
    sp_changes_add(other, &comparison, 1);
    g_autoptr(SpTable) all =
        sp_changes_join((const SpTable *const[]){one, other}, regions, G_N_ELEMENTS(regions));
    assert_rows(all, "t _ _ endret resten ukjent _ 1 . . 11",
                "t _ _ endret resten ukjent _ 2 . . 15",
                "t region=0 a endret celle ukjent _ 1 1 2 _",
                "t region=11 a endret celle ukjent _ 1 1 2 _");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_table_has_no_changes),
        cmocka_unit_test(a_changed_figure_is_told_with_both_values),
        cmocka_unit_test(figures_of_the_same_text_are_the_same),
        cmocka_unit_test(a_figure_that_came_or_went_has_changed),
        cmocka_unit_test(another_sign_or_flag_alone_is_a_mark),
        cmocka_unit_test(a_cell_that_is_hidden_now_does_not_tell_what_it_was),
        cmocka_unit_test(rows_that_came_and_went_are_told_by_cell),
        cmocka_unit_test(a_gone_cell_of_a_sensitive_table_does_not_tell_what_it_was),
        cmocka_unit_test(a_guarded_table_tells_no_figure_of_before),
        cmocka_unit_test(what_may_be_told_follows_from_the_whole_table),
        cmocka_unit_test(a_new_period_is_one_row_and_so_is_one_that_is_gone),
        cmocka_unit_test(columns_that_came_and_went_are_one_row_each),
        cmocka_unit_test(tables_that_came_and_went_are_one_row_each),
        cmocka_unit_test(a_table_of_other_keys_is_another_table),
        cmocka_unit_test(another_code_of_a_row_is_a_mark_without_figures),
        cmocka_unit_test(what_is_beyond_the_most_rows_is_counted),
        cmocka_unit_test(no_rows_at_all_are_counted_all),
        cmocka_unit_test(a_table_without_keys_is_one_row),
        cmocka_unit_test(rows_are_met_by_their_codes_and_not_by_their_numbers),
        cmocka_unit_test(packages_tell_a_cell_once_and_count_each_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
