/* A person-level dataset of several files: each sender is told of the own file, and of no other. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#define FIRST "pai-2023.csv"
#define SECOND "pai-2024.csv"
#define SETTINGS "synthetic = yes\n"

#define UNKNOWN "Koden står ikke i kodelisten ("
#define BAD_YEAR "Årstallet er ikke lest"
#define STOPPED "Lesingen stanset"
#define NOT_READ "Resultat: Ikke lest."
#define NO_REMARK "Resultat: Lest uten merknader."
#define REMARK "Resultat: Lest. Noe bør rettes"

static People *people;

static int set_up(void **state)
{
    (void)state;
    people = people_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    g_free(people);
    return 0;
}

/* The rows of a year with `new` in the place of the first `n` of `old`. */
static void deliver_with(const Mini *mini, int year, const char *old, const char *new, int n)
{
    g_autofree char *name = g_strdup_printf("pai-%d.csv", year);
    g_autofree char *text = people_file_of_year(people, year);
    g_auto(GStrv) parts = g_strsplit(text, old, n + 1);
    assert_int_equal(g_strv_length(parts), n + 1);
    g_autofree char *faulty = g_strjoinv(new, parts);
    people_deliver(mini, name, faulty);
}

static Result take_in(const Mini *mini)
{
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", PAI, NULL);
    assert_int_equal(fetched.status, 0);
    g_auto(Result) others = mini_run(mini, NULL, "statpakke-fetch", NULL);
    assert_int_equal(others.status, 0);
    return mini_run(mini, NULL, "statpakke-normalise", NULL);
}

static char *report_of(const Mini *mini, const char *name)
{
    g_autofree char *path = g_strdup_printf(INBOX "/%s.rapport.txt", name);
    return mini_text(mini, path);
}

static gboolean tells(const char *report, const char *text)
{
    return strstr(report, text) != NULL;
}

static void each_sender_is_told_of_the_own_rows(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = people_country(SETTINGS);
    deliver_with(mini, 2023, ";7174;", ";7999;", 2);
    deliver_with(mini, 2024, "\r\n2024;", "\r\n20x4;", 3);
    g_auto(Result) made = take_in(mini);
    assert_int_equal(made.status, 0);
    g_autofree char *first = report_of(mini, FIRST);
    g_autofree char *second = report_of(mini, SECOND);
    assert_true(tells(first, REMARK) && tells(second, REMARK));
    assert_true(tells(first, UNKNOWN));
    assert_false(tells(first, BAD_YEAR));
    assert_true(tells(second, BAD_YEAR " (3)\n    kolonne «aar», første gang i rad 2\n"));
    assert_false(tells(second, UNKNOWN));
}

/* Who has not answered is told of the periods of the file. */
static void each_sender_is_told_of_the_own_period(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = people_country(SETTINGS);
    deliver_with(mini, 2023, "\r\n2023;", "\r\n2023;", 1);
    deliver_with(mini, 2024, "\r\n2024;", "\r\n2024;", 1);
    g_auto(Result) made = take_in(mini);
    assert_int_equal(made.status, 0);
    g_autofree char *first = report_of(mini, FIRST);
    g_autofree char *second = report_of(mini, SECOND);
    assert_true(tells(first, "  2023-12-01") && !tells(first, "2024-12-01"));
    assert_true(tells(second, "  2024-12-01") && !tells(second, "2023-12-01"));
    assert_true(tells(first, NO_REMARK) && tells(second, NO_REMARK));
}

/* The other file was read, and nothing is asked of its sender. */
static void a_file_that_cannot_be_read_is_the_matter_of_its_sender(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = people_country(SETTINGS);
    deliver_with(mini, 2023, ";7174;", ";7999;", 2);
    people_deliver(mini, SECOND, "dette;er;ingen;fil\r\n1;2;3;4\r\n");
    g_auto(Result) made = take_in(mini);
    assert_int_equal(made.status, SP_ERROR_DATA);
    g_autofree char *first = report_of(mini, FIRST);
    g_autofree char *second = report_of(mini, SECOND);
    assert_true(tells(first, REMARK) && !tells(first, STOPPED));
    assert_true(tells(second, NOT_READ) && tells(second, STOPPED));
    assert_false(tells(second, UNKNOWN));
}

static void too_many_broken_rows_are_the_matter_of_their_sender(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = people_country(SETTINGS);
    deliver_with(mini, 2023, "\r\n2023;", "\r\n2023;", 1);
    deliver_with(mini, 2024, ";7174;", ";7999;", 150);
    g_auto(Result) made = take_in(mini);
    assert_int_equal(made.status, SP_ERROR_DATA);
    assert_non_null(strstr(made.err, "normalise.max_invalid_share"));
    g_autofree char *first = report_of(mini, FIRST);
    g_autofree char *second = report_of(mini, SECOND);
    assert_true(tells(first, NO_REMARK) && !tells(first, STOPPED));
    assert_true(tells(second, NOT_READ) && tells(second, STOPPED));
    assert_true(tells(second, UNKNOWN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_sender_is_told_of_the_own_rows),
        cmocka_unit_test(each_sender_is_told_of_the_own_period),
        cmocka_unit_test(a_file_that_cannot_be_read_is_the_matter_of_its_sender),
        cmocka_unit_test(too_many_broken_rows_are_the_matter_of_their_sender),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
