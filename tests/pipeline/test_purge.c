/* What has outlived its days goes, and nothing that is needed. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#include "core/io/files.h"

#define LATER "--now=2030-01-01T00:00:00Z"
#define FIRST "pai-2024-a.csv"
#define SECOND "pai-2024-b.csv"

static void must_run(const Mini *mini, const char *program, const char *option)
{
    g_auto(Result) result = mini_run(mini, NULL, program, option, NULL);
    if (result.status != 0) {
        fail_msg("%s: exit %d: %s", program, result.status, result.err);
    }
}

static gboolean is_there(const Mini *mini, const char *relative)
{
    g_autofree char *path = g_build_filename(mini->workspace, relative, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* How many results a unit has. */
static guint n_results(const Mini *mini, const char *unit)
{
    guint n = 0;
    g_autofree char *folder = g_build_filename(mini->workspace, "stages", unit, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        n += strcmp(*name, "latest") != 0 ? 1 : 0;
    }
    return n;
}

/* A country whose second edition has taken the place of the first. */
static Mini *two_editions(char **first)
{
    Mini *mini = mini_with_edition();
    *first = mini_current(mini);
    mini_replace(mini, "omsorg.csv", "1103,2023,500", "1103,2023,540");
    must_run(mini, "statpakke-run", NULL);
    g_autofree char *second = mini_current(mini);
    assert_string_not_equal(*first, second);
    return mini;
}

static void after_it_nothing_is_made_and_all_that_is_served_can_be_explained(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = two_editions(&first);
    g_autofree char *served = mini_hash(mini, "packages");
    assert_int_equal(n_results(mini, "package/03"), 2);
    must_run(mini, "statpakke-purge", LATER);
    g_autofree char *after = mini_hash(mini, "packages");
    assert_int_equal(n_results(mini, "package/03"), 1);
    assert_int_equal(n_results(mini, "protect/utgave"), 1);
    assert_int_equal(n_results(mini, "normalise/tabular/brukere"), 1);
    assert_string_equal(after, served); /* what was published stays, the first edition too */
    assert_true(is_there(mini, first));
    must_run(mini, "statpakke-plan", "--check");
    must_run(mini, "statpakke-run", LATER);
    must_run(mini, "statpakke-verify", NULL);
    g_autofree char *current = mini_current(mini);
    g_autofree char *name = g_path_get_basename(current);
    g_auto(Result) why =
        mini_run(mini, NULL, "statpakke-why", name,
                 "aarsverk_sykepleier sykepleier_aarsverk region=0 period=2023", NULL);
    g_autofree char *again = mini_hash(mini, "packages");
    assert_string_equal(again, served);
    assert_string_equal(why.err, "");
    assert_int_equal(why.status, 0);
    assert_has(why.out, "omsorg.csv"); /* down to the bytes */
}

static void a_dry_run_tells_and_takes_nothing(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = two_editions(&first);
    g_autofree char *before = mini_hash(mini, "stages");
    g_auto(Result) dry = mini_run(mini, NULL, "statpakke-purge", "--dry-run", LATER, NULL);
    g_autofree char *after = mini_hash(mini, "stages");
    assert_int_equal(dry.status, 0);
    assert_has(dry.out, "result of package/03: of ");
    assert_has(dry.out, ", purge.result_days (");
    assert_has(dry.out, "run 1: of ");
    assert_string_equal(after, before);
}

static void what_is_younger_than_its_days_stays_and_so_does_all_for_0_days(void **state)
{
    (void)state;
    static const char *const kept[] = {"purge.result_days=100000000", "purge.result_days=0"};
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = two_editions(&first);
    g_auto(Result) dry = mini_run(mini, NULL, "statpakke-purge", "--dry-run", LATER, "--set",
                                  kept[1], "--set=purge.run_days=0", NULL);
    g_auto(Result) refused =
        mini_run(mini, NULL, "statpakke-purge", "--dry-run", LATER, "--set", kept[0], NULL);
    must_run(mini, "statpakke-purge", NULL); /* in 2025 all is of days to come */
    assert_string_equal(dry.out, "0 would be removed, 0 bytes\n");
    assert_int_equal(refused.status, 78);
    assert_int_equal(n_results(mini, "package/03"), 2);
}

/* Its results rest on the workspace's, which stay as long as it does. */
static void a_trial_goes_when_nothing_was_made_in_it_for_its_days(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) trial =
        mini_run(mini, NULL, "statpakke-run", "--as=prov", "--set=protect.threshold=7", NULL);
    assert_int_equal(trial.status, 0);
    assert_true(is_there(mini, "trials/prov/packages"));
    g_auto(Result) kept =
        mini_run(mini, NULL, "statpakke-purge", "--set=purge.trial_days=0", LATER, NULL);
    assert_int_equal(kept.status, 0);
    assert_true(is_there(mini, "trials/prov/packages"));
    must_run(mini, "statpakke-purge", LATER);
    assert_false(is_there(mini, "trials/prov"));
}

/* The encrypted files of the store. */
static guint n_snapshots(const Mini *mini, const char *suffix)
{
    guint n = 0;
    g_autofree char *folder =
        g_build_filename(mini->workspace, "snapshots", "pai", "stillinger", NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        n += g_str_has_suffix(*name, suffix) ? 1 : 0;
    }
    return n;
}

static Mini *two_deliveries(void)
{
    Mini *mini = people_country("synthetic = yes\n");
    g_autofree People *people = people_new();
    g_autofree char *text = people_file_of_year(people, 2024);
    g_autofree char *longer = g_strconcat(text, "", NULL);
    people_deliver(mini, FIRST, text);
    must_run(mini, "statpakke-fetch", NULL);
    must_run(mini, "statpakke-normalise", NULL);
    char *last = strrchr(longer, '\r'); /* one row fewer */
    *last = '\0';
    last = strrchr(longer, '\r');
    last[2] = '\0';
    people_deliver(mini, SECOND, longer);
    must_run(mini, "statpakke-fetch", "--now=2025-04-01T03:00:00Z");
    must_run(mini, "statpakke-normalise", NULL);
    assert_int_equal(n_snapshots(mini, ".spenc"), 2);
    return mini;
}

static void persons_are_kept_for_their_days_after_another_delivery_took_their_place(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = two_deliveries();
    must_run(mini, "statpakke-purge", "--now=2025-04-30T03:00:00Z"); /* the 29th day */
    assert_int_equal(n_snapshots(mini, ".spenc"), 2);
    g_auto(Result) gone =
        mini_run(mini, NULL, "statpakke-purge", "--log=text", "--now=2025-05-01T03:00:00Z", NULL);
    assert_int_equal(gone.status, 0);
    assert_has(gone.err, "removed person-level snapshot ");
    assert_has(gone.err, " of pai/stillinger, received 2025-03-01T03:00:00Z: of "
                         "2025-04-01T03:00:00Z, purge.person_days");
    assert_int_equal(n_snapshots(mini, ".spenc"), 1);
    assert_int_equal(n_snapshots(mini, ".meta.json"), 1);
    must_run(mini, "statpakke-normalise", "--force"); /* the one in use is whole */
}

static void the_delivery_in_use_stays_however_old_it_is(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = two_deliveries();
    must_run(mini, "statpakke-purge", LATER);
    must_run(mini, "statpakke-purge", "--now=2099-01-01T00:00:00Z");
    assert_int_equal(n_snapshots(mini, ".spenc"), 1);
    must_run(mini, "statpakke-normalise", "--force");
}

/* The description goes first, so bytes without one are what a purge that was killed left. */
static void bytes_that_a_killed_purge_left_go_with_the_next(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = two_deliveries();
    g_autofree char *folder =
        g_build_filename(mini->workspace, "snapshots", "pai", "stillinger", NULL);
    g_autofree char *left = g_build_filename(folder, "abc.csv.spenc", NULL);
    assert_true(g_file_set_contents(left, "x", 1, NULL));
    must_run(mini, "statpakke-purge", NULL);
    assert_false(g_file_test(left, G_FILE_TEST_EXISTS));
    assert_int_equal(n_snapshots(mini, ".spenc"), 2);
}

/* What it needs is not known, so nothing goes. */
static void a_damaged_manifest_stops_it(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = two_editions(&first);
    g_autofree char *manifest = g_build_filename(mini->workspace, "stages", "vary", "landet",
                                                 "latest", "manifest.json", NULL);
    assert_true(g_file_set_contents(manifest, "{}", -1, NULL));
    g_auto(Result) purge = mini_run(mini, NULL, "statpakke-purge", LATER, NULL);
    assert_int_equal(purge.status, 65);
    assert_has(purge.err, "is not a manifest");
    assert_int_equal(n_results(mini, "package/03"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_it_nothing_is_made_and_all_that_is_served_can_be_explained),
        cmocka_unit_test(a_dry_run_tells_and_takes_nothing),
        cmocka_unit_test(what_is_younger_than_its_days_stays_and_so_does_all_for_0_days),
        cmocka_unit_test(a_trial_goes_when_nothing_was_made_in_it_for_its_days),
        cmocka_unit_test(persons_are_kept_for_their_days_after_another_delivery_took_their_place),
        cmocka_unit_test(the_delivery_in_use_stays_however_old_it_is),
        cmocka_unit_test(bytes_that_a_killed_purge_left_go_with_the_next),
        cmocka_unit_test(a_damaged_manifest_stops_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
