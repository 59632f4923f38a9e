/* The fake as a program: its address, its options, its end. */
#include "tests/upstream/client.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char *program(void)
{
    const char *folder = g_getenv("SP_BIN");
    assert_non_null(folder);
    return g_build_filename(folder, "fake-upstream", NULL);
}

static int exit_status_of(const char *option, const char *value)
{
    g_autofree char *path = program();
    char *arguments[] = {path, (char *)option, (char *)value, NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                             NULL, &status, NULL));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void program_answers_until_it_is_told_to_stop(void **state)
{
    (void)state;
    g_autofree char *path = program();
    char *arguments[] = {path, (char *)"--clock", (char *)"2025-03-01", NULL};
    GPid pid = 0;
    int out = -1;
    assert_true(g_spawn_async_with_pipes(NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                                         NULL, &pid, NULL, &out, NULL, NULL));
    FILE *stream = fdopen(out, "r");
    char line[64] = "";
    assert_non_null(stream);
    assert_non_null(fgets(line, sizeof line, stream));
    assert_true(g_str_has_prefix(line, "http://127.0.0.1:"));
    g_autofree char *url = g_strconcat(g_strchomp(line), FAKE_SSB2 "tables/07459", NULL);
    SpHttpRequest request = {.url = url, .tries.n = 1};
    g_autoptr(SpHttpResponse) response = sp_http_fetch(&request, NULL);
    g_autoptr(json_t) json = json_of(response);
    assert_string_equal(text_at(json, "updated"), "2025-02-26T07:00:00Z");
    kill(pid, SIGTERM);
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    fclose(stream);
}

static void wrong_options_end_it_at_once(void **state)
{
    (void)state;
    assert_int_equal(exit_status_of("--fault", "nonsense"), SP_ERROR_USAGE);
    assert_int_equal(exit_status_of("--clock", "later"), SP_ERROR_USAGE);
    assert_int_equal(exit_status_of("--port", "70000"), SP_ERROR_USAGE);
    assert_int_equal(exit_status_of("--tables", "/nowhere"), SP_ERROR_NO_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(program_answers_until_it_is_told_to_stop),
        cmocka_unit_test(wrong_options_end_it_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
