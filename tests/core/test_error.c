/* Errors carry the exit status of the program that gives up because of them. */
#include "tests/check.h"

#include <errno.h>

static void code_of_an_error_is_the_exit_status(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_false(sp_error_set(&error, SP_ERROR_CONFIG, "key %d of %s", 3, "a.ini"));
    assert_error(error, SP_ERROR_CONFIG, "key 3 of a.ini");
    assert_int_equal(sp_error_exit_status(error), 78);
}

static void foreign_error_counts_as_a_bug(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_set_error_literal(&error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
                        "not translated where it arose");
    assert_int_equal(sp_error_exit_status(error), 70);
}

static void a_text_that_is_no_utf8_is_made_so(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    sp_error_set(&error, SP_ERROR_DATA, "near '%s'", "p\xc3");
    assert_string_equal(error->message, "near 'p\xef\xbf\xbd'");
}

static void missing_file_is_missing_input(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_false(sp_error_set_errno(&error, ENOENT, "read %s", "a.csv"));
    assert_error(error, SP_ERROR_NO_INPUT, "read a.csv: ");
}

static void refusal_of_the_system_is_permission(void **state)
{
    (void)state;
    static const int refusals[] = {EACCES, EPERM, EROFS};
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
        g_autoptr(GError) error = NULL;
        sp_error_set_errno(&error, refusals[i], "write x");
        assert_error(error, SP_ERROR_PERMISSION, "write x: ");
        assert_error(error, SP_ERROR_PERMISSION, "; ");
    }
}

static void full_disk_is_an_io_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    sp_error_set_errno(&error, ENOSPC, "write x");
    assert_error(error, SP_ERROR_IO, "write x: ");
    assert_error(error, SP_ERROR_IO, "; make room there and run again");
}

static void percent_sign_in_an_argument_is_not_a_format(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    sp_error_set(&error, SP_ERROR_DATA, "%s", "100 %s of it");
    assert_error(error, SP_ERROR_DATA, "100 %s of it");
}

static void caller_that_wants_no_error_gets_false(void **state)
{
    (void)state;
    assert_false(sp_error_set(NULL, SP_ERROR_DATA, "unheard"));
    assert_false(sp_error_set_errno(NULL, EIO, "unheard"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_of_an_error_is_the_exit_status),
        cmocka_unit_test(foreign_error_counts_as_a_bug),
        cmocka_unit_test(a_text_that_is_no_utf8_is_made_so),
        cmocka_unit_test(missing_file_is_missing_input),
        cmocka_unit_test(refusal_of_the_system_is_permission),
        cmocka_unit_test(full_disk_is_an_io_error),
        cmocka_unit_test(percent_sign_in_an_argument_is_not_a_format),
        cmocka_unit_test(caller_that_wants_no_error_gets_false),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
