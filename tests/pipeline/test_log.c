/* Lines on stderr: whatever stands in a file's name or a source's answer, a message is one line. */
#include "tests/check.h"

#include "pipeline/log.h"

#include <fcntl.h>
#include <unistd.h>

/* What a message leaves on stderr. g_free. */
static char *said(SpLogForm form, const char *text)
{
    const SpLog log = {.program = "statpakke-fetch", .form = form};
    int ends[2];
    int before = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
    sp_log(&log, SP_LOG_ERROR, "%s", text);
    assert_true(dup2(before, STDERR_FILENO) >= 0);
    close(ends[1]);
    close(before);
    char *line = g_malloc0(4096);
    assert_true(read(ends[0], line, 4095) > 0);
    close(ends[0]);
    return line;
}

static void a_name_with_a_line_end_forges_no_line(void **state)
{
    (void)state;
    g_autofree char *line = said(SP_LOG_TEXT, "pai-2024\nstatpakke-publish: done\r.csv");
    assert_string_equal(line, "statpakke-fetch: pai-2024?statpakke-publish: done?.csv\n");
}

static void a_name_with_control_characters_commands_no_terminal(void **state)
{
    (void)state;
    g_autofree char *line = said(SP_LOG_TEXT, "a\x1b[2Jb\x7f\xc2\x9b"
                                              "31mc\xe2\x80\xa8"
                                              "d");
    assert_string_equal(line, "statpakke-fetch: a?[2Jb??31mc?d\n");
}

static void letters_stay_as_they_are(void **state)
{
    (void)state;
    g_autofree char *line = said(SP_LOG_TEXT, "Unj\xc3\xa1rga N\xc3\xa6r\xc3\xb8y");
    assert_string_equal(line, "statpakke-fetch: Unj\xc3\xa1rga N\xc3\xa6r\xc3\xb8y\n");
}

static void json_is_one_line_and_loses_nothing(void **state)
{
    (void)state;
    g_autofree char *line = said(SP_LOG_JSON, "a\nb");
    assert_string_equal(
        line, "{\"program\":\"statpakke-fetch\",\"level\":\"error\",\"text\":\"a\\nb\"}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_with_a_line_end_forges_no_line),
        cmocka_unit_test(a_name_with_control_characters_commands_no_terminal),
        cmocka_unit_test(letters_stay_as_they_are),
        cmocka_unit_test(json_is_one_line_and_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
