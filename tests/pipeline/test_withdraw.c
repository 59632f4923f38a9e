/* Editions that are taken back, and editions that wait for somebody. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"

#include <glib/gstdio.h>

static json_t *read_feed(const Mini *mini)
{
    g_autofree char *path = g_build_filename(mini->workspace, "packages", "index.json", NULL);
    g_autoptr(GError) error = NULL;
    json_t *feed = sp_json_read(path, 1048576, &error);
    assert_no_error(error);
    return feed;
}

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* The edition that is served: its name alone. g_free. */
static char *served(const Mini *mini)
{
    g_autofree char *current = mini_current(mini);
    return current == NULL ? NULL : g_path_get_basename(current);
}

static void make_second(const Mini *mini)
{
    mini_replace(mini, "omsorg.csv", "0301,2023,1600,", "0301,2023,1601,");
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(second.status, 0);
}

static void a_withdrawn_edition_gives_way_to_the_one_before_it(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *first = served(mini);
    make_second(mini);
    g_autofree char *second = served(mini);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=Feil i Oslo",
                                   "--from=2025-03-02", "--correction-nb=Oslo er feil",
                                   "--correction-nn=Oslo er feil", NULL);
    assert_string_equal(told.err, "");
    assert_int_equal(told.status, 0);
    assert_non_null(strstr(told.out, first));
    g_autofree char *now = served(mini);
    assert_string_equal(now, first);
    g_autoptr(json_t) feed = read_feed(mini);
    json_t *newest = json_array_get(json_object_get(feed, "editions"), 0);
    json_t *before = json_array_get(json_object_get(feed, "editions"), 1);
    json_t *withdrawn = json_object_get(newest, "withdrawn");
    assert_string_equal(text_at(newest, "state"), "withdrawn");
    assert_string_equal(text_at(withdrawn, "reason"), "Feil i Oslo");
    assert_string_equal(text_at(withdrawn, "from"), "2025-03-02");
    assert_string_equal(text_at(withdrawn, "correction_nn"), "Oslo er feil");
    assert_string_equal(text_at(before, "state"), "current");
    assert_null(text_at(before, "superseded_by"));
}

static void a_withdrawn_edition_is_not_published_until_something_changes(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *first = served(mini);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-withdraw", first, "--reason=feil", NULL);
    assert_int_equal(told.status, 0);
    assert_non_null(strstr(told.out, "none is served"));
    assert_null(mini_current(mini));
    g_autofree char *before = mini_hash(mini, "packages");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_non_null(strstr(night.err, "is withdrawn (feil)"));
    assert_null(mini_current(mini));
    g_autofree char *after = mini_hash(mini, "packages");
    assert_string_equal(before, after);
    make_second(mini);
    g_autofree char *second = served(mini);
    assert_string_not_equal(second, first);
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_non_null(strstr(status.out, "withdrawn: feil"));
}

static void a_withdrawn_edition_that_was_removed_is_not_made_again(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *first = served(mini);
    g_autofree char *folder = g_build_filename(mini->workspace, "packages", first, NULL);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-withdraw", first, "--reason=feil", NULL);
    assert_int_equal(told.status, 0);
    assert_true(sp_folder_remove(folder, NULL));
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_non_null(strstr(night.err, "is not made again"));
    assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
}

/* As a run that was killed between the feed and `current` leaves it. */
static void a_withdrawal_that_was_cut_short_is_ended_by_the_next_run(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *first = served(mini);
    make_second(mini);
    g_autofree char *second = served(mini);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=feil", NULL);
    assert_int_equal(told.status, 0);
    g_autofree char *link = g_build_filename(mini->workspace, "current", NULL);
    g_autofree char *target = g_build_filename("packages", second, NULL);
    assert_true(sp_link_swap(link, target, NULL));
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    g_autofree char *now = served(mini);
    assert_string_equal(now, first);
}

static void assert_usage(const Mini *mini, const char *edition, const char *option, int status)
{
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-withdraw", edition, option, NULL);
    assert_int_equal(told.status, status);
}

static void a_withdrawal_needs_an_edition_and_a_reason(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *first = served(mini);
    g_autofree char *before = mini_hash(mini, "packages");
    assert_usage(mini, "2020-01-01-12345678", "--reason=feil", SP_ERROR_NO_INPUT);
    assert_usage(mini, first, "--reason= ", SP_ERROR_USAGE);
    assert_usage(mini, first, NULL, SP_ERROR_USAGE);
    g_auto(Result) day =
        mini_run(mini, NULL, "statpakke-withdraw", first, "--reason=feil", "--from=i morgen", NULL);
    assert_int_equal(day.status, SP_ERROR_USAGE);
    g_auto(Result) one = mini_run(mini, NULL, "statpakke-withdraw", first, "--reason=feil",
                                  "--correction-nb=feil", NULL);
    assert_int_equal(one.status, SP_ERROR_USAGE);
    g_auto(Result) dry =
        mini_run(mini, NULL, "statpakke-withdraw", first, "--reason=feil", "--dry-run", NULL);
    assert_int_equal(dry.status, 0);
    g_autofree char *after = mini_hash(mini, "packages");
    assert_string_equal(before, after);
}

/* Nor does it wait for the approval of the next edition. */
static void a_withdrawal_is_ended_while_the_next_edition_waits(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *first = served(mini);
    make_second(mini);
    g_autofree char *second = served(mini);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=feil", NULL);
    assert_int_equal(told.status, 0);
    g_autofree char *link = g_build_filename(mini->workspace, "current", NULL);
    g_autofree char *target = g_build_filename("packages", second, NULL);
    assert_true(sp_link_swap(link, target, NULL));
    mini_replace(mini, "omsorg.csv", "0301,2023,1601,", "0301,2023,1602,");
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--set=publish.approval=manual", NULL);
    assert_int_equal(night.status, 0);
    g_autofree char *now = served(mini);
    assert_string_equal(now, first);
}

static void approve(const Mini *mini, const char *edition, const char *text)
{
    g_autofree char *path = g_build_filename(mini->workspace, "approvals", edition, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void an_edition_waits_for_the_name_of_who_approves_it(void **state)
{
    (void)state;
    static const char manual[] = "--set=publish.approval=manual";
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *first = served(mini);
    mini_replace(mini, "omsorg.csv", "0301,2023,1600,", "0301,2023,1601,");
    g_auto(Result) waits = mini_run(mini, NULL, "statpakke-run", manual, NULL);
    assert_string_equal(waits.err, "");
    assert_int_equal(waits.status, 0);
    g_autofree char *still = served(mini);
    assert_string_equal(still, first);
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", manual, NULL);
    char *told = strstr(status.out, "waits for approval");
    assert_non_null(told);
    char *place = strstr(told, "approvals/");
    assert_non_null(place);
    g_autofree char *second = g_strndup(place + strlen("approvals/"), strlen(first));
    approve(mini, second, "\n");
    g_auto(Result) nobody = mini_run(mini, NULL, "statpakke-publish", manual, NULL);
    assert_int_equal(nobody.status, SP_ERROR_DATA);
    assert_non_null(strstr(nobody.err, "names nobody"));
    approve(mini, second, "Kari Nordmann\nOslo er sett på.\n");
    g_auto(Result) approved = mini_run(mini, NULL, "statpakke-run", manual, NULL);
    assert_int_equal(approved.status, 0);
    g_autofree char *now = served(mini);
    assert_string_equal(now, second);
    g_auto(Result) wrong =
        mini_run(mini, NULL, "statpakke-publish", "--set=publish.approval=maybe", NULL);
    assert_int_equal(wrong.status, SP_ERROR_CONFIG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_withdrawn_edition_gives_way_to_the_one_before_it),
        cmocka_unit_test(a_withdrawn_edition_is_not_published_until_something_changes),
        cmocka_unit_test(a_withdrawn_edition_that_was_removed_is_not_made_again),
        cmocka_unit_test(a_withdrawal_that_was_cut_short_is_ended_by_the_next_run),
        cmocka_unit_test(a_withdrawal_is_ended_while_the_next_edition_waits),
        cmocka_unit_test(a_withdrawal_needs_an_edition_and_a_reason),
        cmocka_unit_test(an_edition_waits_for_the_name_of_who_approves_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
