/* Programs of the machine. */
#include "tests/core/io/folder.h"

#include "core/io/child.h"

#include <signal.h>
#include <unistd.h>

static const char *const environment[] = {"PATH=/usr/bin:/bin", "WORD=ett ord", NULL};

/* Runs a script in the test's folder. */
static gboolean run(void **state, const char *script, guint seconds, char **said, GError **error)
{
    const char *const arguments[] = {"/bin/sh", "-c", script, NULL};
    const SpChild child = {
        .arguments = arguments, .environment = environment, .folder = *state, .seconds = seconds};
    return sp_child_run(&child, said, error);
}

static void what_it_says_is_handed_back(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *said = NULL;
    assert_true(run(state, "echo skrik >&2; echo svar", 30, &said, &error));
    assert_no_error(error);
    assert_string_equal(said, "svar\n");
}

static void it_knows_the_environment_and_the_folder_it_is_given(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *said = NULL;
    g_autofree char *here = realpath(*state, NULL);
    g_autofree char *wanted = g_strdup_printf("%s ett ord none\n", here);
    assert_true(g_setenv("SP_OURS", "vårt", TRUE));
    assert_true(run(state, "echo \"$(pwd -P) $WORD ${SP_OURS:-none}\"", 30, &said, &error));
    assert_no_error(error);
    assert_string_equal(said, wanted);
}

static void it_is_given_none_of_our_open_files(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *said = NULL;
    int own = dup(STDOUT_FILENO);
    g_autofree char *script = g_strdup_printf("[ -e /proc/self/fd/%d ] || echo lukket", own);
    assert_true(run(state, script, 30, &said, &error));
    close(own);
    assert_string_equal(said, "lukket\n");
}

static void a_status_is_told_with_its_last_words(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_false(run(state, "echo først >&2; echo sist >&2; exit 3", 30, NULL, &error));
    assert_error(error, SP_ERROR_IO, "/bin/sh ended with status 3: sist");
}

static void a_signal_is_told(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_false(run(state, "kill -9 $$", 30, NULL, &error));
    assert_error(error, SP_ERROR_IO, "/bin/sh died by signal 9");
}

static void one_that_hangs_is_killed_with_all_that_it_started(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = path_in(state, "pid");
    const gint64 began = g_get_monotonic_time();
    assert_false(run(state, "sleep 300 & echo $! > pid; echo venter >&2; wait", 1, NULL, &error));
    assert_error(error, SP_ERROR_IO, "/bin/sh was not done after 1 s and was killed: venter");
    assert_true(g_get_monotonic_time() - began < (gint64)60 * G_USEC_PER_SEC);
    g_autofree char *pid = NULL;
    assert_true(g_file_get_contents(path, &pid, NULL, NULL));
    g_autofree char *left = g_strdup_printf("/proc/%s/cmdline", g_strstrip(pid));
    for (int i = 0; i < 100 && g_file_test(left, G_FILE_TEST_EXISTS); i++) {
        g_usleep(20000); /* until somebody has reaped it */
    }
    g_autofree char *command = NULL;
    assert_true(!g_file_get_contents(left, &command, NULL, NULL) || command[0] == '\0');
}

static void what_it_leaves_running_is_not_waited_for(void **state)
{
    g_autoptr(GError) error = NULL;
    const gint64 began = g_get_monotonic_time();
    assert_true(run(state, "sleep 300 & exit 0", 200, NULL, &error));
    assert_true(g_get_monotonic_time() - began < (gint64)60 * G_USEC_PER_SEC);
}

static void of_a_flood_the_beginning_is_kept(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *said = NULL;
    assert_true(
        run(state, "head -c 3000000 /dev/zero | tr '\\0' x | tee /dev/stderr", 60, &said, &error));
    assert_no_error(error);
    assert_int_equal(strlen(said), 65536);
}

static void a_program_that_is_not_there_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const char *const arguments[] = {"/finnes/ikke", NULL};
    const SpChild child = {.arguments = arguments, .environment = environment, .seconds = 1};
    assert_false(sp_child_run(&child, NULL, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "/finnes/ikke cannot be started: ");
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_it_says_is_handed_back),
        IN_FOLDER(it_knows_the_environment_and_the_folder_it_is_given),
        IN_FOLDER(it_is_given_none_of_our_open_files),
        IN_FOLDER(a_status_is_told_with_its_last_words),
        IN_FOLDER(a_signal_is_told),
        IN_FOLDER(one_that_hangs_is_killed_with_all_that_it_started),
        IN_FOLDER(what_it_leaves_running_is_not_waited_for),
        IN_FOLDER(of_a_flood_the_beginning_is_kept),
        cmocka_unit_test(a_program_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
