/* The line that tells how far a stage has come: seen on a terminal alone. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "pipeline/progress.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_line_tells_units_rate_and_time(void **state)
{
    (void)state;
    g_autofree char *begun = sp_progress_line("vary", 0, 4, 0.0, -1.0, 79);
    g_autofree char *half = sp_progress_line("project", 6, 12, 0.75, 8.2, 79);
    g_autofree char *long_way = sp_progress_line("project", 1, 370, 0.0123, 29999.0, 79);
    g_autofree char *whole = sp_progress_line("package", 3, 3, 12.0, 0.0, 79);
    g_autofree char *narrow = sp_progress_line("project", 6, 12, 0.75, 8.2, 10);
    assert_string_equal(begun, "vary 0/4 [>                       ]");
    assert_string_equal(half, "project 6/12 [============>           ] 0.75/s, 0:09 left");
    assert_string_equal(long_way,
                        "project 1/370 [>                       ] 0.0123/s, 8:19:59 left");
    assert_string_equal(whole, "package 3/3 [========================] 12/s, 0:00 left");
    assert_string_equal(narrow, "project 6/");
}

/* What a run of a stage, all made again, says on a terminal of a kind; g_free. */
static char *said_on_a_terminal(const Mini *mini, const char *kind, const char *option,
                                const char *more)
{
    int terminal = -1;
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    GString *said = g_string_new(NULL);
    const pid_t child = forkpty(&terminal, NULL, NULL, &size);
    assert_true(child >= 0);
    if (child == 0) {
        g_autofree char *program = g_build_filename(g_getenv("SP_BIN"), "statpakke-run", NULL);
        g_setenv("TERM", kind, TRUE);
        g_setenv("STATPAKKE_DATA", mini->data, TRUE);
        execl(program, program, "--workspace", mini->workspace, "--now=2025-03-01T03:00:00Z",
              "--force", "--until=vary", option, more, NULL);
        _exit(127);
    }
    char bytes[4096];
    for (ssize_t n = read(terminal, bytes, sizeof bytes); n > 0;
         n = read(terminal, bytes, sizeof bytes)) {
        g_string_append_len(said, bytes, n);
    }
    int status = 0;
    close(terminal);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (status != 0) {
        fail_msg("%s", said->str);
    }
    return g_string_free(said, FALSE);
}

/* What a terminal shows after all that was said: the lines, each as it was left. */
static char *left_on_screen(const char *said)
{
    GString *screen = g_string_new(NULL);
    gsize line = 0;
    for (const char *c = said; *c != '\0'; c++) {
        if (g_str_has_prefix(c, "\r\n")) {
            g_string_append_c(screen, '\n');
            line = screen->len;
            c++;
        } else if (g_str_has_prefix(c, "\r\x1b[K")) {
            g_string_truncate(screen, line);
            c += 3;
        } else {
            g_string_append_c(screen, *c);
        }
    }
    return g_string_free(screen, FALSE);
}

static void a_terminal_shows_it_while_the_stage_works_and_not_after(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *said = said_on_a_terminal(mini, "xterm", "--progress=auto", NULL);
    g_autofree char *screen = left_on_screen(said);
    assert_non_null(strstr(said, "normalise 0/6 ["));
    assert_non_null(strstr(said, "normalise 6/6 ["));
    assert_non_null(strstr(said, "project 12/12 ["));
    assert_non_null(strstr(said, "fetch 9/9 ["));
    assert_non_null(strstr(said, " left"));
    assert_null(strstr(screen, "/12 ["));
    assert_null(strstr(screen, "\x1b[K"));
    /* Each line that was said stands alone, from its start. */
    g_auto(GStrv) lines = g_strsplit(screen, "\n", -1);
    guint n = 0;
    for (char **text = lines; *text != NULL; text++) {
        if (**text != '\0') {
            assert_true(g_str_has_prefix(*text, "statpakke-"));
            n++;
        }
    }
    assert_true(n > 0);
}

static void who_does_not_want_it_does_not_see_it(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *never = said_on_a_terminal(mini, "xterm", "--progress=never", NULL);
    g_autofree char *dumb = said_on_a_terminal(mini, "dumb", "--progress=auto", NULL);
    g_autofree char *quiet = said_on_a_terminal(mini, "xterm", "--quiet", NULL);
    g_autofree char *json = said_on_a_terminal(mini, "xterm", "--log=json", NULL);
    assert_null(strstr(never, "/12 ["));
    assert_null(strstr(dumb, "/12 ["));
    assert_null(strstr(dumb, "\x1b"));
    assert_string_equal(quiet, "");
    assert_null(strstr(json, "/12 ["));
    assert_null(strstr(json, "\x1b"));
}

static void no_terminal_sees_nothing(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--force", "--progress=auto", NULL);
    assert_int_equal(night.status, 0);
    assert_string_equal(night.err, "");
    assert_string_equal(night.out, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_tells_units_rate_and_time),
        cmocka_unit_test(a_terminal_shows_it_while_the_stage_works_and_not_after),
        cmocka_unit_test(who_does_not_want_it_does_not_see_it),
        cmocka_unit_test(no_terminal_sees_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
