/* What a night needs, looked at by somebody who does not know what is wrong. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define ASKED "--now=2025-03-01T09:00:00Z"

static Result ask(const Mini *mini, const char *option)
{
    return mini_run(mini, NULL, "statpakke-doctor", ASKED, option, NULL);
}

static char *path_of(const Mini *mini, const char *name)
{
    return g_build_filename(mini->workspace, name, NULL);
}

static void of_a_well_workspace_all_is_well_and_nothing_is_changed(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_hash(mini, ".");
    g_auto(Result) well = ask(mini, NULL);
    g_autofree char *after = mini_hash(mini, ".");
    assert_int_equal(well.status, 0);
    assert_null(strstr(well.out, "error "));
    assert_null(strstr(well.out, "warning "));
    assert_has(well.out, "ok       keys       editions can be signed\n");
    assert_has(well.out, "ok       runs       the last one, of 2025-03-01T03:00:00Z, ended well\n");
    assert_string_equal(after, before);
}

static void it_needs_a_workspace_and_no_first_night(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) fresh = ask(mini, NULL);
    g_auto(Result) none = ask(mini, "--workspace=/nowhere");
    assert_int_equal(fresh.status, 0);
    assert_has(fresh.out, "ledger     nothing has run yet\n");
    assert_int_equal(none.status, 66);
}

static void others_who_can_look_in_are_an_error(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *snapshots = path_of(mini, "snapshots");
    assert_int_equal(chmod(snapshots, 0755), 0);
    g_auto(Result) open = ask(mini, NULL);
    assert_int_equal(open.status, 78);
    assert_has(open.out, "error    workspace  ");
    assert_has(open.err, "snapshots has mode 0755, which lets others in");
}

static void a_key_that_is_gone_is_an_error_and_hides_no_other_finding(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *key = g_strconcat(mini->workspace, ".sign.key", NULL);
    g_autofree char *ledger = path_of(mini, "ledger.db");
    assert_int_equal(g_unlink(key), 0);
    assert_int_equal(g_unlink(ledger), 0);
    g_auto(Result) lacking = ask(mini, NULL);
    assert_int_equal(lacking.status, 66);
    assert_has(lacking.out, "error    keys       ");
    assert_has(lacking.out, "warning  ledger     it is not there; the next run makes it again");
}

static void a_damaged_ledger_and_edition_are_told_with_the_remedy(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *current = mini_current(mini);
    g_autofree char *file = g_build_filename(mini->workspace, current, "endringer.csv", NULL);
    assert_int_equal(g_chmod(file, 0644), 0);
    assert_true(g_file_set_contents(file, "x", -1, NULL));
    g_auto(Result) damaged = ask(mini, NULL);
    assert_int_equal(damaged.status, 65);
    assert_has(damaged.out, "error    edition    ");
}

static void sources_are_files_that_can_be_read_or_servers_that_answer(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *file = g_build_filename(mini->extracts, "omsorg.csv", NULL);
    /* Nobody listens at port 1. */
    static const char *const far = "--set=klass/kommuner.url=http://127.0.0.1:1/kommuner.json";
    assert_int_equal(g_unlink(file), 0);
    g_auto(Result) gone = ask(mini, NULL);
    g_auto(Result) silent = ask(mini, far);
    g_auto(Result) offline =
        mini_run(mini, NULL, "statpakke-doctor", ASKED, "--offline", far, NULL);
    assert_has(gone.out, "error    sources    tabular/brukere: ");
    assert_has(gone.out, "omsorg.csv cannot be used");
    assert_int_equal(gone.status, 78);
    assert_has(silent.out, "error    sources    klass/kommuner: http://127.0.0.1:1: ");
    assert_null(strstr(offline.out, "127.0.0.1"));
    assert_has(offline.out, "nobody was asked");
}

static void who_holds_the_lock_is_told_and_waited_for_by_nobody(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *path = path_of(mini, "lock");
    const int lock = open(path, O_RDWR | O_CLOEXEC);
    assert_true(lock >= 0);
    assert_int_equal(flock(lock, LOCK_EX | LOCK_NB), 0);
    g_auto(Result) held = ask(mini, NULL);
    close(lock);
    assert_int_equal(held.status, 0);
    assert_has(held.out, "ok       lock       held by statpakke-run, process ");
}

static void a_night_that_failed_or_did_not_come_is_a_warning(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) late = ask(mini, "--now=2025-03-09T09:00:00Z");
    mini_write(mini, "omsorg.csv", "kommunenummer\n");
    mini_write(mini, "07459.json", "{}");
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--set=normalise.division=1999", NULL);
    g_auto(Result) failed = ask(mini, NULL);
    assert_int_equal(late.status, 0);
    assert_has(late.out, "warning  runs       none since 2025-03-01T03:00:00Z");
    assert_int_not_equal(night.status, 0);
    assert_has(failed.out, "warning  runs       the last one, of 2025-03-01T03:00:00Z, failed: ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_well_workspace_all_is_well_and_nothing_is_changed),
        cmocka_unit_test(it_needs_a_workspace_and_no_first_night),
        cmocka_unit_test(others_who_can_look_in_are_an_error),
        cmocka_unit_test(a_key_that_is_gone_is_an_error_and_hides_no_other_finding),
        cmocka_unit_test(a_damaged_ledger_and_edition_are_told_with_the_remedy),
        cmocka_unit_test(sources_are_files_that_can_be_read_or_servers_that_answer),
        cmocka_unit_test(who_holds_the_lock_is_told_and_waited_for_by_nobody),
        cmocka_unit_test(a_night_that_failed_or_did_not_come_is_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
