/* What an attacker who has kept earlier editions finds. Today's edition hides a square of region
 * and sex that gives nothing away by itself. */
#include "tests/transforms/audit/attacked.h"

#define SEXES "t kjonn 0 1 sum\nt kjonn 0 2 sum\n"
#define REGIONS "t region 11 1101 sum\nt region 11 1103 sum\nt region 11 1106 sum"

static SpTable *today(void)
{
    return TABLE("t", "region:key kjonn:key n:sum", "11 0 90", "11 1 45", "11 2 45", "1101 0 30",
                 "1101 1 :", "1101 2 :", "1103 0 40", "1103 1 :", "1103 2 :", "1106 0 20",
                 "1106 1 5", "1106 2 15");
}

static void check_after(SpTable *now, SpTable *one, SpTable *other, const char *wanted,
                        gsize n_told)
{
    g_autoptr(SpTables) before = tables_of(one, other);
    const Knowledge known = {.sammenheng = SEXES REGIONS, .before = before};
    g_autoptr(SpAttack) attack = attack_on(tables_of(now, NULL), &known, ENOUGH_WORK);
    assert_int_equal(attack->n_told_before, n_told);
    g_autofree char *found = found_by(g_steal_pointer(&attack));
    assert_string_equal(found, wanted);
}

static void one_figure_that_was_shown_opens_the_square(void **state)
{
    (void)state;
    check_after(today(), TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "1101 1 12"),
                NULL,
                "derived t n region=1101 kjonn=2\nderived t n region=1103 kjonn=1\n"
                "derived t n region=1103 kjonn=2",
                1);
}

/* The earlier editions gave the square away by themselves: the first shows a figure of it, the
 * second its sums. */
static void what_earlier_editions_gave_away_is_no_finding(void **state)
{
    (void)state;
    check_after(today(), TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "1101 1 12"),
                TABLE("t@2025-11-01-00000000", "region:key kjonn:key n:sum", "11 1 45", "11 2 45",
                      "1101 0 30", "1103 0 40", "1106 1 5", "1106 2 15"),
                "", 4);
}

/* 1101 had 28 then: its men may have been others, too. */
static void what_was_revised_since_tells_nothing(void **state)
{
    (void)state;
    check_after(
        today(),
        TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "1101 0 28", "1101 1 12"),
        NULL, "", 1);
}

/* What today's edition gives away is found though an earlier one gave away what it was then. */
static void a_revised_figure_is_a_new_secret(void **state)
{
    (void)state;
    check_after(TABLE("t", "region:key kjonn:key n:sum", "11 0 40", "11 1 :", "11 2 37"),
                TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 0 40", "11 2 36"),
                NULL, "derived t n region=11 kjonn=1", 0);
    check_after(TABLE("t", "region:key kjonn:key n:sum", "11 0 40", "11 1 :", "11 2 37"),
                TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 0 40", "11 1 4"),
                TABLE("t@2025-11-01-00000000", "region:key kjonn:key n:sum", "11 2 36"),
                "derived t n region=11 kjonn=1", 0);
}

static SpTable *marked(SpTable *table, guint marks)
{
    sp_table_set_marks(table, marks);
    return table;
}

static void made_up_and_rounded_figures_are_not_known(void **state)
{
    (void)state;
    check_after(today(),
                marked(TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "1101 1 12"),
                       SP_MARK_SYNTHETIC),
                NULL, "", 0);
    SpTable *rounded = TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "1101 1 12");
    SpReal real = sp_table_real(rounded, 0, 2);
    real.flags |= SP_FLAG_ROUNDED;
    sp_table_set_real(rounded, 0, 2, real);
    check_after(today(), rounded, NULL, "", 0);
}

/* All that changed is seen, and it is not the men of 1101. */
static void what_others_changes_explain_was_not_revised(void **state)
{
    (void)state;
    check_after(today(),
                TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 1 44", "1106 1 4",
                      "1101 1 12"),
                NULL, "derived t n region=1101 kjonn=2\nderived t n region=1103 kjonn=2", 2);
}

/* More men than persons: they were revised, though nothing beside them says so. */
static void figures_that_contradict_todays_tell_nothing(void **state)
{
    (void)state;
    check_after(today(), TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "1101 1 32"),
                NULL, "", 1);
}

static void what_followed_then_is_another_figure_now(void **state)
{
    (void)state;
    check_after(TABLE("t", "region:key kjonn:key n:sum", "11 1 10", "1103 0 20", "1103 1 7",
                      "1103 2 13", "1101 1 :"),
                TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 1 10", "1103 0 20",
                      "1103 1 :", "1103 2 14", "1101 1 :"),
                NULL, "derived t n region=1101 kjonn=1", 0);
    /* A figure of which another package, or today's sums, tell a new value. */
    check_after(TABLE("t", "region:key kjonn:key n:sum", "11 1 :", "11 1 7"),
                TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 1 4"), NULL,
                "derived t n region=11 kjonn=1", 0);
    check_after(TABLE("t", "region:key kjonn:key n:sum", "11 0 40", "11 1 :", "11 2 37"),
                TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 1 4"), NULL,
                "derived t n region=11 kjonn=1", 0);
}

/* Earlier editions had other rows: one more that was hidden, or none by sex. */
static void what_earlier_editions_did_not_tell_is_found(void **state)
{
    (void)state;
    check_after(TABLE("t", "region:key kjonn:key n:sum", "11 1 10", "1103 1 4", "1101 1 :"),
                TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 1 10", "1103 1 4",
                      "1101 1 :", "1106 1 :"),
                NULL, "derived t n region=1101 kjonn=1", 0);
    check_after(TABLE("t", "region:key kjonn:key n:sum", "11 0 2", "11 1 :", "11 2 :"),
                TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 0 2"), NULL,
                "derived t n region=11 kjonn=1\nderived t n region=11 kjonn=2", 0);
}

static void the_same_edition_again_tells_nothing_new(void **state)
{
    (void)state;
    check_after(TABLE("t", "region:key kjonn:key n:sum", "11 0 40", "11 1 :", "11 2 37"),
                TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 0 40",
                      "11 1 :", "11 2 37"),
                NULL, "", 1);
}

/* Limits that are known already are no secret; the exact figure still is. */
static void what_was_narrow_may_not_become_exact(void **state)
{
    (void)state;
    check_after(
        TABLE("t", "region:key kjonn:key n:sum", "11 0 4", "11 1 :", "11 2 :"),
        TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 0 4", "11 1 :", "11 2 :"),
        NULL, "", 2);
    check_after(
        TABLE("t", "region:key kjonn:key n:sum", "11 0 4", "11 1 :", "11 2 1"),
        TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 0 4", "11 1 :", "11 2 :"),
        NULL, "derived t n region=11 kjonn=1", 0);
}

/* Earlier editions make exact what today's leaves 1 to 3: it is found by itself all the same. */
static void what_todays_edition_tells_alone_rests_on_no_other(void **state)
{
    g_autoptr(SpTables) before =
        tables_of(TABLE("t@2024-11-01-00000000", "region:key kjonn:key n:sum", "11 1 1"), NULL);
    const Knowledge known = {.sammenheng = SEXES REGIONS, .before = before};
    SpTable *now = TABLE("t", "region:key kjonn:key n:sum", "11 0 4", "11 1 :", "11 2 :");
    g_autoptr(SpAttack) attack = attack_on(tables_of(now, NULL), &known, ENOUGH_WORK);
    (void)state;
    assert_int_equal(attack->n_told_before, 1);
    assert_int_equal(attack->n_with_earlier, 0);
    g_autofree char *found = found_by(g_steal_pointer(&attack));
    assert_string_equal(found, "narrow 1-3 t n region=11 kjonn=2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_figure_that_was_shown_opens_the_square),
        cmocka_unit_test(what_earlier_editions_gave_away_is_no_finding),
        cmocka_unit_test(what_was_revised_since_tells_nothing),
        cmocka_unit_test(what_others_changes_explain_was_not_revised),
        cmocka_unit_test(figures_that_contradict_todays_tell_nothing),
        cmocka_unit_test(what_followed_then_is_another_figure_now),
        cmocka_unit_test(what_earlier_editions_did_not_tell_is_found),
        cmocka_unit_test(the_same_edition_again_tells_nothing_new),
        cmocka_unit_test(what_todays_edition_tells_alone_rests_on_no_other),
        cmocka_unit_test(a_revised_figure_is_a_new_secret),
        cmocka_unit_test(made_up_and_rounded_figures_are_not_known),
        cmocka_unit_test(what_was_narrow_may_not_become_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
