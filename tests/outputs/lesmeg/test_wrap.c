#include "tests/check.h"

#include "outputs/lesmeg/wrap.h"

static void assert_wrapped(const char *first, const char *rest, const char *text,
                           const char *wanted)
{
    g_autoptr(GString) out = g_string_new(NULL);
    sp_wrap_append(out, first, rest, text);
    assert_string_equal(out->str, wanted);
}

static void a_line_breaks_between_words_before_its_81st_character(void **state)
{
    (void)state;
    g_autofree char *word = g_strnfill(39, 'a');
    g_autofree char *text = g_strdup_printf("%s %s b", word, word);
    g_autofree char *wanted = g_strdup_printf("%s %s\nb\n", word, word);
    assert_wrapped("", "", text, wanted);
}

static void characters_are_counted_and_not_bytes(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 40; i++) {
        g_string_append(text, i > 0 ? " ø" : "ø");
    }
    g_autofree char *wanted = g_strconcat(text->str, "\n", NULL);
    assert_wrapped("", "", text->str, wanted);
}

static void later_lines_begin_as_told(void **state)
{
    (void)state;
    g_autofree char *word = g_strnfill(70, 'a');
    g_autofree char *text = g_strdup_printf("%s bbbbbbbbbbbb", word);
    g_autofree char *wanted = g_strdup_printf("- %s\n  bbbbbbbbbbbb\n", word);
    assert_wrapped("- ", "  ", text, wanted);
}

static void white_space_of_any_kind_is_one_blank(void **state)
{
    (void)state;
    assert_wrapped("", "", " two\nlines\t and  more \r\n", "two lines and more\n");
}

static void a_word_longer_than_a_line_is_broken(void **state)
{
    (void)state;
    g_autofree char *word = g_strnfill(170, 'a');
    g_autofree char *line = g_strnfill(78, 'a');
    g_autofree char *wanted = g_strdup_printf("- %s\n  %s\n  %.14s\n", line, line, line);
    assert_wrapped("- ", "  ", word, wanted);
}

static void what_no_text_can_hold_is_replaced(void **state)
{
    (void)state;
    assert_wrapped("", "",
                   "a\x01"
                   "b \xFF",
                   "a\uFFFD"
                   "b \uFFFD\n");
}

static void no_words_are_no_line(void **state)
{
    (void)state;
    assert_wrapped("- ", "  ", " \n ", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_breaks_between_words_before_its_81st_character),
        cmocka_unit_test(characters_are_counted_and_not_bytes),
        cmocka_unit_test(later_lines_begin_as_told),
        cmocka_unit_test(white_space_of_any_kind_is_one_blank),
        cmocka_unit_test(a_word_longer_than_a_line_is_broken),
        cmocka_unit_test(what_no_text_can_hold_is_replaced),
        cmocka_unit_test(no_words_are_no_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
