/* Files about persons that come half, empty, twice or under a wrong name: nothing is lost, counted
 * twice or kept waiting. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#include <unistd.h>

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

static gboolean is_in_inbox(const Mini *own, const char *name)
{
    g_autofree char *path = g_build_filename(own->workspace, INBOX, name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void assert_fetched(const Mini *own, int status, const char *part)
{
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", "--log=text", NULL);
    if (fetched.status != status) {
        fail_msg("exit %d, want %d: %s", fetched.status, status, fetched.err);
    }
    assert_has(fetched.err, part);
}

static void assert_made(const Mini *own, int status, const char *part)
{
    g_auto(Result) made = mini_run(own, NULL, "statpakke-normalise", "--log=text", NULL);
    if (made.status != status) {
        fail_msg("exit %d, want %d: %s", made.status, status, made.err);
    }
    assert_has(made.err, part);
}

/* Programs that copy use a passing name, which would sort behind the right one. */
static void a_passing_name_of_an_upload_is_no_delivery(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("inbox = pai-{aar}*\n");
    g_autofree char *text = people_file(people);
    people_deliver(own, "pai-2024.csv.filepart", "kommunenr;");
    assert_fetched(own, SP_ERROR_NO_INPUT, "pai-2024.csv.filepart is the passing name");
    assert_true(is_in_inbox(own, "pai-2024.csv.filepart"));
    people_deliver(own, "pai-2024.csv", text);
    assert_fetched(own, 0, "pai-2024.csv taken in");
    assert_made(own, 0, "");
}

/* One sender's slip is no other sender's, and plain text does not lie in the inbox for it. */
static void a_file_that_is_refused_does_not_keep_the_others_waiting(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("inbox = pai-{aar}*.csv\n");
    g_autofree char *first = people_file_of_year(people, 2023);
    g_autofree char *second = people_file_of_year(people, 2024);
    people_deliver(own, "pai-2021.csv", "");
    people_deliver(own, "pai-2022.csv", "");
    people_deliver(own, "pai-2023.csv", first);
    people_deliver(own, "pai-2024.csv", second);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", "--log=text", NULL);
    assert_int_equal(fetched.status, SP_ERROR_DATA);
    assert_has(fetched.err, "pai-2021.csv is empty");
    assert_has(fetched.err, "pai-2022.csv is empty");
    assert_true(is_in_inbox(own, "pai-2022.csv"));
    assert_true(is_in_inbox(own, "pai-2024.csv.mottatt.json"));
    assert_false(is_in_inbox(own, "pai-2023.csv"));
    assert_false(is_in_inbox(own, "pai-2024.csv"));
    assert_made(own, 0, "");
    g_autofree char *facts = mini_text(own, FACTS "/stillinger.csv");
    assert_has(facts, "\n2023-12-01,0,");
    assert_has(facts, "\n2024-12-01,0,");
}

/* As a Windows program names it through an old FTP server. */
static void a_name_that_is_not_utf_8_does_not_keep_the_others_waiting(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("inbox = pai-{aar}*.csv\n");
    g_autofree char *text = people_file(people);
    people_deliver(own,
                   "pai-2023-R\xe5"
                   "de.csv",
                   text);
    people_deliver(own, "pai-2024.csv", text);
    assert_fetched(own, SP_ERROR_DATA, "has a name that is not UTF-8; rename it");
    assert_true(is_in_inbox(own, "pai-2023-R\xe5"
                                 "de.csv"));
    assert_false(is_in_inbox(own, "pai-2024.csv"));
    assert_made(own, 0, "");
}

/* The reader asks for another name: the same bytes under it must help. */
static void the_same_bytes_under_the_right_name_replace_those_under_a_wrong_one(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("inbox = pai-*\n");
    g_autofree char *text = people_file(people);
    people_deliver(own, "pai-2024.csv.gz", text);
    assert_fetched(own, 0, "pai-2024.csv.gz taken in");
    assert_made(own, SP_ERROR_DATA, "named as a gzip file and is none; name it as what it is");
    people_deliver(own, "pai-2024.csv", text);
    assert_fetched(own, 0, "pai-2024.csv taken in");
    assert_made(own, 0, "");
    g_autofree char *receipt = mini_text(own, INBOX "/pai-2024.csv.mottatt.json");
    assert_has(receipt, "\"in_use\": true");
}

/* Last year's file under this year's name would give every person a second position. */
static void one_file_as_two_deliveries_is_told_and_not_counted_twice(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("inbox = pai-{aar}*.csv\n");
    g_autofree char *text = people_file(people);
    people_deliver(own, "pai-2023.csv", text);
    assert_fetched(own, 0, "pai-2023.csv taken in");
    assert_made(own, 0, "");
    g_autofree char *before = mini_text(own, FACTS "/stillinger.csv");
    people_deliver(own, "pai-2024.csv", text);
    g_auto(Result) fetched =
        mini_run(own, NULL, "statpakke-fetch", PAI, "--now=2025-03-02T03:00:00Z", NULL);
    assert_int_equal(fetched.status, 0);
    assert_made(own, SP_ERROR_DATA, "pai-2023.csv and pai-2024.csv hold the same bytes");
    g_autofree char *after = mini_text(own, FACTS "/stillinger.csv");
    g_auto(GStrv) one = g_strsplit(before, "\n", 3);
    g_auto(GStrv) two = g_strsplit(after, "\n", 3);
    assert_string_equal(one[0], two[0]);
    g_auto(GStrv) cells = g_strsplit(one[1], ",", 7);
    g_auto(GStrv) stale = g_strsplit(two[1], ",", 7);
    assert_string_equal(cells[5], stale[5]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_passing_name_of_an_upload_is_no_delivery),
        cmocka_unit_test(a_file_that_is_refused_does_not_keep_the_others_waiting),
        cmocka_unit_test(a_name_that_is_not_utf_8_does_not_keep_the_others_waiting),
        cmocka_unit_test(the_same_bytes_under_the_right_name_replace_those_under_a_wrong_one),
        cmocka_unit_test(one_file_as_two_deliveries_is_told_and_not_counted_twice),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
