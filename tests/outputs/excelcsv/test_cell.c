#include "tests/check.h"

#include "outputs/excelcsv/cell.h"

static void assert_cell(const char *text, const char *wanted)
{
    g_autofree char *cell = sp_excel_cell(text, "nr.");
    assert_string_equal(cell, wanted);
}

static void plain_words_stay(void **state)
{
    (void)state;
    assert_cell("Trondheim - Tråante", "Trondheim - Tråante");
    assert_cell("0301 Oslo", "0301 Oslo");
    assert_cell("67–79 år", "67–79 år");
    assert_cell("", "");
}

static void delimiter_quote_and_line_end_are_quoted(void **state)
{
    (void)state;
    assert_cell("a; b", "\"a; b\"");
    assert_cell("say \"so\"", "\"say \"\"so\"\"\"");
    assert_cell("two\nlines", "\"two\nlines\"");
    assert_cell("1,5 og mer", "1,5 og mer");
}

static void what_would_be_a_formula_is_text(void **state)
{
    (void)state;
    assert_cell("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0");
    assert_cell("+47 22 00 00 00", "'+47 22 00 00 00");
    assert_cell("-1+1", "'-1+1");
    assert_cell("@SUM(A1)", "'@SUM(A1)");
    assert_cell("\ttab first", "'\ttab first");
    assert_cell("\r=1", "\"'\r=1\"");
    assert_cell("  =1", "'  =1");
    assert_cell("=1;2", "\"'=1;2\"");
}

static void the_sign_of_zero_is_no_formula(void **state)
{
    (void)state;
    assert_cell("-", "-");
}

static void codes_that_excel_would_change_have_a_word_before_them(void **state)
{
    (void)state;
    assert_cell("0301", "nr. 0301");
    assert_cell("1.2", "nr. 1.2");
    assert_cell("2010/11", "nr. 2010/11");
    assert_cell("3-4", "nr. 3-4");
    assert_cell("1E5", "nr. 1E5");
    assert_cell("1234567890123456", "nr. 1234567890123456");
}

static void numbers_days_and_bands_are_what_they_are(void **state)
{
    (void)state;
    assert_cell("2024", "2024");
    assert_cell("0", "0");
    assert_cell("970002263", "970002263");
    assert_cell("1.1.2024", "1.1.2024");
    assert_cell("31.12.2024", "31.12.2024");
    assert_cell("2024-01-01", "2024-01-01");
    assert_cell("067-079", "067-079");
}

static void what_no_text_can_hold_is_replaced(void **state)
{
    (void)state;
    assert_cell("control \x01", "control \uFFFD");
    assert_cell("not \xFF utf-8", "not \uFFFD utf-8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_words_stay),
        cmocka_unit_test(delimiter_quote_and_line_end_are_quoted),
        cmocka_unit_test(what_would_be_a_formula_is_text),
        cmocka_unit_test(the_sign_of_zero_is_no_formula),
        cmocka_unit_test(codes_that_excel_would_change_have_a_word_before_them),
        cmocka_unit_test(numbers_days_and_bands_are_what_they_are),
        cmocka_unit_test(what_no_text_can_hold_is_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
