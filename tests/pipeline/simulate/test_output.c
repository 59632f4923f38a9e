/* Text of the extracts. */
#include "tests/check.h"

#include "core/io/files.h"
#include "pipeline/simulate/output.h"

static char *written(gboolean is_latin1, void (*put)(SpSimOutput *output))
{
    g_autofree char *folder = g_dir_make_tmp("statpakke-output-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;
    SpSimOutput *output = sp_sim_output_open(folder, "below/file", is_latin1, &error);
    assert_no_error(error);
    put(output);
    assert_true(sp_sim_output_close(output, &error));
    g_autofree char *path = g_build_filename(folder, "below/file", NULL);
    char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_true(sp_folder_remove(folder, NULL));
    return text;
}

static void put_numbers(SpSimOutput *output)
{
    sp_sim_put_uint(output, 7, 3);
    sp_sim_put_char(output, ' ');
    sp_sim_put_fixed(output, -105, 2, ',');
    sp_sim_put_char(output, ' ');
    sp_sim_put_fixed(output, 3, 1, '.');
    sp_sim_put_char(output, ' ');
    sp_sim_put_fixed(output, 12, 0, '.');
}

static void numbers_have_their_digits(void **state)
{
    (void)state;
    g_autofree char *text = written(FALSE, put_numbers);
    assert_string_equal(text, "007 -1,05 0.3 12");
}

static void put_days(SpSimOutput *output)
{
    sp_sim_put_day(output, 2024, 0);
    sp_sim_put_char(output, ' ');
    sp_sim_put_day(output, 2024, 59); /* a leap year */
    sp_sim_put_char(output, ' ');
    sp_sim_put_day(output, 2023, 59);
    sp_sim_put_char(output, ' ');
    sp_sim_put_day(output, 2023, 900);
}

static void days_are_those_of_the_calendar(void **state)
{
    (void)state;
    g_autofree char *text = written(FALSE, put_days);
    assert_string_equal(text, "2024-01-01 2024-02-29 2023-03-01 2023-12-31");
}

static void put_letters(SpSimOutput *output)
{
    sp_sim_put(output, "Bø Kárášjohka");
}

static void latin_1_has_a_byte_a_letter_and_a_question_mark_for_others(void **state)
{
    (void)state;
    g_autofree char *text = written(TRUE, put_letters);
    assert_string_equal(text, "B\xf8 K\xe1r\xe1?johka");
    g_autofree char *plain = written(FALSE, put_letters);
    assert_string_equal(plain, "Bø Kárášjohka");
}

static void put_quoted(SpSimOutput *output)
{
    sp_sim_put_json(output, "a \"b\" \\");
    sp_sim_put_csv(output, "x;y", ';');
}

static void texts_are_quoted_when_they_must_be(void **state)
{
    (void)state;
    g_autofree char *text = written(FALSE, put_quoted);
    assert_string_equal(text, "\"a \\\"b\\\" \\\\\"\"x;y\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_their_digits),
        cmocka_unit_test(days_are_those_of_the_calendar),
        cmocka_unit_test(latin_1_has_a_byte_a_letter_and_a_question_mark_for_others),
        cmocka_unit_test(texts_are_quoted_when_they_must_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
