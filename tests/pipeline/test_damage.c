/* What a disk, an editor or a hand in the wrong folder can do to a workspace, and how the next run
 * takes it. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"

static void must_run(const Mini *mini, const char *program)
{
    g_auto(Result) result = mini_run(mini, NULL, program, NULL);
    if (result.status != 0) {
        fail_msg("%s: exit %d: %s", program, result.status, result.err);
    }
}

/* Folder of a unit's current output. */
static char *unit_folder(const Mini *mini, const char *stage, const char *unit)
{
    g_autofree char *link =
        g_build_filename(mini->workspace, "stages", stage, unit, "latest", NULL);
    g_autofree char *key = sp_link_read(link);
    assert_non_null(key);
    return g_build_filename(mini->workspace, "stages", stage, unit, key, NULL);
}

/* Changes one byte of a file in place: same name, same size, same inode. */
static void alter(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, -2, SEEK_END), 0);
    int last = fgetc(file);
    assert_int_equal(fseek(file, -2, SEEK_END), 0);
    assert_int_not_equal(fputc(last == '1' ? '2' : '1', file), EOF);
    assert_int_equal(fclose(file), 0);
}

static void a_damaged_edition_is_never_made_current_and_the_next_run_mends_it(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--until=audit", NULL);
    assert_int_equal(night.status, 0);
    g_autofree char *packages = g_build_filename(mini->workspace, "packages", NULL);
    g_auto(GStrv) names = sp_folder_list(packages, NULL);
    g_autofree char *csv =
        g_build_filename(packages, names[0], "nasjonal", "data", "brukere.csv", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(csv, &text, NULL, NULL));
    assert_int_equal(g_unlink(csv), 0);
    text[strlen(text) - 3] ^= 1;
    assert_true(g_file_set_contents(csv, text, -1, NULL));
    g_auto(Result) audit = mini_run(mini, NULL, "statpakke-audit", NULL);
    assert_int_equal(audit.status, SP_ERROR_DATA);
    g_auto(Result) publish = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(publish.status, SP_ERROR_DATA);
    assert_null(mini_current(mini));
    g_auto(Result) mended = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(mended.status, 0);
    assert_non_null(strstr(mended.err, "put together anew"));
    must_run(mini, "statpakke-verify");
}

static void an_altered_stage_output_is_not_built_upon(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *folder = unit_folder(mini, "normalise", "tabular/brukere");
    alter(folder, "brukere.csv");
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--set=vary.scv_minimum_expected=6", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_non_null(strstr(night.err, "statpakke-normalise --force --unit tabular/brukere"));
    g_auto(Result) forced =
        mini_run(mini, NULL, "statpakke-normalise", "--force", "--unit=tabular/brukere", NULL);
    assert_string_equal(forced.err, "");
    g_auto(Result) healed =
        mini_run(mini, NULL, "statpakke-run", "--set=vary.scv_minimum_expected=6", NULL);
    assert_string_equal(healed.err, "");
    assert_int_equal(healed.status, 0);
}

static void an_altered_snapshot_is_fetched_again(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    must_run(mini, "statpakke-run");
    g_autofree char *before = mini_hash(mini, "snapshots");
    g_autofree char *folder =
        g_build_filename(mini->workspace, "snapshots", "tabular", "brukere", NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    for (char **name = names; *name != NULL; name++) {
        if (g_str_has_suffix(*name, ".csv")) {
            alter(folder, *name);
        }
    }
    g_autofree char *damaged = mini_hash(mini, "snapshots");
    assert_string_not_equal(before, damaged);
    must_run(mini, "statpakke-run");
    g_autofree char *after = mini_hash(mini, "snapshots");
    assert_string_equal(before, after);
}

static void a_damaged_manifest_or_a_lost_file_is_made_again(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_hash(mini, "stages");
    g_autofree char *one = unit_folder(mini, "normalise", "tabular/brukere");
    g_autofree char *manifest = g_build_filename(one, "manifest.json", NULL);
    assert_true(g_file_set_contents(manifest, "{", -1, NULL));
    g_autofree char *two = unit_folder(mini, "vary", "landet");
    g_autofree char *lost = g_build_filename(two, "variasjon.csv", NULL);
    assert_int_equal(g_unlink(lost), 0);
    must_run(mini, "statpakke-run");
    g_autofree char *after = mini_hash(mini, "stages");
    assert_string_equal(before, after);
}

static void a_source_that_becomes_sensitive_is_protected_at_once(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *current = mini_current(mini);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--from=normalise",
                                    "--set=tabular/brukere.sensitive=yes", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_non_null(strstr(night.err, "ikke for publisering"));
    g_autofree char *still = mini_current(mini);
    assert_string_equal(current, still);
}

static void a_damaged_ledger_is_put_aside(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *ledger = g_build_filename(mini->workspace, "ledger.db", NULL);
    g_autofree char *aside = g_build_filename(mini->workspace, "ledger.db.damaged", NULL);
    assert_true(
        g_file_set_contents(ledger, "this is no database, whatever it says it is", -1, NULL));
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, 0);
    assert_non_null(strstr(night.err, "put aside"));
    assert_true(g_file_test(aside, G_FILE_TEST_EXISTS));
    must_run(mini, "statpakke-status");
}

static void what_a_killed_run_left_is_cleared(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *left = g_build_filename(mini->workspace, "tmp", "vary-landet-4711", NULL);
    assert_int_equal(g_mkdir(left, 0700), 0);
    must_run(mini, "statpakke-run");
    assert_false(g_file_test(left, G_FILE_TEST_EXISTS));
}

static void a_foreign_lock_variable_counts_for_nothing(void **state)
{
    (void)state;
    static const char *const stale[] = {"STATPAKKE_LOCK=0", "STATPAKKE_RUN=77", NULL};
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) night = mini_run(mini, stale, "statpakke-run", NULL);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    g_autofree char *lock = g_build_filename(mini->workspace, "lock", NULL);
    g_autofree char *holder = NULL;
    assert_true(g_file_get_contents(lock, &holder, NULL, NULL));
    assert_non_null(strstr(holder, "statpakke-run, process"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_damaged_edition_is_never_made_current_and_the_next_run_mends_it),
        cmocka_unit_test(an_altered_stage_output_is_not_built_upon),
        cmocka_unit_test(an_altered_snapshot_is_fetched_again),
        cmocka_unit_test(a_damaged_manifest_or_a_lost_file_is_made_again),
        cmocka_unit_test(a_source_that_becomes_sensitive_is_protected_at_once),
        cmocka_unit_test(a_damaged_ledger_is_put_aside),
        cmocka_unit_test(what_a_killed_run_left_is_cleared),
        cmocka_unit_test(a_foreign_lock_variable_counts_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
