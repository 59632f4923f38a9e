/* The common options: each program has those that act in it, in its help too, and no others. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"

#include <glib/gstdio.h>
#include <sys/wait.h>

/* Runs build/bin/statpakke-NAME with arguments as a shell would part them. */
static Result run_plain(const char *name, const char *arguments)
{
    Result result = {0};
    g_auto(GStrv) argv = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;
    g_autofree char *line =
        g_strdup_printf("%s/statpakke-%s %s", g_getenv("SP_BIN"), name, arguments);
    assert_true(g_shell_parse_argv(line, NULL, &argv, NULL));
    (void)g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &result.out, &result.err,
                       &status, &error);
    assert_no_error(error);
    assert_true(WIFEXITED(status));
    result.status = WEXITSTATUS(status);
    return result;
}

static const struct {
    const char *program, *takes; /* parted by blanks */
} programs[] = {
    {"fetch", "--workspace --config --unit --dry-run --force --as --wait"},
    {"normalise", "--workspace --config --unit --dry-run --force --as --wait --jobs"},
    {"project", "--workspace --config --unit --dry-run --force --as --wait --jobs"},
    {"vary", "--workspace --config --unit --dry-run --force --as --wait --jobs"},
    {"protect", "--workspace --config --unit --dry-run --force --as --wait --jobs"},
    {"package", "--workspace --config --unit --dry-run --force --as --wait --jobs"},
    {"audit", "--workspace --config --unit --dry-run --force --as --wait --jobs"},
    {"publish", "--workspace --config --dry-run --as --wait"},
    {"run", "--workspace --config --unit --dry-run --force --as --wait --jobs"},
    {"plan", "--workspace --config --unit --force --as --jobs"},
    {"status", "--workspace --config"},
    {"config", "--workspace --config"},
    {"doctor", "--workspace --config"},
    {"verify", "--workspace --as"},
    {"diff", "--workspace --config --as"},
    {"purge", "--workspace --config --dry-run --wait"},
    {"backup", "--workspace --config --wait"},
    {"restore", "--workspace --dry-run"},
    {"rebuild", "--workspace --config --wait"},
    {"withdraw", "--workspace --config --dry-run --wait"},
    {"backtest", "--workspace --config"},
    {"init", "--workspace --config --dry-run"},
    {"simulate", "--dry-run --jobs"},
};

/* Each with a value that it may have, if it has one. */
static const struct {
    const char *option, *given;
} common[] = {
    {"--workspace", "--workspace=/nowhere"},
    {"--config", "--config=/nowhere.conf"},
    {"--unit", "--unit=40"},
    {"--dry-run", "--dry-run"},
    {"--force", "--force"},
    {"--as", "--as=prov"},
    {"--wait", "--wait"},
    {"--jobs", "--jobs=1"},
};

/* The help has a line of the option: "  -n, --dry-run   Say ...". */
static gboolean tells(const char *help, const char *option)
{
    g_autofree char *pattern = g_strdup_printf("(?m)^  (-., |)%s[ =]", option);
    return g_regex_match_simple(pattern, help, 0, 0);
}

static void a_program_tells_the_options_that_act_in_it_and_refuses_the_others(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_auto(Result) help = run_plain(programs[i].program, "--help");
        g_auto(GStrv) takes = g_strsplit(programs[i].takes, " ", -1);
        assert_int_equal(help.status, 0);
        for (gsize k = 0; k < G_N_ELEMENTS(common); k++) {
            gboolean is_taken = g_strv_contains((const char *const *)takes, common[k].option);
            if (tells(help.out, common[k].option) != is_taken) {
                fail_msg("%s --help: %s", programs[i].program, common[k].option);
            }
            if (!is_taken) {
                g_auto(Result) refused = run_plain(programs[i].program, common[k].given);
                assert_int_equal(refused.status, SP_ERROR_USAGE);
                assert_has(refused.err, common[k].option);
                assert_has(refused.err, "see --help");
            }
        }
    }
}

/* What the driver is given it hands on to each stage that takes it: publish takes no --force. */
static void the_driver_hands_on_what_a_stage_takes(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) forced = mini_run(mini, NULL, "statpakke-run", "--force", "--unit=0",
                                     "--only=package", "--only=publish", "--log=text", NULL);
    assert_int_equal(forced.status, 0);
    assert_has(forced.err, "0: made in");
}

static void a_dry_run_of_what_makes_a_folder_says_so_and_makes_none(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("sp-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "nytt", NULL);
    g_autofree char *told = g_strdup_printf("%s: would be made\n", path);
    g_autofree char *out = g_strdup_printf("--dry-run --out %s", path);
    g_autofree char *workspace = g_strdup_printf("--dry-run --workspace %s", path);
    g_auto(Result) simulated = run_plain("simulate", out);
    g_auto(Result) begun = run_plain("init", workspace);
    assert_int_equal(simulated.status, 0);
    assert_has(simulated.err, told);
    assert_int_equal(begun.status, 0);
    assert_has(begun.err, told);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    assert_int_equal(g_remove(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_tells_the_options_that_act_in_it_and_refuses_the_others),
        cmocka_unit_test(the_driver_hands_on_what_a_stage_takes),
        cmocka_unit_test(a_dry_run_of_what_makes_a_folder_says_so_and_makes_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
