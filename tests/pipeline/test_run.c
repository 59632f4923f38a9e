/* A whole night on a small country, through the programs. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

static void a_first_run_publishes_an_edition_and_is_silent(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_string_equal(night.err, "");
    assert_string_equal(night.out, "");
    assert_int_equal(night.status, 0);
    g_autofree char *current = mini_current(mini);
    assert_non_null(current);
    /* The newest source tells 25 February 2025; that day is the edition's. */
    assert_true(g_str_has_prefix(current, "packages/2025-02-25-"));
    g_auto(Result) verified = mini_run(mini, NULL, "statpakke-verify", NULL);
    assert_string_equal(verified.err, "");
    assert_int_equal(verified.status, 0);
    static const char *const files[] = {"SHA256SUMS",
                                        "fylke-03-oslo.zip",
                                        "fylke-11-rogaland/datapackage.json",
                                        "nasjonal/index.html",
                                        "nasjonal/statistikkpakke.xlsx",
                                        "fylke-03-oslo/data/befolkning.csv"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(mini->workspace, "current", files[i], NULL);
        assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
    }
}

static void a_second_run_makes_nothing(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *stages = mini_hash(mini, "stages");
    g_autofree char *packages = mini_hash(mini, "packages");
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", "--log=text", NULL);
    assert_int_equal(second.status, 0);
    assert_non_null(strstr(second.err, "statpakke-run: up to date: edition 2025-02-25-"));
    assert_null(strstr(second.err, "made in"));
    g_autofree char *stages_after = mini_hash(mini, "stages");
    g_autofree char *packages_after = mini_hash(mini, "packages");
    g_autofree char *first_run = g_build_filename(mini->workspace, "runs", "1", "run.json", NULL);
    g_autofree char *second_run = g_build_filename(mini->workspace, "runs", "2", NULL);
    assert_true(g_file_test(first_run, G_FILE_TEST_EXISTS));
    assert_false(g_file_test(second_run, G_FILE_TEST_EXISTS));
    assert_string_equal(stages, stages_after);
    assert_string_equal(packages, packages_after);
}

static void the_bytes_do_not_depend_on_place_time_zone_locale_or_threads(void **state)
{
    (void)state;
    static const char *const far_away[] = {"TZ=Pacific/Kiritimati", "LC_ALL=nb_NO.UTF-8",
                                           "LANG=nb_NO.UTF-8", NULL};
    g_autoptr(Mini) here = mini_new();
    g_autoptr(Mini) there = mini_new();
    g_auto(Result) one = mini_run(here, NULL, "statpakke-run", "--jobs=1", NULL);
    g_auto(Result) two = mini_run(there, far_away, "statpakke-run", "--jobs=2", NULL);
    assert_int_equal(one.status, 0);
    assert_int_equal(two.status, 0);
    g_autofree char *packages_here = mini_hash(here, "packages");
    g_autofree char *packages_there = mini_hash(there, "packages");
    assert_string_equal(packages_here, packages_there);
}

static void an_older_cpu_gives_the_same_bytes(void **state)
{
    (void)state;
    /* Masks the vector units that glibc's libm chooses its routines by. */
    static const char *const older[] = {
        "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2_Usable,-AVX2,-FMA_Usable,-FMA,-FMA4,-AVX512F", NULL};
    g_autoptr(Mini) here = mini_new();
    g_autoptr(Mini) there = mini_new();
    g_auto(Result) one = mini_run(here, NULL, "statpakke-run", NULL);
    g_auto(Result) two = mini_run(there, older, "statpakke-run", NULL);
    assert_int_equal(one.status, 0);
    assert_int_equal(two.status, 0);
    g_autofree char *packages_here = mini_hash(here, "packages");
    g_autofree char *packages_there = mini_hash(there, "packages");
    assert_string_equal(packages_here, packages_there);
}

static void force_makes_again_and_finds_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_hash(mini, "stages");
    g_auto(Result) again =
        mini_run(mini, NULL, "statpakke-run", "--force", "--from=normalise", NULL);
    assert_string_equal(again.err, "");
    assert_int_equal(again.status, 0);
    g_autofree char *after = mini_hash(mini, "stages");
    assert_string_equal(before, after);
}

static void one_changed_source_remakes_only_what_follows_from_it(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_current(mini);
    mini_replace(mini, "omsorg.csv", "1103,2023,500,", "1103,2023,501,");
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", "--log=text", NULL);
    assert_int_equal(second.status, 0);
    assert_non_null(strstr(second.err, "statpakke-normalise: tabular/brukere: made"));
    assert_non_null(strstr(second.err, "statpakke-vary: landet: made"));
    assert_null(strstr(second.err, "ssb/folkemengde: made"));
    assert_null(strstr(second.err, "statpakke-normalise: tabular/doedelighet: made"));
    assert_non_null(strstr(second.err, "statpakke-project: referanse: made"));
    g_autofree char *after = mini_current(mini);
    assert_string_not_equal(before, after);
}

static void a_touched_file_changes_nothing(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *text = mini_read(mini, "omsorg.csv");
    mini_write(mini, "omsorg.csv", text);
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", "--log=text", NULL);
    assert_int_equal(second.status, 0);
    assert_non_null(strstr(second.err, "up to date"));
}

static void one_stage_alone_does_just_its_stage(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) too_early = mini_run(mini, NULL, "statpakke-project", NULL);
    assert_int_equal(too_early.status, SP_ERROR_NO_INPUT);
    assert_non_null(strstr(too_early.err, "run statpakke-normalise --unit regioner first"));
    g_auto(Result) until = mini_run(mini, NULL, "statpakke-run", "--until=normalise", NULL);
    assert_int_equal(until.status, 0);
    g_auto(Result) project = mini_run(mini, NULL, "statpakke-project", "--log=text", NULL);
    assert_int_equal(project.status, 0);
    assert_non_null(strstr(project.err, "referanse: made"));
    g_auto(Result) again = mini_run(mini, NULL, "statpakke-project", "--log=text", NULL);
    assert_non_null(strstr(again.err, "12 of 12 units up to date"));
    assert_null(mini_current(mini));
}

static void a_unit_that_does_not_exist_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--unit=nonsense", NULL);
    assert_int_equal(night.status, SP_ERROR_USAGE);
    assert_non_null(strstr(night.err, "--unit nonsense: no such unit; the units are "));
    g_auto(Result) until = mini_run(mini, NULL, "statpakke-run", "--until=normalise", "--unit=ssb",
                                    "--unit=klass", "--unit=tabular", "--unit=regioner", NULL);
    assert_string_equal(until.err, "");
    assert_int_equal(until.status, 0);
    g_auto(Result) mixed = mini_run(mini, NULL, "statpakke-normalise", "--unit=regioner",
                                    "--unit=tabular/ingen", NULL);
    assert_int_equal(mixed.status, SP_ERROR_USAGE);
}

static void a_dry_run_writes_nothing(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) until = mini_run(mini, NULL, "statpakke-run", "--until=fetch", NULL);
    assert_int_equal(until.status, 0);
    g_auto(Result) dry = mini_run(mini, NULL, "statpakke-normalise", "--dry-run", "--unit=regioner",
                                  "--log=text", NULL);
    assert_int_equal(dry.status, 0);
    assert_non_null(strstr(dry.err, "regioner: would be made"));
    g_autofree char *stages = g_build_filename(mini->workspace, "stages", "normalise", NULL);
    assert_false(g_file_test(stages, G_FILE_TEST_EXISTS));
}

static void a_trial_stands_beside_the_workspace_and_is_not_published(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *current = mini_current(mini);
    g_autofree char *stages = mini_hash(mini, "stages");
    g_auto(Result) trial = mini_run(mini, NULL, "statpakke-run", "--as=kort",
                                    "--set=project.horizon=2027", "--log=text", NULL);
    assert_int_equal(trial.status, 0);
    assert_non_null(strstr(trial.err, "statpakke-project: referanse: made"));
    assert_null(strstr(trial.err, "statpakke-normalise: regioner: made"));
    g_autofree char *still = mini_current(mini);
    assert_string_equal(still, current);
    g_autofree char *stages_after = mini_hash(mini, "stages");
    assert_string_equal(stages_after, stages);
    g_autofree char *editions =
        g_build_filename(mini->workspace, "trials", "kort", "packages", NULL);
    assert_true(g_file_test(editions, G_FILE_TEST_IS_DIR));
    g_auto(Result) publish = mini_run(mini, NULL, "statpakke-publish", "--as=kort", NULL);
    assert_int_equal(publish.status, SP_ERROR_USAGE);
}

static void a_second_writer_is_turned_away_with_75(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *lock = g_build_filename(mini->workspace, "lock", NULL);
    g_autofree char *program = g_build_filename(g_getenv("SP_BIN"), "statpakke-run", NULL);
    /* flock(1) holds the lock while the program tries; the pid it would name is the first holder's.
     */
    assert_true(g_file_set_contents(
        lock, "statpakke-run, process 4711, since 2025-03-01T02:00:00Z\n", -1, NULL));
    g_autofree char *workspace = g_strdup_printf("--workspace=%s", mini->workspace);
    const char *arguments[] = {"flock", lock, program, workspace, NULL};
    g_auto(GStrv) environment =
        g_environ_setenv(g_get_environ(), "STATPAKKE_DATA", mini->data, TRUE);
    g_autofree char *err = NULL;
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, environment, G_SPAWN_SEARCH_PATH, NULL, NULL,
                             NULL, &err, &status, NULL));
    assert_int_equal(status >> 8, SP_ERROR_TRY_LATER);
    assert_non_null(strstr(err, "process 4711, since 2025-03-01T02:00:00Z"));
}

static void modes_keep_the_workspace_to_its_owner(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    static const struct {
        const char *path;
        guint mode;
    } wanted[] = {{".", 0711},
                  {"snapshots", 0700},
                  {"stages", 0700},
                  {"packages", 0755},
                  {"ledger.db", 0600},
                  {"packages/index.json", 0644},
                  {"current/nasjonal/index.html", 0644},
                  {"current/nasjonal", 0755}};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        GStatBuf info;
        g_autofree char *path = g_build_filename(mini->workspace, wanted[i].path, NULL);
        assert_int_equal(g_stat(path, &info), 0);
        if ((info.st_mode & 0777) != wanted[i].mode) {
            fail_msg("%s has mode %o, want %o", wanted[i].path, info.st_mode & 0777,
                     wanted[i].mode);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_first_run_publishes_an_edition_and_is_silent),
        cmocka_unit_test(a_second_run_makes_nothing),
        cmocka_unit_test(the_bytes_do_not_depend_on_place_time_zone_locale_or_threads),
        cmocka_unit_test(an_older_cpu_gives_the_same_bytes),
        cmocka_unit_test(force_makes_again_and_finds_the_same_bytes),
        cmocka_unit_test(one_changed_source_remakes_only_what_follows_from_it),
        cmocka_unit_test(a_touched_file_changes_nothing),
        cmocka_unit_test(one_stage_alone_does_just_its_stage),
        cmocka_unit_test(a_unit_that_does_not_exist_is_told),
        cmocka_unit_test(a_dry_run_writes_nothing),
        cmocka_unit_test(a_trial_stands_beside_the_workspace_and_is_not_published),
        cmocka_unit_test(a_second_writer_is_turned_away_with_75),
        cmocka_unit_test(modes_keep_the_workspace_to_its_owner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
