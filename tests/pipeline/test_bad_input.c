/* What a bad source, a bad disk or a bad setting does: the right exit status, a text that says
 * where and what to do, and yesterday's edition still served. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"

#include <sys/wait.h>
#include <unistd.h>

/* A workspace with an edition, made once for all tests of this file; each works on a source of its
 * own and puts it right again. */
static Mini *mini;
static char *current;

static int set_up(void **state)
{
    (void)state;
    mini = mini_with_edition();
    current = mini_current(mini);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    g_free(current);
    mini_free(mini);
    return 0;
}

/* The next night fails so, and what was served is served. */
static void expect_failure(int status, const char *text, const char *more)
{
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    g_autofree char *now = mini_current(mini);
    if (night.status != status || strstr(night.err, text) == NULL ||
        strstr(night.err, more) == NULL) {
        fail_msg("exit %d, want %d with \"%s\" and \"%s\":\n%s", night.status, status, text, more,
                 night.err);
    }
    assert_string_equal(now, current);
    g_autofree char *folder = g_build_filename(mini->workspace, now, NULL);
    g_auto(Result) verified = mini_run(mini, NULL, "statpakke-verify", folder, NULL);
    assert_int_equal(verified.status, 0);
    g_autofree char *tmp = g_build_filename(mini->workspace, "tmp", NULL);
    g_auto(GStrv) left = sp_folder_list(tmp, NULL);
    assert_int_equal(g_strv_length(left), 0);
}

/* The message of a night or a stage, and how it ended. */
static void assert_told(const Result *result, int status, const char *text, const char *more)
{
    if (result->status != status || strstr(result->err, text) == NULL ||
        strstr(result->err, more) == NULL) {
        fail_msg("exit %d, want %d with \"%s\" and \"%s\":\n%s", result->status, status, text, more,
                 result->err);
    }
}

static void expect_silence(const char *edition)
{
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    g_autofree char *now = mini_current(mini);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    assert_string_equal(now, edition);
}

/* When a source is right again the tables are those there were, in an edition of its own: it tells
 * what has changed since the one that was served meanwhile. It is the one to hold to then. */
static void expect_healed(const char *stale)
{
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    char *now = mini_current(mini);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    assert_string_not_equal(now, stale);
    static const char *const tables[] = {"brukere", "befolkning", "kilder"};
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *before =
            g_strdup_printf("%s/fylke-11-rogaland/data/%s.csv", current, tables[i]);
        g_autofree char *after =
            g_strdup_printf("%s/fylke-11-rogaland/data/%s.csv", now, tables[i]);
        g_autofree char *old = mini_text(mini, before);
        g_autofree char *new = mini_text(mini, after);
        assert_string_equal(old, new);
    }
    g_free(current);
    current = now;
}

/* One extract replaced for two nights, then put back: the snapshot before stands in, which is told
 * once; the stage alone has failed; and when the source is right again so is the edition. */
static void expect_bad_extract(const char *extract, const char *text, const char *message,
                               const char *remedy)
{
    g_autofree char *good = mini_read(mini, extract);
    mini_write(mini, extract, text);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    g_autofree char *stale = mini_current(mini);
    assert_told(&night, 0, message, remedy);
    assert_told(&night, 0, "warning", "stands in");
    assert_string_not_equal(stale, current);
    expect_silence(stale);
    g_auto(Result) alone = mini_run(mini, NULL, "statpakke-normalise", NULL);
    assert_told(&alone, SP_ERROR_DATA, message, "stands in");
    mini_write(mini, extract, good);
    expect_healed(stale);
}

/* A source that answers with nonsense is a source that is down: what was fetched is in use, nothing
 * is stale, and it is told the first night. */
static void expect_bad_answer(const char *extract, const char *text, const char *message,
                              const char *remedy)
{
    g_autofree char *good = mini_read(mini, extract);
    mini_write(mini, extract, text);
    expect_failure(0, message, remedy);
    expect_silence(current);
    g_auto(Result) alone = mini_run(mini, NULL, "statpakke-fetch", NULL);
    assert_told(&alone, SP_ERROR_DATA, message, "since 2025-03-01");
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_non_null(strstr(status.out, "cannot be fetched since 2025-03-01T03:00:00Z"));
    mini_write(mini, extract, good);
    expect_silence(current);
    g_auto(Result) healed = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_null(strstr(healed.out, "cannot be fetched"));
}

static void expect_bad_change(const char *extract, const char *old, const char *new,
                              const char *message, const char *remedy)
{
    g_autofree char *good = mini_read(mini, extract);
    char *found = strstr(good, old);
    assert_non_null(found);
    g_autofree char *before = g_strndup(good, (gsize)(found - good));
    g_autofree char *bad = g_strconcat(before, new, found + strlen(old), NULL);
    expect_bad_extract(extract, bad, message, remedy);
}

static void truncated_json(void **state)
{
    (void)state;
    g_autofree char *good = mini_read(mini, "07459.json");
    good[strlen(good) / 2] = '\0';
    expect_bad_extract("07459.json", good, "ssb/folkemengde", "line");
}

static void html_with_status_200(void **state)
{
    (void)state;
    expect_bad_answer("07459.json",
                      "<!DOCTYPE html><html><body>503 Backend fetch failed</body></html>", "HTML",
                      "fetch failed");
}

static void a_region_klass_does_not_know(void **state)
{
    (void)state;
    expect_bad_change("07459.json", "\"1103\":1", "\"1199\":1", "1199", "KLASS");
}

static void a_duplicate_key(void **state)
{
    (void)state;
    expect_bad_change("omsorg.csv", "1580,2023", "1508,2023", "1508", "2023");
}

static void a_negative_count(void **state)
{
    (void)state;
    expect_bad_change("omsorg.csv", "1103,2023,500,", "1103,2023,-500,", "row 3",
                      "hjemmetjenestebrukere");
}

static void value_of_the_wrong_length(void **state)
{
    (void)state;
    expect_bad_change("07459.json", "\"value\":[", "\"value\":[1,", "value", "size");
}

static void an_unknown_config_key(void **state)
{
    (void)state;
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--set=project.horizont=2040", NULL);
    g_autofree char *now = mini_current(mini);
    assert_int_equal(night.status, SP_ERROR_CONFIG);
    assert_non_null(strstr(night.err, "--set: section [project] has no key \"horizont\""));
    assert_non_null(strstr(night.err, "horizon"));
    assert_string_equal(now, current);
}

static void a_setting_of_the_wrong_form(void **state)
{
    (void)state;
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--set=project.horizon=snart", NULL);
    assert_int_equal(night.status, SP_ERROR_CONFIG);
    assert_non_null(strstr(night.err, "horizon"));
    assert_non_null(strstr(night.err, "snart"));
    g_autofree char *now = mini_current(mini);
    assert_string_equal(now, current);
}

static void an_unknown_option(void **state)
{
    (void)state;
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--fra=fetch", NULL);
    assert_int_equal(night.status, SP_ERROR_USAGE);
    assert_non_null(strstr(night.err, "--help"));
}

static void no_workspace(void **state)
{
    (void)state;
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--workspace=/nonexistent/workspace", NULL);
    assert_int_equal(night.status, SP_ERROR_NO_INPUT);
    assert_non_null(strstr(night.err, "statpakke init --workspace"));
}

/* Runs the night as nobody, who may read all but write nothing. */
static void an_unwritable_workspace(void **state)
{
    (void)state;
    if (geteuid() != 0) {
        fprintf(stderr,
                "SKIPPED %s: only root can become somebody else; the unwritable workspace is NOT "
                "tested\n",
                __func__);
        skip();
    }
    g_autofree char *program = g_build_filename(g_getenv("SP_BIN"), "statpakke-run", NULL);
    g_autofree char *copy = g_build_filename(mini->folder, "statpakke-run", NULL);
    g_autofree char *command =
        g_strdup_printf("cp '%s' '%s' && chmod -R a+rX '%s' && setpriv --reuid=65534 --regid=65534 "
                        "--clear-groups env STATPAKKE_DATA='%s' '%s' --workspace='%s'",
                        program, copy, mini->folder, mini->data, copy, mini->workspace);
    const char *arguments[] = {"sh", "-c", command, NULL};
    g_autofree char *err = NULL;
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                             &err, &status, NULL));
    if (WEXITSTATUS(status) != SP_ERROR_PERMISSION || strstr(err, mini->workspace) == NULL) {
        fail_msg("exit %d, want %d: %s", WEXITSTATUS(status), SP_ERROR_PERMISSION, err);
    }
    g_autofree char *now = mini_current(mini);
    assert_string_equal(now, current);
}

/* A disk of its own, too small for the night: a tmpfs in a mount namespace that ends with the
 * command. */
static void a_full_disk(void **state)
{
    (void)state;
    g_autofree char *disk = g_build_filename(mini->folder, "disk", NULL);
    g_autofree char *probe =
        g_strdup_printf("mkdir -p '%s' && mount -t tmpfs -o size=1m none '%s'", disk, disk);
    const char *try[] = {"unshare", "-rm", "sh", "-c", probe, NULL};
    int status = 0;
    if (!g_spawn_sync(NULL, (char **)try, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                      NULL, NULL, NULL, NULL, &status, NULL) ||
        status != 0) {
        fprintf(stderr, "SKIPPED %s: no mount namespace here; the full disk is NOT tested\n",
                __func__);
        skip();
    }
    /* Yesterday's workspace moves to the small disk with room for little more than itself. */
    g_autofree char *command = g_strdup_printf(
        "set -e; size=$(du -sk '%s' | cut -f1); mount -t tmpfs -o size=$((size * 2 + 2000))k none "
        "'%s'; cp -a '%s/.' '%s'; cp '%s.sign.key' '%s.sign.key'; "
        "rm -rf '%s/stages'; dd if=/dev/zero of='%s/filler' bs=1k count=$(($(df -k --output=avail "
        "'%s' | tail -1) - 400)) 2>/dev/null; "
        "set +e; '%s/statpakke-run' --workspace='%s'; echo exit $?; readlink '%s/current'; rm "
        "'%s/filler'; '%s/statpakke-run' --workspace='%s'; echo exit $?; readlink '%s/current'",
        mini->workspace, disk, mini->workspace, disk, mini->workspace, disk, disk, disk, disk,
        g_getenv("SP_BIN"), disk, disk, disk, g_getenv("SP_BIN"), disk, disk);
    const char *arguments[] = {"unshare", "-rm", "sh", "-c", command, NULL};
    g_auto(GStrv) environment =
        g_environ_setenv(g_get_environ(), "STATPAKKE_DATA", mini->data, TRUE);
    g_autofree char *out = NULL;
    g_autofree char *err = NULL;
    assert_true(g_spawn_sync(NULL, (char **)arguments, environment, G_SPAWN_SEARCH_PATH, NULL, NULL,
                             &out, &err, &status, NULL));
    g_autofree char *wanted = g_strdup_printf("exit 74\n%s\nexit 0\n%s\n", current, current);
    if (strcmp(out, wanted) != 0 || strstr(err, "No space left on device") == NULL) {
        fail_msg("got \"%s\", want \"%s\":\n%s", out, wanted, err);
    }
}

/* Every other unit of normalise rests on the regions; of those who lack them nothing is to be
 * mended. */
static void what_others_lack_because_one_failed_is_no_error_of_theirs(void **state)
{
    (void)state;
    g_autoptr(Mini) fresh = mini_new();
    mini_replace(fresh, "endringer.json", "1508", "9998"); /* no kommune has that code */
    g_auto(Result) fetched = mini_run(fresh, NULL, "statpakke-fetch", NULL);
    g_auto(Result) failed = mini_run(fresh, NULL, "statpakke-normalise", NULL);
    g_auto(Result) told = mini_run(fresh, NULL, "statpakke-normalise", "--log=text", NULL);
    assert_int_equal(fetched.status, 0);
    assert_int_equal(failed.status, 65);
    assert_has(failed.err, "statpakke-normalise: regioner: ");
    assert_null(strstr(failed.err, "there is no output of normalise for regioner yet"));
    assert_has(told.err, "there is no output of normalise for regioner yet");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truncated_json),
        cmocka_unit_test(html_with_status_200),
        cmocka_unit_test(a_region_klass_does_not_know),
        cmocka_unit_test(a_duplicate_key),
        cmocka_unit_test(a_negative_count),
        cmocka_unit_test(value_of_the_wrong_length),
        cmocka_unit_test(an_unknown_config_key),
        cmocka_unit_test(a_setting_of_the_wrong_form),
        cmocka_unit_test(an_unknown_option),
        cmocka_unit_test(no_workspace),
        cmocka_unit_test(a_full_disk),
        cmocka_unit_test(an_unwritable_workspace),
        cmocka_unit_test(what_others_lack_because_one_failed_is_no_error_of_theirs),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
