/* Person-level deliveries that are synthetic, late, damaged or misconfigured, each in a workspace
 * of its own. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#include "core/io/files.h"

#include <sys/stat.h>
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

static void synthetic_persons_are_served_and_say_so(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("synthetic = yes\n");
    g_autofree char *text = people_file(people);
    people_deliver(own, DELIVERY, text);
    g_auto(Result) night = mini_run(own, NULL, "statpakke-run", NULL);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    g_autofree char *page = mini_text(own, "current/fylke-11-rogaland/index.html");
    assert_non_null(strstr(page, "SYNTETISKE DATA"));
    g_autofree char *table = mini_text(own, "current/fylke-11-rogaland/data/stillinger.csv");
    assert_non_null(strstr(table, "SYNTETISKE DATA"));
}

/* A delivery fetched, in a country with these settings of the dataset. */
static Mini *mini_taken_in_with(const char *settings)
{
    Mini *own = people_country(settings);
    g_autofree char *text = people_file(people);
    people_deliver(own, DELIVERY, text);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, 0);
    return own;
}

static Mini *mini_taken_in(void)
{
    return mini_taken_in_with("");
}

static void assert_normalise_fails(const Mini *own, int status, const char *text, const char *more)
{
    g_auto(Result) made = mini_run(own, NULL, "statpakke-normalise", NULL);
    if (made.status != status || strstr(made.err, text) == NULL || strstr(made.err, more) == NULL) {
        fail_msg("exit %d, want %d with \"%s\" and \"%s\":\n%s", made.status, status, text, more,
                 made.err);
    }
    g_autofree char *facts = g_build_filename(own->workspace, FACTS, NULL);
    assert_false(g_file_test(facts, G_FILE_TEST_EXISTS));
    Search search;
    search_init(&search, people);
    assert_int_equal(search_count(&search, made.err, strlen(made.err)), 0);
    search_below(&search, own->folder);
    g_hash_table_unref(search.keys);
}

static void a_wrong_key_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in();
    g_autofree char *key = g_strconcat(own->workspace, ".key", NULL);
    assert_true(g_file_set_contents_full(key, "0123456789abcdef0123456789abcdef", 32,
                                         G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    assert_normalise_fails(own, SP_ERROR_DATA, "pai/stillinger", "encrypted with another key");
}

static void a_lost_key_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in();
    g_autofree char *key = g_strconcat(own->workspace, ".key", NULL);
    assert_int_equal(unlink(key), 0);
    assert_normalise_fails(own, SP_ERROR_NO_INPUT, "crypt.key_file", "restore it from its copy");
}

static void a_key_that_others_may_read_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in();
    g_autofree char *key = g_strconcat(own->workspace, ".key", NULL);
    assert_int_equal(chmod(key, 0644), 0);
    assert_normalise_fails(own, SP_ERROR_CONFIG, "0644", "set its mode to 0600");
}

/* Cut between two frames, where what was read so far verifies. */
static void a_truncated_snapshot_gives_no_figures(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in();
    g_autofree char *path = people_snapshot(own);
    assert_int_equal(truncate(path, 7 + 24 + 2 * (65536 + 17)), 0);
    assert_normalise_fails(own, SP_ERROR_DATA, "cut short", "damaged");
}

static void too_many_rows_that_break_a_rule_stop_the_dataset(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("");
    g_autofree char *text = people_file(people);
    g_auto(GStrv) parts = g_strsplit(text, ";7174;", -1);
    g_autofree char *unknown = g_strjoinv(";7999;", parts);
    people_deliver(own, DELIVERY, unknown);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, 0);
    assert_normalise_fails(own, SP_ERROR_DATA, "unknown_code, column stillingskode, first in row",
                           "normalise.max_invalid_share");
}

/* The delivery last by name is in use, in whatever order they come. */
static void a_late_delivery_of_an_earlier_name_is_kept_and_not_used(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in_with("inbox = pai-*.csv\n");
    g_autofree char *text = people_file(people);
    g_autofree char *before = mini_text(own, "snapshots/pai/stillinger/latest");
    text[strlen(text) / 2] = text[strlen(text) / 2] == '1' ? '2' : '1';
    people_deliver(own, "pai-2023-12.csv", text);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", "--log=text", NULL);
    assert_int_equal(fetched.status, 0);
    assert_non_null(strstr(fetched.err, "stays in use"));
    g_autofree char *after = mini_text(own, "snapshots/pai/stillinger/latest");
    assert_string_equal(before, after);
    g_autofree char *original = g_build_filename(own->workspace, INBOX, "pai-2023-12.csv", NULL);
    assert_false(g_file_test(original, G_FILE_TEST_EXISTS));
}

static char *facts_of(const Mini *own)
{
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", NULL);
    g_auto(Result) made = mini_run(own, NULL, "statpakke-normalise", NULL);
    assert_string_equal(made.err, "");
    assert_int_equal(fetched.status, 0);
    g_autofree char *positions = mini_text(own, FACTS "/stillinger.csv");
    g_autofree char *persons = mini_text(own, FACTS "/alder_og_stabilitet.csv");
    return g_strconcat(positions, persons, NULL);
}

/* Two files of a year each, one of them packed, are what one file of both is. */
static void files_of_two_years_count_as_one_of_both(void **state)
{
    (void)state;
    g_autoptr(Mini) whole = people_country("inbox = pai-{aar}*.csv\n");
    g_autofree char *text = people_file(people);
    people_deliver(whole, DELIVERY, text);
    g_autofree char *expected = facts_of(whole);

    g_autoptr(Mini) parts = people_country("inbox = pai-{aar}*.csv\n");
    g_autofree char *first = people_file_of_year(people, 2023);
    g_autofree char *second = people_file_of_year(people, 2024);
    people_deliver(parts, "pai-2023-12.csv", first);
    people_deliver_packed(parts, "pai-2024-12.csv.gz", second);
    g_autofree char *found = facts_of(parts);
    assert_string_equal(found, expected);
    g_autofree char *receipt = mini_text(parts, INBOX "/pai-2024-12.csv.gz.mottatt.json");
    assert_has(receipt, "\"delivery\": \"2024\"");
    Search search;
    search_init(&search, people);
    search_below(&search, parts->folder);
    g_hash_table_unref(search.keys);
}

static void a_year_that_came_twice_is_told_and_the_last_by_name_counts(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("inbox = pai-{aar}*.csv\n");
    g_autofree char *first = people_file_of_year(people, 2023);
    g_autofree char *second = people_file_of_year(people, 2024);
    people_deliver(own, "pai-2023-b.csv", first);
    people_deliver(own, "pai-2024.csv", second);
    g_autofree char *expected = facts_of(own);
    people_deliver(own, "pai-2023-a.csv", second);
    g_auto(Result) late = mini_run(own, NULL, "statpakke-fetch", "--log=text", NULL);
    assert_has(late.err, "pai-2023-b.csv, a delivery later by name, stays in use");
    g_autofree char *receipt = mini_text(own, INBOX "/pai-2023-a.csv.mottatt.json");
    assert_has(receipt, "\"in_use\": false");
    assert_has(receipt, "gives way to pai-2023-b.csv");
    g_autofree char *after = facts_of(own);
    assert_string_equal(after, expected);
}

static void a_file_of_the_same_name_replaces_the_first_and_says_so(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("");
    g_autofree char *text = people_file_of_year(people, 2023);
    people_deliver(own, "pai-2023.csv", text);
    g_autofree char *before = facts_of(own);
    g_autofree char *first = mini_text(own, INBOX "/pai-2023.csv.mottatt.json");
    assert_null(strstr(first, "why"));
    text[strlen(text) - strlen("\r\n")] = '\0';
    *strrchr(text, '\n') = '\0'; /* a row less */
    people_deliver(own, "pai-2023.csv", text);
    g_autofree char *after = facts_of(own);
    g_autofree char *second = mini_text(own, INBOX "/pai-2023.csv.mottatt.json");
    assert_string_not_equal(before, after);
    assert_has(second, "replaces an earlier file of the same name");
}

/* A workspace that took its files in before `inbox` had places loses none of them. */
static void places_that_come_later_find_what_is_in_the_store(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("inbox = pai-*.csv\n");
    g_autofree char *first = people_file_of_year(people, 2023);
    g_autofree char *second = people_file_of_year(people, 2024);
    people_deliver(own, "pai-2023.csv", first);
    people_deliver(own, "pai-2024.csv", second);
    g_autofree char *only = facts_of(own);
    assert_null(strstr(only, "2023-12-01,0,"));
    g_autofree char *conf = NULL;
    assert_true(g_file_get_contents(own->conf, &conf, NULL, NULL));
    g_auto(GStrv) parts = g_strsplit(conf, "pai-*.csv", 2);
    g_autofree char *places = g_strjoinv("pai-{aar}*.csv", parts);
    assert_true(g_file_set_contents(own->conf, places, -1, NULL));
    g_autofree char *both = facts_of(own);
    assert_has(both, "2023-12-01,0,");
    assert_has(both, "2024-12-01,0,");
}

/* A new delivery full of codes that nobody knows: last year's figures stay, stale, and nothing of
 * either is in the clear. */
static void a_bad_delivery_leaves_the_one_before_in_use(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in();
    g_autofree char *text = people_file(people);
    g_auto(GStrv) parts = g_strsplit(text, ";7174;", -1);
    g_autofree char *unknown = g_strjoinv(";7999;", parts);
    people_deliver(own, "pai-2025-12.csv", unknown);
    g_auto(Result) fetched =
        mini_run(own, NULL, "statpakke-fetch", "--now=2025-03-02T03:00:00Z", NULL);
    assert_int_equal(fetched.status, 0);
    g_auto(Result) made = mini_run(own, NULL, "statpakke-normalise", NULL);
    assert_int_equal(made.status, SP_ERROR_DATA);
    assert_non_null(strstr(made.err, "normalise.max_invalid_share"));
    assert_non_null(strstr(made.err, "the snapshot of pai/stillinger before it"));
    g_autofree char *facts = mini_text(own, FACTS "/stillinger.csv");
    assert_non_null(strstr(facts, "\n2024-12-01,0301,000-105,0,tot,"));
    assert_non_null(strstr(facts, ",s\n"));
    Search search;
    search_init(&search, people);
    assert_int_equal(search_count(&search, made.err, strlen(made.err)), 0);
    search_below(&search, own->folder);
    g_hash_table_unref(search.keys);
}

static void a_link_in_the_inbox_is_refused(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("");
    g_autofree char *elsewhere = g_build_filename(own->folder, "elsewhere.csv", NULL);
    g_autofree char *text = people_file(people);
    g_autofree char *folder = g_build_filename(own->workspace, INBOX, NULL);
    g_autofree char *link = g_build_filename(folder, DELIVERY, NULL);
    assert_true(g_file_set_contents(elsewhere, text, -1, NULL));
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_int_equal(symlink(elsewhere, link), 0);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", PAI, NULL);
    assert_int_equal(fetched.status, SP_ERROR_DATA);
    assert_non_null(strstr(fetched.err, "is a link"));
    assert_true(g_file_test(elsewhere, G_FILE_TEST_EXISTS));
}

static void settings_cannot_make_persons_less_than_they_are(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("");
    g_autofree char *text = people_file(people);
    people_deliver(own, DELIVERY, text);
    static const struct {
        const char *unit;
        const char *set;
        const char *part;
    } cases[] = {{PAI, "--set=pai/stillinger.persons=no", "persons = no, but its layout has a"},
                 {"--unit=tabular/aarsverk", "--set=tabular/aarsverk.persons=yes",
                  "persons = yes, but its layout has no"},
                 {PAI, "--set=pai/stillinger.sensitive=no", "always sensitive"},
                 {PAI, "--set=crypt.key_file=workspace/statpakke.key", "inside the workspace"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *here = g_get_current_dir();
        assert_int_equal(chdir(own->folder), 0);
        g_auto(Result) fetched =
            mini_run(own, NULL, "statpakke-fetch", cases[i].unit, cases[i].set, NULL);
        assert_int_equal(chdir(here), 0);
        if (fetched.status != SP_ERROR_CONFIG || strstr(fetched.err, cases[i].part) == NULL) {
            fail_msg("%s: exit %d: %s", cases[i].set, fetched.status, fetched.err);
        }
    }
    g_autofree char *original = g_build_filename(own->workspace, INBOX, DELIVERY, NULL);
    assert_true(g_file_test(original, G_FILE_TEST_EXISTS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(synthetic_persons_are_served_and_say_so),
        cmocka_unit_test(a_wrong_key_is_told),
        cmocka_unit_test(a_lost_key_is_told),
        cmocka_unit_test(a_key_that_others_may_read_is_told),
        cmocka_unit_test(a_truncated_snapshot_gives_no_figures),
        cmocka_unit_test(too_many_rows_that_break_a_rule_stop_the_dataset),
        cmocka_unit_test(a_late_delivery_of_an_earlier_name_is_kept_and_not_used),
        cmocka_unit_test(files_of_two_years_count_as_one_of_both),
        cmocka_unit_test(a_year_that_came_twice_is_told_and_the_last_by_name_counts),
        cmocka_unit_test(a_file_of_the_same_name_replaces_the_first_and_says_so),
        cmocka_unit_test(places_that_come_later_find_what_is_in_the_store),
        cmocka_unit_test(a_bad_delivery_leaves_the_one_before_in_use),
        cmocka_unit_test(a_link_in_the_inbox_is_refused),
        cmocka_unit_test(settings_cannot_make_persons_less_than_they_are),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
