/*
 * Whatever goes wrong while a workspace is kept, nothing that is needed is lost: a purge or a
 * backup that is killed, or whose disk fails, leaves the served edition whole and no run anything
 * to do; what it left undone the next one does.
 */
#include "tests/check.h"
#include "tests/faults/inject.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"

#include <errno.h>
#include <unistd.h>

#define LATER "--now=2030-01-01T00:00:00Z"

static Mini *mini;
static char *kept; /* the workspace before */
static char *packages;
static char *folder; /* of backups */
static char **environment;

static void copy(const char *from, const char *to)
{
    const char *arguments[] = {"cp", "-dR", "--preserve=mode,links", from, to, NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
}

static int set_up(void **state)
{
    (void)state;
    mini = mini_with_edition();
    mini_replace(mini, "omsorg.csv", "1103,2023,500", "1103,2023,540");
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(second.status, 0);
    kept = g_build_filename(mini->folder, "kept", NULL);
    folder = g_build_filename(mini->folder, "backups", NULL);
    copy(mini->workspace, kept);
    packages = mini_hash(mini, "packages");
    environment = g_environ_setenv(g_get_environ(), "STATPAKKE_DATA", mini->data, TRUE);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mini_free(mini);
    g_free(kept);
    g_free(folder);
    g_free(packages);
    g_strfreev(environment);
    return 0;
}

/* What is served is what it was, a run has nothing to make, and `why` its way. */
static void check_whole(const char *what)
{
    g_autofree char *now = mini_hash(mini, "packages");
    g_auto(Result) plan = mini_run(mini, NULL, "statpakke-plan", "--check", NULL);
    g_auto(Result) run = mini_run(mini, NULL, "statpakke-run", NULL);
    if (strcmp(now, packages) != 0 || plan.status != 0 || run.status != 0) {
        fail_msg("%s: packages are %s, plan exit %d: %s, run exit %d: %s", what,
                 strcmp(now, packages) == 0 ? "right" : "others", plan.status, plan.out, run.status,
                 run.err);
    }
}

static char **arguments_of(const char *program, const char *option)
{
    char *argv[] = {g_build_filename(g_getenv("SP_BIN"), program, NULL),
                    g_strdup_printf("--workspace=%s", mini->workspace), (char *)LATER,
                    (char *)option, NULL};
    char **owned = g_strdupv(argv);
    g_free(argv[0]);
    g_free(argv[1]);
    return owned;
}

/* `n` moments spread over all calls that change the disk; after each, the program once more. */
static void disturb(const char *program, const char *option, InjectHow how, guint n)
{
    g_auto(GStrv) argv = arguments_of(program, option);
    const Inject count = {.calls = INJECT_CHANGES, .how = INJECT_NOTHING};
    assert_true(sp_folder_remove(mini->workspace, NULL) && sp_folder_remove(folder, NULL));
    copy(kept, mini->workspace);
    g_auto(Injected) whole = inject_run(&count, argv, environment);
    assert_int_equal(whole.status, 0);
    for (guint i = 0; i < MIN(n, whole.n_calls); i++) {
        const Inject inject = {.calls = INJECT_CHANGES,
                               .how = how,
                               .n = 1 + (guint)((guint64)i * whole.n_calls / MIN(n, whole.n_calls)),
                               .errnum = EIO,
                               .disk = mini->workspace};
        assert_true(sp_folder_remove(mini->workspace, NULL) && sp_folder_remove(folder, NULL));
        copy(kept, mini->workspace);
        g_auto(Injected) result = inject_run(&inject, argv, environment);
        g_autofree char *what = g_strdup_printf("%s at call %u (%s), exit %d: %s", program,
                                                inject.n, result.hit, result.status, result.err);
        assert_non_null(result.hit);
        check_whole(what);
        g_auto(Result) again = mini_run(mini, NULL, program, LATER, option, NULL);
        if (again.status != 0) {
            fail_msg("%s; once more: exit %d: %s", what, again.status, again.err);
        }
        check_whole(what);
    }
    print_message("%s: %u of %u moments survived\n", program, MIN(n, whole.n_calls), whole.n_calls);
}

static void a_purge_that_is_killed_has_taken_nothing_that_is_needed(void **state)
{
    (void)state;
    disturb("statpakke-purge", NULL, INJECT_KILL, 20);
}

static void a_purge_in_a_power_cut_has_taken_nothing_that_is_needed(void **state)
{
    (void)state;
    disturb("statpakke-purge", NULL, INJECT_CUT, 10);
}

static void a_purge_whose_disk_fails_has_taken_nothing_that_is_needed(void **state)
{
    (void)state;
    disturb("statpakke-purge", NULL, INJECT_ERROR, 15);
}

/* An unfinished one is none: what is restored is whole. */
static void a_backup_that_is_killed_is_none(void **state)
{
    (void)state;
    disturb("statpakke-backup", folder, INJECT_KILL, 10);
    g_auto(Result) restored = mini_run(mini, NULL, "statpakke-restore", "--dry-run", folder, NULL);
    assert_int_equal(restored.status, 0);
}

static void a_ledger_whose_rebuilding_is_killed_is_rebuilt(void **state)
{
    (void)state;
    disturb("statpakke-rebuild", NULL, INJECT_KILL, 15);
}

int main(void)
{
    g_autofree char *why = NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_purge_that_is_killed_has_taken_nothing_that_is_needed),
        cmocka_unit_test(a_purge_in_a_power_cut_has_taken_nothing_that_is_needed),
        cmocka_unit_test(a_purge_whose_disk_fails_has_taken_nothing_that_is_needed),
        cmocka_unit_test(a_backup_that_is_killed_is_none),
        cmocka_unit_test(a_ledger_whose_rebuilding_is_killed_is_rebuilt),
    };
    inject_choose_disk();
    if (!inject_is_possible(&why)) {
        printf("SKIPPED: faults of the disk: %s\n", why);
        return 77;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
