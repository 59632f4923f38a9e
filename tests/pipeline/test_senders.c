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

/* Rows and periods of the own file. Two layouts read each row; it is one row all the same. The
 * quality report has the findings of all. */
static void each_sender_is_told_of_the_own_file_alone(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = people_country(SETTINGS "layout = pai_stillinger, pai_stabilitet\n");
    deliver_with(mini, 2023, ";7174;", ";7999;", 2);
    deliver_with(mini, 2024, "\r\n2024;", "\r\n20x4;", 3);
    g_auto(Result) made = take_in(mini);
    assert_int_equal(made.status, 0);
    g_autofree char *first = report_of(mini, FIRST);
    g_autofree char *second = report_of(mini, SECOND);
    assert_true(tells(first, REMARK) && tells(second, REMARK));
    assert_true(tells(first, "\nSYNTETISKE DATA\n"));
    assert_true(tells(first, UNKNOWN "2)\n    kolonne «stillingskode», første gang i rad "));
    assert_false(tells(first, BAD_YEAR));
    assert_true(tells(second, BAD_YEAR " (3)\n    kolonne «aar», første gang i rad 2\n"));
    assert_false(tells(second, UNKNOWN));
    assert_ptr_equal(strstr(first, UNKNOWN), g_strrstr(first, UNKNOWN));
    assert_true(tells(first, "  2023-12-01: Alle kommuner") && !tells(first, "2024-12-01"));
    assert_true(tells(second, "  2024-12-01: Alle kommuner") && !tells(second, "2023-12-01"));
    g_autofree char *findings = mini_text(mini, FACTS "/kvalitet.csv");
    assert_has(findings, "unknown_code,stillinger: column stillingskode,");
    assert_has(findings, "of pai-2023.csv");
    assert_has(findings, "row 2 of pai-2024.csv");
}

/* The rows of a year of all kommuner but one, or of that one alone. g_free. */
static char *of_kommune(int year, const char *kommune, gboolean is_that)
{
    enum { KOMMUNE = 2 };
    g_autofree char *text = people_file_of_year(people, year);
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    GString *kept = g_string_new(NULL);
    for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], ";", -1);
        if (i == 0 || (strcmp(fields[KOMMUNE], kommune) == 0) == is_that) {
            g_string_append_printf(kept, "%s\r\n", lines[i]);
        }
    }
    return g_string_free(kept, FALSE);
}

/* Who changed pay system delivers two files, so both count; but it may be a correction under
 * another name, and then everybody stands twice. Kommuner apart, or years apart, are nothing to
 * tell. */
static void a_kommune_from_two_senders_is_told_to_both_and_names_both(void **state)
{
    (void)state;
    g_autofree char *alone = of_kommune(2024, "1103", TRUE);
    g_autofree char *others = of_kommune(2024, "1103", FALSE);
    g_autofree char *before = people_file_of_year(people, 2023);
    g_autofree char *all = people_file_of_year(people, 2024);
    g_autoptr(Mini) apart = people_country(SETTINGS "inbox = pai-{aar}-{del}.csv\n");
    people_deliver(apart, "pai-2023-alle.csv", before);
    people_deliver(apart, "pai-2024-andre.csv", others);
    people_deliver(apart, "pai-2024-stavanger.csv", alone);
    g_auto(Result) well = take_in(apart);
    assert_int_equal(well.status, 0);
    g_autofree char *nothing = mini_text(apart, FACTS "/kvalitet.csv");
    assert_null(strstr(nothing, "kommune_in_two_files"));
    g_autoptr(Mini) twice = people_country(SETTINGS "inbox = pai-{aar}-{del}.csv\n");
    people_deliver(twice, "pai-2024-alle.csv", all);
    people_deliver(twice, "pai-2024-stavanger.csv", alone);
    g_auto(Result) made = take_in(twice);
    assert_int_equal(made.status, 0);
    g_autofree char *findings = mini_text(twice, FACTS "/kvalitet.csv");
    assert_has(findings, "kommune_in_two_files,\"stillinger: kommune 1103, 2024-12-01\",");
    assert_has(findings, "rows stand in pai-2024-alle.csv (");
    assert_has(findings, "and in pai-2024-stavanger.csv (");
    assert_null(strstr(findings, "kommune 0301"));
    g_autofree char *report = report_of(twice, "pai-2024-stavanger.csv");
    assert_true(tells(
        report, "  Kommunen har rader i en annen fil også (1)\n    kommune «1103, 2024-12-01», "));
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
        cmocka_unit_test(each_sender_is_told_of_the_own_file_alone),
        cmocka_unit_test(a_kommune_from_two_senders_is_told_to_both_and_names_both),
        cmocka_unit_test(a_file_that_cannot_be_read_is_the_matter_of_its_sender),
        cmocka_unit_test(too_many_broken_rows_are_the_matter_of_their_sender),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
