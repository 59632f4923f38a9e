/* A soak fails on what is not told of it, and on nothing else. */
#include "known.h"

#include "tests/check.h"

#include <string.h>

#define HEADER "what,class,years,within_90,why\n"
#define LINE "need sosionom,fylke,1,84.6,\"few, and far between\"\n"

static const Outcome outcomes[] = {{"need sosionom", "fylke", 1, 84.64, TRUE},
                                   {"need sosionom", "fylke", 3, 90.0, FALSE}};

/* The sentences of outcomes beside a file, and how many they are. */
static guint news(const char *text, const Outcome of[], gsize n, GString *report)
{
    g_autoptr(Known) known = known_new(text);
    g_string_truncate(report, 0);
    return known_news(known, of, n, report);
}

static void a_line_that_is_told_is_no_news(void **state)
{
    (void)state;
    g_autoptr(GString) report = g_string_new(NULL);
    g_autoptr(Known) known = known_new(HEADER LINE);
    assert_true(known_has(known, &outcomes[0]));
    assert_false(known_has(known, &outcomes[1]));
    assert_int_equal(known_news(known, outcomes, 2, report), 0);
    assert_string_equal(report->str, "");
}

static void a_line_that_fails_untold_is_news(void **state)
{
    (void)state;
    g_autoptr(GString) report = g_string_new(NULL);
    assert_int_equal(news("", outcomes, 2, report), 1);
    assert_has(report->str, "need sosionom, fylke, 1 years on, holds 84.6 %: it fails and is not");
}

static void a_line_that_holds_again_is_news(void **state)
{
    (void)state;
    g_autoptr(GString) report = g_string_new(NULL);
    const Outcome holds[] = {{"need sosionom", "fylke", 1, 88.0, FALSE}};
    assert_int_equal(news(HEADER LINE, holds, 1, report), 1);
    assert_has(report->str, "it no longer fails");
}

static void a_line_that_fails_by_more_is_news(void **state)
{
    (void)state;
    g_autoptr(GString) report = g_string_new(NULL);
    const Outcome near[] = {{"need sosionom", "fylke", 1, 83.7, TRUE}};
    const Outcome far[] = {{"need sosionom", "fylke", 1, 83.5, TRUE}};
    const Outcome other_side[] = {{"need sosionom", "fylke", 1, 94.9, TRUE}};
    assert_int_equal(news(HEADER LINE, near, 1, report), 0);
    assert_int_equal(news(HEADER LINE, far, 1, report), 1);
    assert_has(report->str, "by more than is told");
    assert_int_equal(news(HEADER LINE, other_side, 1, report), 1);
}

static void a_line_of_no_run_or_told_twice_is_news(void **state)
{
    (void)state;
    g_autoptr(GString) report = g_string_new(NULL);
    assert_int_equal(news(HEADER LINE "need sosjonom,fylke,1,84.6,few\n", outcomes, 2, report), 1);
    assert_has(report->str, "2 lines, of which the run has 1");
    assert_int_equal(news(HEADER LINE LINE, outcomes, 2, report), 1);
}

static void a_rewritten_file_keeps_reasons_and_wants_new_ones(void **state)
{
    (void)state;
    g_autoptr(GString) report = g_string_new(NULL);
    const Outcome later[] = {{"need sosionom", "fylke", 1, 80.25, TRUE},
                             {"people 80+", "> 5 000", 10, 85.9, TRUE},
                             {"people 80+", "fylke", 10, 90.1, FALSE}};
    g_autoptr(Known) before = known_new(HEADER LINE);
    g_autofree char *text = known_text(before, later, G_N_ELEMENTS(later));
    assert_string_equal(text, HEADER "need sosionom,fylke,1,80.2,\"few, and far between\"\n"
                                     "people 80+,> 5 000,10,85.9,\"\"\n");
    assert_int_equal(news(text, later, G_N_ELEMENTS(later), report), 1);
    assert_has(report->str, "people 80+, > 5 000, 10 years on, holds 85.9 %: no reason");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_is_told_is_no_news),
        cmocka_unit_test(a_line_that_fails_untold_is_news),
        cmocka_unit_test(a_line_that_holds_again_is_news),
        cmocka_unit_test(a_line_that_fails_by_more_is_news),
        cmocka_unit_test(a_line_of_no_run_or_told_twice_is_news),
        cmocka_unit_test(a_rewritten_file_keeps_reasons_and_wants_new_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
