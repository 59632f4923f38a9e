/* The key is changed between two nights, as docs/keys.md says. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#include "core/io/crypt.h"
#include "core/io/files.h"

#include <glib/gstdio.h>

#include <sys/stat.h>

#define SNAPSHOTS "snapshots/pai/stillinger"
#define FIRST "pai-2023.csv"
#define SECOND "pai-2024.csv"

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

static void deliver_year(const Mini *mini, int year, const char *name)
{
    g_autofree char *text = people_file_of_year(people, year);
    people_deliver(mini, name, text);
}

static void night(const Mini *mini)
{
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-run", "--until=normalise", NULL);
    if (result.status != 0) {
        fail_msg("exit %d: %s", result.status, result.err);
    }
}

static char *key_path(const Mini *mini, const char *suffix)
{
    return g_strconcat(mini->workspace, suffix, NULL);
}

/* Steps 1 and 2: the key gets another name, and init makes a new one. */
static void change_key(const Mini *mini)
{
    g_autofree char *now = key_path(mini, ".key");
    g_autofree char *old = key_path(mini, ".2025.key");
    struct stat info;
    assert_int_equal(g_rename(now, old), 0);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-init", NULL);
    assert_string_equal(made.err, "");
    assert_int_equal(made.status, 0);
    assert_int_equal(stat(now, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
}

/* Step 3. */
static void name_old_key(const Mini *mini)
{
    g_autofree char *path = g_build_filename(mini->workspace, "statpakke.conf", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autofree char *folder = g_path_get_basename(mini->workspace);
    g_autofree char *more =
        g_strdup_printf("%s\n[crypt]\nold_key_files = ../%s.2025.key\n", text, folder);
    assert_true(g_file_set_contents(path, more, -1, NULL));
}

/* How many of the encrypted files of the store the key opens, and how many there are. */
static guint count_opened(const Mini *mini, const char *suffix, guint *n)
{
    g_autofree char *path = key_path(mini, suffix);
    g_autofree char *folder = g_build_filename(mini->workspace, SNAPSHOTS, NULL);
    g_autoptr(SpKey) key = sp_key_read(path, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    guint n_opened = 0;
    assert_non_null(key);
    *n = 0;
    for (char **name = names; *name != NULL; name++) {
        if (g_str_has_suffix(*name, ".spenc")) {
            g_autofree char *file = g_build_filename(folder, *name, NULL);
            *n += 1;
            n_opened += sp_crypt_opens(key, file) ? 1 : 0;
        }
    }
    return n_opened;
}

static void the_old_key_opens_what_was_before_and_the_new_one_seals_what_comes(void **state)
{
    (void)state;
    g_autoptr(Mini) steady = people_country("synthetic = yes\n");
    g_autoptr(Mini) changed = people_country("synthetic = yes\n");
    guint n = 0;
    deliver_year(changed, 2023, FIRST);
    night(changed);
    change_key(changed);
    name_old_key(changed);
    deliver_year(changed, 2024, SECOND);
    night(changed);
    assert_int_equal(count_opened(changed, ".2025.key", &n), 1);
    assert_int_equal(count_opened(changed, ".key", &n), 1);
    assert_int_equal(n, 2);
    /* Turnover needs the rows of both years: what was sealed with each key. */
    deliver_year(steady, 2023, FIRST);
    deliver_year(steady, 2024, SECOND);
    night(steady);
    const char *const files[] = {FACTS "/stillinger.csv", FACTS "/alder_og_stabilitet.csv"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *expected = mini_text(steady, files[i]);
        g_autofree char *found = mini_text(changed, files[i]);
        assert_string_equal(found, expected);
    }
    Search search;
    search_init(&search, people);
    search_below(&search, changed->workspace);
    g_hash_table_unref(search.keys);
}

static void a_changed_key_changes_no_result(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = people_country("synthetic = yes\n");
    deliver_year(mini, 2024, SECOND);
    night(mini);
    g_autofree char *before = mini_hash(mini, "stages/normalise");
    change_key(mini);
    name_old_key(mini);
    g_auto(Result) again = mini_run(mini, NULL, "statpakke-normalise", PAI, "--force", NULL);
    assert_string_equal(again.err, "");
    assert_int_equal(again.status, 0);
    g_autofree char *after = mini_hash(mini, "stages/normalise");
    assert_string_equal(after, before);
}

/* Nothing can open the delivery of before; the facts that were made of it stay. */
static void without_the_old_key_the_night_stops_and_says_which_setting(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = people_country("synthetic = yes\n");
    deliver_year(mini, 2023, FIRST);
    night(mini);
    g_autofree char *before = mini_text(mini, FACTS "/stillinger.csv");
    change_key(mini);
    deliver_year(mini, 2024, SECOND);
    g_auto(Result) stopped = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(stopped.status, SP_ERROR_DATA);
    assert_non_null(strstr(stopped.err, FIRST " (snapshot "));
    assert_non_null(strstr(stopped.err, "encrypted with another key"));
    assert_non_null(strstr(stopped.err, "crypt.old_key_files"));
    g_autofree char *after = mini_text(mini, FACTS "/stillinger.csv");
    assert_string_equal(after, before);
    assert_null(mini_current(mini));
    name_old_key(mini);
    night(mini);
    g_autofree char *mended = mini_text(mini, FACTS "/stillinger.csv");
    assert_string_not_equal(mended, before);
}

static void an_old_key_that_is_gone_is_named(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = people_country("synthetic = yes\n");
    deliver_year(mini, 2023, FIRST);
    night(mini);
    change_key(mini);
    name_old_key(mini);
    g_autofree char *old = key_path(mini, ".2025.key");
    assert_int_equal(g_unlink(old), 0);
    g_auto(Result) gone = mini_run(mini, NULL, "statpakke-normalise", PAI, "--force", NULL);
    assert_int_equal(gone.status, SP_ERROR_NO_INPUT);
    assert_non_null(strstr(gone.err, "crypt.old_key_files"));
    assert_non_null(strstr(gone.err, old));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_old_key_opens_what_was_before_and_the_new_one_seals_what_comes),
        cmocka_unit_test(a_changed_key_changes_no_result),
        cmocka_unit_test(without_the_old_key_the_night_stops_and_says_which_setting),
        cmocka_unit_test(an_old_key_that_is_gone_is_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
